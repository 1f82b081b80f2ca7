import { Code } from '@mantine/core';
import type { ReactNode } from 'react';
import { AnswerPanel } from '../frame/panel.tsx';
import { useFormats } from '../texts/language.tsx';
import styles from './operations.module.css';
import type { StateAnswer } from './state-answer.ts';
import { texts } from './texts.ts';

export function KeysPanel({ state }: { state: StateAnswer }) {
  const say = texts.useTexts().keys;
  const { number, day } = useFormats();
  return (
    <AnswerPanel title={say.title} answer={state} height={230}>
      {({ keys, backup, rollUps }) => {
        const lastRetired = keys.retired
          .map(({ destroyedOn }) => destroyedOn)
          .toSorted()
          .at(-1);
        const facts: [string, ReactNode][] = [
          [say.active, keys.active ? say.activeSince(keys.active.since, keys.active.ageDays) : say.noActive],
          [say.retired, `${number(keys.retired.length)}${lastRetired ? `, ${say.retiredUntil(lastRetired)}` : ''}`],
          [say.log, keys.logVerified ? say.verified : say.broken],
          [say.root, keys.rootPublicKey ? <Code key="root">{keys.rootPublicKey}</Code> : say.rootNone],
          [say.master, keys.masterKey ? say.masterDay(keys.masterKey.day) : say.noMaster],
          [say.dataKeys, number(keys.dataKeys)],
          [say.backup, backup.lastDay ? day(backup.lastDay) : say.never],
        ];
        if (rollUps) {
          const waits = rollUps.stale > 0 ? `, ${say.rollUpsStale(rollUps.stale)}` : '';
          facts.push([say.rollUps, `${rollUps.newestDay ? day(rollUps.newestDay) : say.rollUpsNone}${waits}`]);
        }
        return (
          <dl className={styles.facts}>
            {facts.map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
          </dl>
        );
      }}
    </AnswerPanel>
  );
}
