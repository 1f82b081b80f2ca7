import type { OpenedPerson } from '@avow/protocol/staff/people';
import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { call, type Refused } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';
import { useMay } from '../api/session.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { fieldName } from './field-names.ts';
import { keepCase, type OpenCase, recordOptions, renewWaiting } from './open-records.ts';
import styles from './people.module.css';
import { texts } from './texts.ts';

interface CaseOf<Case> {
  person: OpenedPerson;
  about: Case;
  done(said: string): void;
}

/** What the record was opened about: a correction asked for, or the answer to a question. */
export function CasePanel({ person, about, done }: CaseOf<OpenCase>) {
  const closed = (said: string) => {
    keepCase(person.access, null);
    void queryClient.invalidateQueries({ queryKey: recordOptions(person.access).queryKey, exact: true });
    renewWaiting();
    done(said);
  };
  return about.what === 'request' ? (
    <RequestPanel person={person} about={about} done={closed} />
  ) : (
    <AnswerOfPersonPanel person={person} about={about} done={closed} />
  );
}

function RequestPanel({ person, about, done }: CaseOf<Extract<OpenCase, { what: 'request' }>>) {
  const say = texts.useTexts().request;
  const language = useLanguage();
  const may = useMay()('people:write');
  const [outcome, setOutcome] = useState<'changed' | 'declined'>('changed');
  const [answer, setAnswer] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const held = person.fields.find(({ field }) => field === about.field)?.value;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const body = { access: person.access, id: about.id, outcome, answer };
    const sent = await call('POST /people/requests/answer', { body });
    setBusy(false);
    if (sent.ok) done(say.closed);
    else setRefused(sent.refused);
  };
  return (
    <Panel title={`${say.title}: ${fieldName(about.field, language)}`}>
      <form onSubmit={submit}>
        <Stack maw="40rem">
          {held !== undefined && <Said label={say.held} text={held} />}
          <Said label={say.wanted} text={about.wanted} />
          {about.message !== '' && <Said label={say.message} text={about.message} />}
          {refused && <RefusalNote refused={refused} />}
          {may && (
            <>
              <Radio.Group
                label={say.outcome}
                value={outcome}
                onChange={(value) => setOutcome(value === 'declined' ? 'declined' : 'changed')}
              >
                <Group mt="xs">
                  <Radio value="changed" label={say.outcomes.changed} />
                  <Radio value="declined" label={say.outcomes.declined} />
                </Group>
              </Radio.Group>
              <Textarea
                label={say.answer}
                value={answer}
                onChange={(event) => setAnswer(event.currentTarget.value)}
                rows={4}
                maxLength={2000}
                error={refused?.fields.answer?.message}
              />
              <Group>
                <Button type="submit" loading={busy} disabled={answer.trim() === ''}>
                  {say.send}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      </form>
    </Panel>
  );
}

function AnswerOfPersonPanel({ person, about, done }: CaseOf<Extract<OpenCase, { what: 'question' }>>) {
  const { record: say, answered } = texts.useTexts();
  const language = useLanguage();
  const may = useMay()('people:write');
  const [refused, setRefused] = useState<Refused | null>(null);
  const close = async () => {
    const outcome = await call('POST /people/questions/close', {
      body: { access: person.access, id: about.questionId },
    });
    if (outcome.ok) done(answered.closed);
    else setRefused(outcome.refused);
  };
  return (
    <Panel title={fieldName(about.field, language)}>
      <Stack maw="40rem">
        <Said label={say.askedOn(about.day)} text={about.question} />
        <Said label={about.answeredOn ? say.answeredOn(about.answeredOn) : ''} text={about.answer ?? say.unanswered} />
        {refused && <RefusalNote refused={refused} />}
        {may && (
          <Group>
            <Button onClick={close}>{say.dealtWith}</Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}

function Said({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text className={styles.said}>{text}</Text>
    </div>
  );
}
