/** The tab with the map: its shapes are fetched when it is looked at. */
import type { Ground } from '@avow/protocol/staff/visits';
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { refusedOf } from '../../api/query-client.ts';
import { Empty } from '../../frame/panel.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { WORLD_RATIO } from '../../frame/world-ratio.ts';
import { usePanel } from '../asking/answers.ts';
import { MAP_PANEL } from '../asking/first-panels.ts';
import { texts } from '../texts.ts';

const WorldMap = lazy(async () => ({ default: (await import('./world-map.tsx')).WorldMap }));

export function CountryMap({ ground, pick }: { ground: Ground; pick(country: string): void }) {
  const say = texts.useTexts();
  const answer = usePanel(ground, MAP_PANEL);
  const waiting = <Skeleton height="auto" style={{ aspectRatio: WORLD_RATIO }} />;
  if (answer.error) return <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />;
  if (!answer.data) return waiting;
  if (answer.data.rows.length === 0) return <Empty what={say.list.empty} hint={say.list.emptyHint} />;
  return (
    <Suspense fallback={waiting}>
      <WorldMap answer={answer.data} pick={pick} />
    </Suspense>
  );
}
