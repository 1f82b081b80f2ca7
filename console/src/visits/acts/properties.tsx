/** The values of a declared property, of the events by which is filtered. */
import type { Ground } from '@avow/protocol/staff/visits';
import { Select, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { refusedOf } from '../../api/query-client.ts';
import { Empty } from '../../frame/panel.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Suppressed } from '../../frame/suppressed.tsx';
import { useFormats } from '../../texts/language.tsx';
import { usePanel } from '../asking/answers.ts';
import { useSource } from '../asking/source.tsx';
import styles from '../lists/lists.module.css';
import { texts } from '../texts.ts';

export function Properties({ ground }: { ground: Ground }) {
  const say = texts.useTexts();
  const { house } = useSource();
  const sites = house.sites.filter(({ id }) => ground.sites?.includes(id) ?? true);
  const declared = sites.flatMap(({ events }) =>
    events.flatMap(({ name, properties }) => properties.map((property) => ({ event: name, property }))),
  );
  const names = [...new Set(declared.map(({ property }) => property))];
  const [wanted, setWanted] = useState<string | null>(null);
  const name = names.find((one) => one === wanted) ?? names[0];
  if (name === undefined) return <Empty what={say.properties.none} hint={say.list.emptyEvents} />;
  return (
    <>
      <Select
        size="xs"
        maw={280}
        aria-label={say.properties.of}
        data={names.map((value) => ({
          value,
          label: `${value} (${declared
            .filter(({ property }) => property === value)
            .map(({ event }) => event)
            .join(', ')})`,
        }))}
        value={name}
        allowDeselect={false}
        onChange={setWanted}
      />
      <Values ground={ground} name={name} />
    </>
  );
}

function Values({ ground, name }: { ground: Ground; name: string }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const dimension = `property:${name}` as const;
  const answer = usePanel(ground, { metrics: ['events', 'visitors'], dimensions: [dimension], limit: 8 });
  if (answer.error) return <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />;
  if (!answer.data) return <Skeleton height={240} mt="xs" />;
  const { rows, suppressedBelow } = answer.data;
  if (rows.length === 0) return <Empty what={say.list.empty} hint={say.list.emptyHint} />;
  const most = Math.max(1, ...rows.map(({ figures }) => figures.events?.value ?? 0));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{say.property(name)}</th>
          {(['events', 'visitors'] as const).map((metric) => (
            <th key={metric} scope="col" className={styles.figure}>
              {say.metric[metric]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ dimensions, figures }) => (
          <tr key={dimensions[dimension]}>
            <td className={styles.name}>
              <span
                className={figures.events?.suppressed ? `${styles.bar} ${styles.hatched}` : styles.bar}
                style={{
                  width: figures.events?.suppressed ? '12%' : `${((figures.events?.value ?? 0) / most) * 100}%`,
                }}
              />
              {dimensions[dimension]}
            </td>
            {(['events', 'visitors'] as const).map((metric) => (
              <td key={metric} className={styles.figure}>
                {figures[metric]?.suppressed ? (
                  <Suppressed least={suppressedBelow} />
                ) : (
                  number(figures[metric]?.value ?? 0)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
