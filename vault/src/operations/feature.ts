/** Running the house: how it is doing, what needs somebody, and what is set. */

import { sql } from 'kysely';
import { z } from 'zod';
import { recordAct, staffOf } from '../platform/audit/audit-log.ts';
import { addDays, isoDay } from '../platform/day.ts';
import { type Feature, type StaffRoute, staffRoute } from '../platform/feature.ts';
import { MAIL_CHANNEL } from '../platform/mail/outbox.ts';
import { recordOfProcessing } from '../platform/records.ts';
import type { Services } from '../platform/services.ts';
import { forgetTaskRuns } from '../platform/task-runs.ts';
import { queueAgain, troubledMails } from './queries.ts';
import { type OperationsHouse, readState } from './read-state.ts';
import {
  mailsAnswer,
  nothing,
  queuedAnswer,
  retriedAnswer,
  settingsAnswer,
  settingsCheckAnswer,
  startedAnswer,
  stateAnswer,
  taskBody,
} from './schemas.ts';
import { checkSettings, settingsOf } from './settings.ts';

const RUN_DAYS = 90;

export interface OperationsDesk extends OperationsHouse {
  features(): readonly Feature[];
  /** Tries what was set aside; returns how many are left. */
  retrySetAside(): Promise<number>;
  /** False before the timetable runs. */
  runTask(name: string): Promise<boolean>;
}

export function createOperations(services: Services, desk: OperationsDesk): Feature {
  const { db, clock } = services;
  return {
    name: 'operations',
    accepts: [],
    staffRoutes: operationsRoutes(services, desk),
    keeps: [
      {
        table: 'task_runs',
        database: 'vault',
        why: 'Whether the periodic tasks ran, above all those that forget, and how many rows went.',
        promises: ['W7'],
        keptFor: { en: `${RUN_DAYS} days`, de: `${RUN_DAYS} Tage` },
        readers: ['administrator', 'privacy officer'],
        shuffled: false,
      },
    ],
    schedule: [
      {
        name: 'operations.forgetTaskRuns',
        cron: '36 0 * * *',
        run: () => forgetTaskRuns(db, addDays(isoDay(clock()), -RUN_DAYS)),
      },
    ],
    tellPerson: async () => ({}),
    forgetPerson: async () => ({ stays: [] }),
  };
}

function operationsRoutes(services: Services, desk: OperationsDesk): StaffRoute[] {
  const { db, keyring, clock, config, publicUrl } = services;
  return [
    staffRoute({
      method: 'GET',
      path: '/operations',
      permission: 'operations:read',
      summary: 'How the house is doing, and what needs somebody.',
      answer: stateAnswer,
      handle: () => readState(services, desk),
    }),
    staffRoute({
      method: 'GET',
      path: '/operations/mails',
      permission: 'operations:read',
      summary: 'Mails that failed or may not have arrived, without address and contents.',
      answer: mailsAnswer,
      handle: async () => ({ mails: await troubledMails(db) }),
    }),
    staffRoute({
      method: 'POST',
      path: '/operations/mails/:id/send-again',
      permission: 'operations:write',
      summary: 'Queues one of them again. One that may have arrived can arrive twice.',
      body: nothing,
      answer: queuedAnswer,
      async handle({ params: { id } }, { caller }) {
        const queued = await db.transaction().execute(async (tx) => {
          if (!z.uuid().safeParse(id).success || !(await queueAgain(tx, id ?? ''))) return false;
          const day = isoDay(clock());
          await recordAct(tx, keyring, { day, staff: staffOf(caller), act: 'mail-sent-again', about: id ?? '' });
          return true;
        });
        if (!queued) return { refused: 'not_found' };
        await sql`SELECT pg_notify(${MAIL_CHANNEL}, '')`.execute(db);
        return { queued: true };
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/operations/set-aside/retry',
      permission: 'operations:write',
      summary: 'Tries accepted requests again that could not be carried out.',
      body: nothing,
      answer: retriedAnswer,
      handle: async () => ({ left: await desk.retrySetAside() }),
    }),
    staffRoute({
      method: 'POST',
      path: '/operations/tasks/run',
      permission: 'operations:write',
      summary: 'Lets a periodic task run now.',
      body: taskBody,
      answer: startedAnswer,
      async handle({ body: { name } }) {
        const known = desk.tasks().some((task) => task.name === name);
        return known && (await desk.runTask(name)) ? { started: true } : { refused: 'not_found' };
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/settings',
      permission: 'settings:read',
      summary: 'The configuration in force, and the record of processing.',
      answer: settingsAnswer,
      async handle() {
        const keeps = recordOfProcessing(desk.features()).map(
          ({ purpose, table, database, why, promises, keptFor, readers }) => ({
            purpose,
            table,
            database,
            why,
            promises: [...promises],
            keptFor,
            readers: [...readers],
          }),
        );
        const { configFile, edges } = desk;
        return settingsOf(config, { configFile, edges, publicUrl }, keeps);
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/settings/check',
      permission: 'settings:read',
      summary: 'What a restart with the configuration file as it is now would change.',
      body: nothing,
      answer: settingsCheckAnswer,
      handle: async () =>
        desk.configFile === null ? { refused: 'not_found' } : checkSettings(config, desk.configFile),
    }),
  ];
}
