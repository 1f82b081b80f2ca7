import { createTestDatabase } from '@avow/engines/testing';
import type { Permission } from '@avow/protocol/staff/roles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openVaultDatabase, type VaultDatabase } from '../platform/database.ts';
import { issueApiToken } from '../platform/http/api-tokens.ts';
import { createStaffApi } from '../platform/http/staff-api.ts';
import { migrateVaultDatabase } from '../platform/migrate.ts';
import { makeTables } from './make-tables.ts';
import { improvementRoutes } from './routes.ts';
import { CONFIGURATION } from './test-reports.ts';
import type { WeekCounts } from './week-counts.ts';

const database = await createTestDatabase();
let db: VaultDatabase;
const today = '2026-11-24';

const counts: WeekCounts = {
  actives: 1_000,
  newInstallations: 90,
  cohorts: new Map([['2026-05', 1_000]]),
  versions: new Map([
    ['8.1', 800],
    ['8.0', 180],
    ['other', 20],
  ]),
  systems: new Map([['windows', 1_000]]),
  systemVersions: new Map([['windows', new Map([['11', 1_000]])]]),
  countries: new Map([['DE', 1_000]]),
  applications: new Map([['disc', 1_000]]),
  combinations: new Map([['disc', 1_000]]),
  starts: new Map([['disc', new Map([['0', 1_000]])]]),
};

beforeAll(async () => {
  db = openVaultDatabase(database.url);
  await migrateVaultDatabase(db);
  for (const [monday, week] of [
    ['2026-09-21', '2026-W39'],
    ['2026-09-28', '2026-W40'],
  ] as const) {
    await db.insertInto('improvement_weeks').values({ week: monday, made: today }).execute();
    for (const [audience, threshold] of [
      ['operator', 20],
      ['public', 50],
    ] as const) {
      const tables = makeTables(counts, { product: 'suite', week, rule: { threshold, roundedTo: 1 } });
      await db
        .insertInto('improvement_tables')
        .values({ week: monday, product: 'suite', audience, tables: JSON.stringify(tables) })
        .execute();
    }
  }
});

afterAll(async () => {
  await db.destroy();
  await database.drop();
});

async function ask(path: string, permissions: Permission[] = ['improvement:read']): Promise<Response> {
  const { token } = await issueApiToken(db, { label: 'test', permissions, validThrough: null, today });
  const routes = improvementRoutes({ db, configurations: async () => [CONFIGURATION] });
  const api = createStaffApi({ db, routes, clock: () => new Date(`${today}T12:00Z`) });
  return api.request(path, { headers: { authorization: `Bearer ${token}` } });
}

describe('figures of the Improvement Programme', () => {
  test('are told from finished weeks', async () => {
    expect(await (await ask('/improvement')).json()).toMatchObject({
      configuration: { version: 1, fieldList: 1 },
      threshold: 20,
      vagueBelow: 384,
      products: [
        { id: 'suite', weeks: ['2026-W39', '2026-W40'] },
        { id: 'large', weeks: [] },
      ],
      alarms: [],
    });
    expect(await (await ask('/improvement/trend?product=suite')).json()).toMatchObject({
      points: [
        { week: '2026-W39', actives: 1_000 },
        { week: '2026-W40', actives: 1_000 },
      ],
    });
    expect(await (await ask('/improvement/shares?product=suite&kind=versions')).json()).toMatchObject({
      series: [{ label: '8.1', shares: [0.8, 0.8] }, { label: '8.0' }, { label: 'other' }],
    });
    expect(await (await ask('/improvement/retention?product=suite')).json()).toMatchObject({
      cohorts: [{ installed: '2026-05', kept: [1, 1] }],
    });
  });

  test('are asked for by week, table, and what the table is about', async () => {
    const table = await ask('/improvement/table?product=suite&kind=starts&within=disc&week=2026-W39');
    expect(await table.json()).toMatchObject({ week: '2026-W39', within: 'disc', total: 1_000, vague: false });
    expect((await ask('/improvement/table?product=suite&kind=starts&within=nothing')).status).toBe(404);
    expect((await ask('/improvement/table?product=suite&kind=versions&week=2026-W01')).status).toBe(404);
    expect((await ask('/improvement/table?product=suite&kind=everything')).status).toBe(422);
  });

  test('are shown to those only who may see them, and leave as files with another permission', async () => {
    expect((await ask('/improvement', ['visits:read'])).status).toBe(403);
    expect((await ask('/improvement/table.csv?product=suite&kind=versions')).status).toBe(403);
    const csv = await ask('/improvement/table.csv?product=suite&kind=versions', ['improvement:export']);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await csv.text()).split('\r\n')).toContain('suite,2026-W40,versions,,8.1,800,80.00,77.41,82.36');
  });
});
