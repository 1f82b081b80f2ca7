import { Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.ts';
import { Figure } from '../frame/figure.tsx';
import { TextLink } from '../frame/links.tsx';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { useFormats } from '../texts/language.tsx';
import styles from './serials.module.css';
import { texts } from './texts.ts';

export function BatchPage() {
  const say = texts.useTexts();
  const { number, day } = useFormats();
  const { id } = useParams({ from: '/signed-in/serials/batches/$id' });
  const answer = useAnswer('GET /serials/batches/:id', { params: { id } });
  return (
    <Page title={say.batch(id)} crumbs={[{ label: say.title, to: '/serials' }]}>
      <Stack>
        <AnswerPanel title={say.about} answer={answer} height={120}>
          {({ batch }) => (
            <Stack gap="md">
              <dl className={styles.about}>
                <Fact name={say.columns.title} value={batch.title} />
                <Fact name={say.columns.kind} value={say.kinds[batch.kind]} />
                <Fact name={say.columns.serials} value={number(batch.serials)} />
                <Fact name={say.columns.day} value={day(batch.day)} />
                {batch.keyId !== null && <Fact name={say.keyId} value={String(batch.keyId)} />}
                {batch.note !== '' && <Fact name={say.columns.note} value={batch.note} />}
              </dl>
              {batch.kind !== 'legacy' && (
                <TextLink to="/jobs/$id" params={{ id }}>
                  {say.toJob}
                </TextLink>
              )}
            </Stack>
          )}
        </AnswerPanel>
        <AnswerPanel title={say.totals.registered} hint={say.stateHint} answer={answer} height={80}>
          {({ batch, registrations }) => (
            <div className={styles.figures}>
              {(['registered', 'onHold', 'transferred', 'refused'] as const).map((state) => (
                <Figure
                  key={state}
                  label={say.states[state]}
                  value={registrations[state]}
                  note={
                    state === 'registered' && (
                      <Text size="sm" c="dimmed">
                        {say.share(registrations.registered / Math.max(1, batch.serials))}
                      </Text>
                    )
                  }
                />
              ))}
            </div>
          )}
        </AnswerPanel>
      </Stack>
    </Page>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
