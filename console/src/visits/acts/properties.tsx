/** The values of a declared property, of the events by which is filtered. */
import { Select, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { refusedOf } from '../../api/query-client.ts';
import { Empty } from '../../frame/panel.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { usePanel } from '../asking/answers.ts';
import { useSource } from '../asking/source.tsx';
import type { ListScreen } from '../lists/list-panel.tsx';
import { Rows } from '../lists/rows.tsx';
import { texts } from '../texts.ts';

/** As many as the panel has room for. */
const MOST_VALUES = 8;

export function Properties({ screen }: { screen: ListScreen }) {
  const say = texts.useTexts();
  const { ground } = screen;
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
      <Values screen={screen} name={name} />
    </>
  );
}

function Values({ screen, name }: { screen: ListScreen; name: string }) {
  const say = texts.useTexts();
  const { ground, filters, setFilters } = screen;
  const dimension = `property:${name}` as const;
  const answer = usePanel(ground, { metrics: ['events'], dimensions: [dimension], limit: MOST_VALUES });
  if (answer.error) return <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />;
  if (!answer.data) return <Skeleton height={240} mt="xs" />;
  const { rows, totals, suppressedBelow } = answer.data;
  if (rows.length === 0) return <Empty what={say.list.empty} hint={say.list.emptyHint} />;
  return (
    <Rows
      rows={rows}
      dimension={dimension}
      metric="events"
      total={totals.events}
      least={suppressedBelow}
      filters={filters}
      setFilters={setFilters}
      label={say.property(name)}
    />
  );
}
