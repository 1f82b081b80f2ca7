import type { AlarmCode, OperationsState } from '@avow/protocol/staff/operations';
import { expect, test } from 'vitest';
import { alarmsOf } from './alarms.ts';

const GIB = 1024 ** 3;
const TODAY = '2026-11-24';

const WELL: Omit<OperationsState, 'alarms'> = {
  version: '1',
  upSeconds: 10_000,
  links: [
    {
      edge: 'https://edge',
      connected: true,
      lastAnswerSeconds: 3,
      spoolDepth: 0,
      spoolOldestDays: null,
      inHand: 0,
      lastDrainSeconds: 9,
    },
  ],
  engines: [
    { name: 'vault', state: 'reachable', version: '18', bytes: 1 },
    { name: 'keyring', state: 'reachable', version: '18', bytes: 1 },
    { name: 'clickhouse', state: 'not configured', version: null, bytes: null },
  ],
  disk: { freeBytes: 50 * GIB, totalBytes: 100 * GIB },
  mail: { waiting: 3, failed: 0, unknown: 0, handedOver: 9, caught: false },
  setAside: { count: 0, oldestDay: null },
  tasks: [
    { name: 'a.b', cron: '* * * * *', lastDay: TODAY, ran: 3, failed: 1, lastFailed: false, gone: 2 },
    { name: 'c.d', cron: '* * * * *', lastDay: null, ran: 0, failed: 0, lastFailed: false, gone: null },
  ],
  rollUps: null,
  keys: {
    keySetVersion: 1,
    logVerified: true,
    active: { keyId: 1, since: '2026-09-01', ageDays: 84 },
    retired: [{ keyId: 0, destroyedOn: TODAY }],
    rootPublicKey: 'x',
    masterKey: { day: TODAY },
    dataKeys: 1,
  },
  backup: { lastDay: '2026-11-17' },
};

test('a house that is well has no alarms', () => {
  expect(alarmsOf(WELL, TODAY)).toEqual([]);
});

test('what came today is no reason for one', () => {
  const links = WELL.links.map((link) => ({ ...link, spoolDepth: 4, spoolOldestDays: 0 }));
  expect(alarmsOf({ ...WELL, links }, TODAY)).toEqual([]);
});

const [link] = WELL.links;
const away = { ...link, connected: false } as NonNullable<typeof link>;

test.each<[string, AlarmCode, Partial<OperationsState>, object]>([
  ['an edge away for three minutes', 'link-down', { links: [{ ...away, lastAnswerSeconds: 200 }] }, { minutes: 3 }],
  [
    'an edge that never answered',
    'link-down',
    { links: [{ ...away, lastAnswerSeconds: null }], upSeconds: 3_600 },
    { minutes: 60 },
  ],
  [
    'an edge where something waits since yesterday',
    'spool-old',
    { links: [{ ...away, connected: true, spoolDepth: 4, spoolOldestDays: 1 }] },
    { edge: 'https://edge', days: 1 },
  ],
  [
    'a database that is away',
    'database-away',
    { engines: [{ name: 'keyring', state: 'away', version: null, bytes: null }] },
    { engine: 'keyring' },
  ],
  [
    'a ClickHouse that is away',
    'clickhouse-away',
    { engines: [{ name: 'clickhouse', state: 'away', version: null, bytes: null }] },
    {},
  ],
  [
    'a disk with less than a tenth',
    'disk-low',
    { disk: { freeBytes: 90 * GIB, totalBytes: 1000 * GIB } },
    { percent: 9 },
  ],
  ['a disk with less than 2 GiB', 'disk-low', { disk: { freeBytes: GIB, totalBytes: 4 * GIB } }, { percent: 25 }],
  ['mails that failed', 'mails-failed', { mail: { ...WELL.mail, failed: 2 } }, { count: 2 }],
  ['mails that may have arrived', 'mails-unknown', { mail: { ...WELL.mail, unknown: 1 } }, { count: 1 }],
  ['a queue that does not shrink', 'mails-stuck', { mail: { ...WELL.mail, waiting: 501 } }, { count: 501 }],
  ['requests set aside', 'requests-set-aside', { setAside: { count: 4, oldestDay: TODAY } }, { count: 4 }],
  [
    'a task whose last run failed',
    'task-failed',
    {
      tasks: [{ name: 'a.b', cron: '* * * * *', lastDay: TODAY, ran: 1, failed: 1, lastFailed: true, gone: null }],
    },
    { task: 'a.b' },
  ],
  ['no key', 'no-gateway-key', { keys: { ...WELL.keys, active: null } }, {}],
  ['a broken key log', 'key-log-broken', { keys: { ...WELL.keys, logVerified: false } }, {}],
  [
    'a key of ninety days',
    'key-old',
    { keys: { ...WELL.keys, active: { keyId: 1, since: '2026-08-26', ageDays: 90 } } },
    { days: 90 },
  ],
  [
    'a retired key that should be gone',
    'retired-keys-left',
    { keys: { ...WELL.keys, retired: [{ keyId: 0, destroyedOn: '2026-11-23' }] } },
    { count: 1 },
  ],
  ['no backup ever', 'backup-never', { backup: { lastDay: null } }, {}],
  ['an old backup', 'backup-old', { backup: { lastDay: '2026-11-16' } }, { days: 8 }],
])('%s is an alarm: %s', (_what, code, change, about) => {
  expect(alarmsOf({ ...WELL, ...change }, TODAY)).toMatchObject([{ code, about }]);
});

test('an edge that is away for a moment is none yet', () => {
  expect(alarmsOf({ ...WELL, links: [{ ...away, lastAnswerSeconds: 60 }] }, TODAY)).toEqual([]);
});

test('what does not work now stands first', () => {
  const state = { ...WELL, backup: { lastDay: null }, setAside: { count: 1, oldestDay: TODAY } };
  expect(alarmsOf(state, TODAY).map(({ level }) => level)).toEqual(['urgent', 'soon']);
});
