/**
 * A seeded, realistic time of traffic, played through the real way: the edge's own steps, its spool, its link. Only the door is
 * another: the time of a page view cannot be sent over HTTP, so the steps are called in this process, with the clock of the play.
 */
import { randomBytes } from 'node:crypto';
import type { AvowConfig } from '@avow/config/config';
import { countInProcess, openCountries } from '@avow/edge/count-in-process';
import type { EdgeDatabase } from '@avow/edge/platform/database';
import { insertItems } from '@avow/edge/spool/queries';
import type { Arrival, Counting } from '@avow/edge/visits-import/counting';
import { derivedUuid } from '@avow/edge/visits-import/identity';
import { createImportSalts } from '@avow/edge/visits-import/import-salts';
import { waitForRoom } from '@avow/edge/visits-import/room-in-spool';
import { batchesOf, countDrop, emptyStretch, type Stretch } from '@avow/edge/visits-import/stretch';
import { drawAddresses } from './addresses.ts';
import { DAY_MS, playDay } from './play-day.ts';

const EVENTS_PER_STRETCH = 2_000;

export interface TrafficOptions {
  days: number;
  seed: number;
  visitsPerDay: number;
  /** Unix milliseconds at which the play ends: now. */
  until: number;
  signal: AbortSignal;
  onDay(progress: { day: number; events: number }): void;
}

export interface PlayedTraffic {
  events: number;
  bots: number;
  quiet: number;
  dropped: number;
  batches: number;
}

/** Playing the same days with the same seed again spools batches of the same ids: they are not counted again. */
export async function playTraffic(
  { config, db }: { config: AvowConfig; db: EdgeDatabase },
  { days, seed, visitsPerDay, until, signal, onDay }: TrafficOptions,
): Promise<PlayedTraffic> {
  const salts = createImportSalts(randomBytes(32));
  const counting = await countInProcess(config, salts, randomBytes(32));
  const addresses = drawAddresses(await openCountries(config), seed);
  const played: PlayedTraffic = { events: 0, bots: 0, quiet: 0, dropped: 0, batches: 0 };
  const last = Math.floor(until / DAY_MS) * DAY_MS;
  let overMidnight: Arrival[] = [];

  for (let day = 0; day < days; day += 1) {
    const start = last - (days - 1 - day) * DAY_MS;
    const elapsed = days === 1 ? 1 : day / (days - 1);
    const today = playDay({ seed, start, elapsed, visitsPerDay, sites: config.sites, addresses });
    const all = [...overMidnight, ...today].sort((a, b) => a.now - b.now);
    const end = start + DAY_MS;
    overMidnight = all.filter(({ now }) => now >= end);
    const run = derivedUuid('demo traffic', seed, visitsPerDay, start);
    let stretch = emptyStretch(0);
    let from = 0;
    for (const arrival of all) {
      if (arrival.now >= Math.min(end, until)) break;
      pass(counting, arrival, stretch, played);
      stretch.to += 1;
      if (stretch.events.length < EVENTS_PER_STRETCH) continue;
      await spool(run, from, stretch);
      from = stretch.to;
      stretch = emptyStretch(from);
    }
    await spool(run, from, stretch);
    onDay({ day: day + 1, events: played.events });
  }
  salts.close();
  return played;

  async function spool(run: string, from: number, stretch: Stretch): Promise<void> {
    signal.throwIfAborted();
    const items = batchesOf(run, from, stretch);
    if (items.length === 0) return;
    await waitForRoom(db, { spoolMaxBytes: config.edge.spoolMaxBytes, signal, onWaiting: () => {} });
    await insertItems(db, items);
    played.batches += items.length;
  }
}

function pass(counting: Counting, arrival: Arrival, stretch: Stretch, played: PlayedTraffic): void {
  const outcome = counting.run(arrival);
  if ('dropped' in outcome) {
    played.dropped += 1;
    countDrop(stretch, counting.reportingHour(arrival.now), '', outcome.dropped);
  } else if ('quiet' in outcome) {
    played.quiet += 1;
    stretch.quiet.push(outcome.quiet);
  } else {
    played.events += 1;
    if (outcome.stored.bot !== '') played.bots += 1;
    stretch.events.push(outcome.stored);
  }
}
