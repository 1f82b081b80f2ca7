import type { OpenedPerson } from '@avow/protocol/staff/people';
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { refusedOf } from '../api/query-client.ts';
import { useMay } from '../api/session.tsx';
import { ButtonLink } from '../frame/links.tsx';
import { Page } from '../frame/page.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { useShortcuts } from '../frame/shortcuts.ts';
import { CasePanel } from './case-panel.tsx';
import { CorrectionForm } from './correction-form.tsx';
import { FieldsPanel } from './fields-panel.tsx';
import { NewEmailForm } from './new-email-form.tsx';
import { caseOptions, forgetRecord, recordOptions } from './open-records.ts';
import styles from './people.module.css';
import { QuestionForm } from './question-form.tsx';
import {
  AccessesPanel,
  ChangesPanel,
  ConsentsPanel,
  MailsPanel,
  ProductsPanel,
  QuestionsPanel,
} from './record-panels.tsx';
import { texts } from './texts.ts';

export function RecordPage() {
  const say = texts.useTexts();
  const { access } = useParams({ from: '/signed-in/people/$access' });
  const record = useQuery(recordOptions(access));
  const crumbs = [{ label: say.title, to: '/people' as const }];
  if (record.data) {
    return (
      <Page title={say.record.title} crumbs={crumbs}>
        <OpenRecord person={record.data} />
      </Page>
    );
  }
  const refused = record.error && refusedOf(record.error);
  return (
    <Page title={say.record.title} crumbs={crumbs}>
      <Panel title={refused?.code === 'not_found' ? say.record.gone : say.record.fields}>
        {refused?.code === 'not_found' ? (
          <>
            <Text mb="md">{say.record.goneHint}</Text>
            <ButtonLink to="/people">{say.record.again}</ButtonLink>
          </>
        ) : refused ? (
          <RefusalNote refused={refused} again={() => record.refetch()} />
        ) : (
          <Skeleton height={480} role="status" />
        )}
      </Panel>
    </Page>
  );
}

type Doing = 'correction' | 'question' | 'new email' | null;

function OpenRecord({ person }: { person: OpenedPerson }) {
  const say = texts.useTexts();
  const navigate = useNavigate();
  const may = useMay()('people:write');
  const [doing, setDoing] = useState<Doing>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { data: about } = useQuery(caseOptions(person.access));
  const start = (what: Doing) => {
    setSaid(null);
    setDoing(what);
  };
  const close = () => {
    void navigate({ to: '/people' }).then(() => forgetRecord(person.access));
  };
  const done = (text: string) => {
    setDoing(null);
    setSaid(text);
  };
  useShortcuts([
    { keys: 'x', label: say.record.close, group: say.record.title, act: close },
    ...(may
      ? [
          { keys: 'e', label: say.record.correct, group: say.record.title, act: () => start('correction') },
          { keys: 'a', label: say.record.ask, group: say.record.title, act: () => start('question') },
        ]
      : []),
  ]);
  return (
    <>
      <div className={styles.bar}>
        <Text size="sm">{say.record.openedFor(say.purpose.choices[person.purpose], person.ticket)}</Text>
        <Group gap="sm">
          {may && (
            <>
              <Button size="compact-md" variant="default" onClick={() => start('correction')}>
                {say.record.correct}
              </Button>
              <Button size="compact-md" variant="default" onClick={() => start('question')}>
                {say.record.ask}
              </Button>
              <Button size="compact-md" variant="default" onClick={() => start('new email')}>
                {say.record.proposeEmail}
              </Button>
            </>
          )}
          <Button size="compact-md" variant="default" onClick={close}>
            {say.record.close}
          </Button>
        </Group>
      </div>
      <Text role="status" c="var(--avow-good)" mb={said ? 'md' : 0}>
        {said}
      </Text>
      <div className={styles.columns}>
        {about && (
          <div className={styles.whole}>
            <CasePanel person={person} about={about} done={done} />
          </div>
        )}
        {doing === 'correction' && (
          <div className={styles.whole}>
            <CorrectionForm person={person} done={done} leave={() => setDoing(null)} />
          </div>
        )}
        {doing === 'new email' && (
          <div className={styles.whole}>
            <NewEmailForm person={person} done={done} leave={() => setDoing(null)} />
          </div>
        )}
        {doing === 'question' && (
          <div className={styles.whole}>
            <QuestionForm person={person} done={done} leave={() => setDoing(null)} />
          </div>
        )}
        <Stack>
          <FieldsPanel person={person} />
          <ChangesPanel person={person} />
          <MailsPanel person={person} />
        </Stack>
        <Stack>
          <ProductsPanel person={person} />
          <QuestionsPanel person={person} />
          <ConsentsPanel person={person} />
          <AccessesPanel person={person} />
        </Stack>
      </div>
    </>
  );
}
