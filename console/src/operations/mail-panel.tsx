import { Stack, Text } from '@mantine/core';
import { Figure } from '../frame/figure.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import styles from './operations.module.css';
import type { StateAnswer } from './state-answer.ts';
import { texts } from './texts.ts';

export function MailPanel({ state }: { state: StateAnswer }) {
  const say = texts.useTexts().mail;
  return (
    <AnswerPanel title={say.title} answer={state} height={110}>
      {({ mail }) => (
        <Stack gap="sm">
          <div className={styles.figures}>
            <Figure label={say.figures.waiting} value={mail.waiting} />
            <Figure label={say.figures.failed} value={mail.failed} />
            <Figure label={say.figures.unknown} value={mail.unknown} />
            <Figure
              label={say.figures.handedOver}
              value={mail.handedOver}
              note={
                <Text size="sm" c="dimmed">
                  {say.handedOverHint}
                </Text>
              }
            />
          </div>
          {mail.caught && (
            <Text size="sm" c="var(--avow-warning)">
              {say.caught}
            </Text>
          )}
        </Stack>
      )}
    </AnswerPanel>
  );
}
