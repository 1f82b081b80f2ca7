/** Everything the page "Operations" shows, read at once. Nothing of it is about anybody. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EdgeLink, OperationsState, TaskState } from '@avow/protocol/staff/operations';
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import type { KeyringDatabase, VaultDatabase } from '../platform/database.ts';
import { isoDay } from '../platform/day.ts';
import type { ScheduledTask } from '../platform/feature.ts';
import { keysStatus } from '../platform/keys/keys-status.ts';
import type { Services } from '../platform/services.ts';
import { lastTaskRuns } from '../platform/task-runs.ts';
import { alarmsOf } from './alarms.ts';
import { readDisk, readEngines } from './engines.ts';
import { countMailsByState, oldestSetAside } from './queries.ts';

export interface OperationsHouse {
  keyringDb: KeyringDatabase;
  clickhouse: ClickHouseClient | null;
  keysDir: string;
  /** Whether mails go to the local catcher. */
  caughtMail: boolean;
  configFile: string | null;
  edges: readonly string[];
  /** After how many seconds without an answer a link is down; absent: three minutes. */
  linkDownSeconds?: number | undefined;
  /** Of the running vault; none before it runs. */
  links(): readonly EdgeLink[];
  tasks(): readonly ScheduledTask[];
  rollUps: (() => Promise<{ newestDay: string | null; stale: number }>) | null;
}

/** Written by `avow backup`. */
const BACKUP_MARKER = 'last-backup.json';
const marker = z.object({ day: z.iso.date() });

export async function readState(services: Services, house: OperationsHouse): Promise<OperationsState> {
  const { db, keyring, clock } = services;
  const today = isoDay(clock());
  const [engines, disk, mails, setAside, tasks, keys, masterKey, backup, rollUps] = await Promise.all([
    readEngines({ db, ...house }),
    readDisk(house.keysDir),
    countMailsByState(db),
    oldestSetAside(db),
    readTasks(db, house.tasks()),
    keysStatus({ db, keyring, today }),
    dayOfFile(join(house.keysDir, 'master.key')),
    lastBackup(house.keysDir),
    house.rollUps?.().catch(() => null) ?? null,
  ]);
  const state = {
    version: manifest.version,
    upSeconds: Math.round(process.uptime()),
    links: [...house.links()],
    engines,
    disk,
    mail: {
      waiting: (mails.queued ?? 0) + (mails.claimed ?? 0) + (mails['handing over'] ?? 0),
      failed: mails.failed ?? 0,
      unknown: mails.unknown ?? 0,
      handedOver: mails['handed over'] ?? 0,
      caught: house.caughtMail,
    },
    setAside,
    tasks,
    rollUps,
    keys: {
      keySetVersion: keys.keySetVersion,
      logVerified: keys.logVerified,
      active: keys.active && { keyId: keys.active.keyId, since: keys.active.since, ageDays: keys.active.ageDays },
      retired: keys.retired.map(({ keyId, destroyedOn }) => ({ keyId, destroyedOn })),
      rootPublicKey: keys.rootPublicKey,
      masterKey,
      dataKeys: keys.dataKeys,
    },
    backup: { lastDay: backup },
  };
  return { ...state, alarms: alarmsOf(state, today, house.linkDownSeconds) };
}

async function readTasks(db: VaultDatabase, tasks: readonly ScheduledTask[]): Promise<TaskState[]> {
  const runs = await lastTaskRuns(db);
  return tasks.map(({ name, cron }) => {
    const run = runs.get(name);
    return {
      name,
      cron,
      lastDay: run?.day ?? null,
      ran: run?.ran ?? 0,
      failed: run?.failed ?? 0,
      lastFailed: run?.last_failed ?? false,
      gone: run?.gone ?? null,
    };
  });
}

async function dayOfFile(file: string): Promise<{ day: string } | null> {
  return stat(file).then(
    ({ mtime }) => ({ day: isoDay(mtime) }),
    () => null,
  );
}

async function lastBackup(keysDir: string): Promise<string | null> {
  const text = await readFile(join(dirname(keysDir), BACKUP_MARKER), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return marker.parse(JSON.parse(text)).day;
  } catch {
    // A marker that says nothing is no backup.
    return null;
  }
}
