/** The purpose `improvement`: reports of the Improvement Programme, which nobody can trace (S3, S4), and what they add up to. */
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import type { PublicDocument } from '@avow/protocol/link';
import type { ClickHouseClient } from '@clickhouse/client';
import { migrateClickHouse, PREPARING_CLICKHOUSE } from '../platform/clickhouse.ts';
import { withoutContents } from '../platform/database-errors.ts';
import type { Feature } from '../platform/feature.ts';
import { oneAtATime } from '../platform/one-at-a-time.ts';
import type { Services } from '../platform/services.ts';
import { type AcceptReports, createAcceptReports } from './accept-reports.ts';
import { signedConfigurations } from './configuration-log.ts';
import { countFinishedWeeks, publicDocuments } from './documents.ts';
import { finishWeeks } from './finish-weeks.ts';
import { IMPROVEMENT_KEEPS } from './keeps.ts';
import { createMover } from './move-reports.ts';
import { improvementRoutes } from './routes.ts';
import { watchJumps } from './watch-jumps.ts';

export interface Improvement extends Feature {
  accept: AcceptReports;
  /** Brings ClickHouse to today's shape. If it is away, reports wait in PostgreSQL. */
  start(): Promise<void>;
  /** What the edges are to publish. Reads the log of configurations anew, which another process may have appended to. */
  documents(): Promise<PublicDocument[]>;
  move(): Promise<number>;
  settle(): Promise<void>;
  /** Mondays of the weeks whose tables were made. */
  finishWeeks(): Promise<string[]>;
}

/** So many reports do not wait for the next round of the timetable. */
const ENOUGH = 1_000;

export function createImprovement(services: Services, { clickhouse }: { clickhouse: ClickHouseClient }): Improvement {
  const { config, db, clock, log } = services;
  const mover = createMover({ db, clickhouse });
  let configurations: readonly SignedConfiguration[] = [];
  let known: Promise<unknown> | undefined;
  let prepared: Promise<unknown> | undefined;
  let waiting = 0;
  let moving = false;
  let published: { state: string; documents: PublicDocument[] } | undefined;

  async function readConfigurations(): Promise<void> {
    configurations = await signedConfigurations(db);
  }

  /** Once, or again after it failed. */
  async function ready(): Promise<void> {
    prepared ??= oneAtATime(db, PREPARING_CLICKHOUSE, () => migrateClickHouse(clickhouse));
    try {
      await prepared;
    } catch (error) {
      prepared = undefined;
      throw error;
    }
  }

  async function move(): Promise<number> {
    await ready();
    waiting = 0;
    return mover.move();
  }

  const accept = createAcceptReports({
    db,
    configurations: () => configurations,
    clock,
    onStored(reports) {
      waiting += reports;
      if (waiting < ENOUGH || moving) return;
      moving = true;
      move()
        .catch((error: unknown) => log.warn({ error: withoutContents(error) }, 'reports wait to be moved'))
        .finally(() => {
          moving = false;
        });
    },
  });

  const finish = async (): Promise<string[]> => {
    await ready();
    await readConfigurations();
    const thresholds = () => configurations.at(-1)?.thresholds ?? null;
    return finishWeeks({ db, clickhouse, mover, thresholds, clock });
  };
  const settle = async (): Promise<void> => {
    await ready();
    await mover.settle();
  };

  return {
    name: 'improvement',
    accepts: [],
    staffRoutes: improvementRoutes({ db, configurations: () => signedConfigurations(db) }),
    keeps: IMPROVEMENT_KEEPS,
    schedule: [
      { name: 'improvement.move', cron: '*/10 * * * *', run: async () => void (await move()) },
      { name: 'improvement.settle', cron: '30 2 * * *', run: settle },
      { name: 'improvement.finishWeeks', cron: '0 4 * * *', run: async () => void (await finish()) },
      {
        name: 'improvement.watchJumps',
        cron: '30 4 * * *',
        async run() {
          await ready();
          await watchJumps({ ...services, config, clickhouse, mover });
        },
      },
    ],
    // Nothing here belongs to a person.
    tellPerson: async () => ({}),
    forgetPerson: async () => ({ stays: [] }),
    async accept(bodies) {
      known ??= readConfigurations();
      await known.catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return accept(bodies);
    },
    async start() {
      await ready().catch((error: unknown) =>
        log.warn({ error: withoutContents(error) }, 'ClickHouse cannot be reached; reports wait in PostgreSQL'),
      );
    },
    async documents() {
      await readConfigurations();
      const state = `${configurations.length} ${await countFinishedWeeks(db)}`;
      if (published?.state !== state) published = { state, documents: await publicDocuments(db, configurations) };
      return published.documents;
    },
    move,
    settle,
    finishWeeks: finish,
  };
}
