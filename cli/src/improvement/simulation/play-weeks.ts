/** Weeks of many installations, from what they do to the tables that are published, beside what is true. */
import { randomBytes } from 'node:crypto';
import type { WeekTables } from '@avow/protocol/improvement/tables';
import { addWeeks, type Week, weekOf, weekStart } from '@avow/protocol/improvement/weeks';
import { makeReports } from '@avow/sdk/reporting/week-reports';
import { createRandom, type Random, seedOf } from '../../demo/random.ts';
import { fetchConfiguration, type HouseInTime } from './house-in-time.ts';
import { createPopulation, factsOfWeek, type Installation } from './population.ts';
import type { Send } from './send.ts';
import { emptyTruth, note, type WeekTruth } from './truth.ts';

export interface Play {
  house: HouseInTime;
  send: Send;
  installations: number;
  weeks: number;
  seed: number;
  /** First week that is reported about. */
  first: Week;
  /** Whether the empty messages are played, too. */
  dummies: boolean;
  onSent(reports: number): void;
  /** The reports of a week are stored as they stay until it is finished. */
  onStored?(week: Week, reports: readonly SentReport[]): Promise<void>;
}

export interface SentReport {
  installation: Installation;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Played {
  population: Installation[];
  truths: WeekTruth[];
  operator: WeekTables[];
  /** Messages that were sent, those sent twice counted twice. */
  messages: number;
  sentTwice: number;
}

/** Of the messages: their answer was lost, and they come again. */
const RETRIED = 0.02;
/** Weeks after which a week is finished. */
const UNTIL_FINISHED = 6;
const DAY_MS = 86_400_000;

/** Wednesday noon: well inside the week. */
const inWeek = (week: Week): Date => new Date(weekStart(week).getTime() + 2.5 * DAY_MS);

/** So that all weeks are over by now, and their tables are as if of today. */
export function firstWeek(weeks: number, now: Date): Week {
  return addWeeks(weekOf(now), -weeks - UNTIL_FINISHED);
}

function shuffle<T>(all: T[], random: Random): T[] {
  for (let at = all.length - 1; at > 0; at--) {
    const other = random.whole(at + 1);
    const [a, b] = [all[at], all[other]];
    if (a === undefined || b === undefined) continue;
    all[at] = b;
    all[other] = a;
  }
  return all;
}

export async function playWeeks(play: Play): Promise<Played> {
  const { house, seed, first, weeks, installations } = play;
  const configuration = await fetchConfiguration(house);
  const population = createPopulation({ installations, weeks, seed, first, configuration });
  const truths: WeekTruth[] = [];
  let messages = 0;
  let sentTwice = 0;
  for (let n = 0; n < weeks; n++) {
    const week = addWeeks(first, n);
    const truth = emptyTruth(week);
    truths.push(truth);
    const random = createRandom(seedOf(seed, 'order', week));
    const sent: SentReport[] = [];
    for (const installation of population) {
      const facts = factsOfWeek(installation, week, seed);
      if (!facts) continue;
      note(truth, installation, facts);
      const nonce = () => randomBytes(16).toString('base64url');
      const reports = makeReports(installation.manifest, configuration, facts, nonce) ?? [];
      for (const { content, bytes } of reports) {
        if (content.facet === 'none' && !play.dummies) continue;
        sent.push({ installation, bytes });
        if (!random.chance(RETRIED)) continue;
        sent.push({ installation, bytes });
        sentTwice += 1;
      }
    }
    // Each leaves at its own random time within days: their order is chance.
    shuffle(sent, random);
    messages += sent.length;
    house.setClock(inWeek(addWeeks(week, 1)));
    await play.send(
      sent.map(({ bytes }) => bytes),
      play.onSent,
    );
    await house.improvement.settle();
    await play.onStored?.(week, sent);
    await house.improvement.finishWeeks();
  }
  house.setClock(inWeek(addWeeks(first, weeks + UNTIL_FINISHED - 1)));
  await house.improvement.finishWeeks();
  await house.publish();
  return { population, truths, operator: await operatorTables(house), messages, sentTwice };
}

async function operatorTables({ vault }: HouseInTime): Promise<WeekTables[]> {
  const rows = await vault.db
    .selectFrom('improvement_tables')
    .select('tables')
    .where('audience', '=', 'operator')
    .orderBy('week')
    .execute();
  return rows.map(({ tables }) => tables as WeekTables);
}
