import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { AnswerPanel } from '../frame/panel.tsx';
import styles from './operations.module.css';
import type { StateAnswer } from './state-answer.ts';
import { texts } from './texts.ts';

export function AlarmsPanel({ state, actions }: { state: StateAnswer; actions?: ReactNode }) {
  const say = texts.useTexts().alarms;
  return (
    <AnswerPanel
      title={say.title}
      actions={actions}
      answer={state}
      height={88}
      empty={({ alarms }) => alarms.length === 0 && { what: say.none, hint: say.noneHint }}
    >
      {({ alarms }) => (
        <ul className={styles.alarms}>
          {alarms.map(({ code, level, about }) => (
            <li
              key={`${code} ${JSON.stringify(about)}`}
              className={`${styles.alarm} ${level === 'urgent' ? styles.urgent : ''}`}
            >
              <Text fw={600} c={level === 'urgent' ? 'var(--avow-bad)' : 'var(--avow-warning)'}>
                {say[level]}
              </Text>
              <div>
                <Text fw={600}>{say.what[code](about)}</Text>
                <Text size="sm">{say.todo[code]}</Text>
              </div>
            </li>
          ))}
        </ul>
      )}
    </AnswerPanel>
  );
}
