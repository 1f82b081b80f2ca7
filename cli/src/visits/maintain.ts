import { isoDay } from '@avow/vault/platform/day';
import { keptDaysOf } from '@avow/vault/visits/kept-days';
import { createRollups } from '@avow/vault/visits/rebuild-rollups';
import { runRetention } from '@avow/vault/visits/retention';
import type { ClickHouse } from '../open-clickhouse.ts';
import { say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';
import { runBar } from './run-bar.ts';

interface House {
  vault: VaultHandle;
  clickhouse: ClickHouse;
}

export interface RebuildFlags {
  from?: string;
  to?: string;
  json?: true;
}

/** `avow visits rebuild`: the figures of whole days, once more from the events. */
export async function rebuildFigures({ vault, clickhouse }: House, flags: RebuildFlags): Promise<void> {
  const { timeZone } = vault.config;
  const clock = () => new Date();
  const rollups = createRollups({ db: vault.db, clickhouse, clock, timeZone, kept: keptDaysOf(vault.config) });
  const bar = runBar('days');
  const { from = '1970-01-01', to = isoDay(clock()) } = flags;
  const began = performance.now();
  const days = await rollups
    .rebuildRollups({ from, to, onProgress: ({ done, of }) => bar.update(done, of, done) })
    .finally(bar.stop);
  const seconds = (performance.now() - began) / 1000;
  if (flags.json) return say(JSON.stringify({ days, seconds: Number(seconds.toFixed(3)) }));
  if (days.length === 0) return say('There is no day to rebuild: none is over and still has its events.');
  say(`${days.length} days are rebuilt, ${days[0]} to ${days.at(-1)}, in ${seconds.toFixed(1)} s.`);
}

/** `avow visits retention`: what the vault does every night by itself. */
export async function retainNow({ vault, clickhouse }: House, flags: { json?: true }): Promise<void> {
  const kept = keptDaysOf(vault.config);
  const before = await countEvents(clickhouse);
  await runRetention({ db: vault.db, clickhouse, clock: () => new Date(), kept });
  const removed = before - (await countEvents(clickhouse));
  if (flags.json) return say(JSON.stringify({ rawDays: kept.house, sites: kept.sites, removed }));
  const others = kept.sites.map(({ site, days }) => `, of ${site} for ${days}`).join('');
  const gone = `${removed.toLocaleString('en')} were older and are gone; their figures stay.`;
  say(`Events are kept for ${kept.house} days${others}. ${gone}`);
}

async function countEvents(clickhouse: ClickHouse): Promise<number> {
  const answer = await clickhouse.query({ query: 'SELECT count() AS n FROM visit_events', format: 'JSONEachRow' });
  const [row] = await answer.json<{ n: string }>();
  return Number(row?.n ?? 0);
}
