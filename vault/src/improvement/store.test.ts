import { randomBytes } from 'node:crypto';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { WeekTables } from '@avow/protocol/improvement/tables';
import { weekStart } from '@avow/protocol/improvement/weeks';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../visits/test-store.ts';
import { type AcceptReports, createAcceptReports } from './accept-reports.ts';
import { finishWeeks } from './finish-weeks.ts';
import { createMover, type Mover } from './move-reports.ts';
import { noiseBound } from './noise.ts';
import { insertReports } from './queries.ts';
import { storedReport } from './stored-report.ts';
import { BASE, bodyOf, CONFIGURATION, reportAbout } from './test-reports.ts';

const WEEK = '2026-W40';
let store: TestStore;
let accept: AcceptReports;
let mover: Mover;
let stored: number[] = [];

const inWeek = (week: string) => new Date(weekStart(week).getTime() + 2 * 86_400_000);
/** So high that noise by chance neither lifts a count over it nor makes a table hide a row: once in 10^10 runs. */
const THRESHOLDS = { ...CONFIGURATION.thresholds, operator: 50 };
const finish = () => finishWeeks({ ...store, mover, thresholds: () => THRESHOLDS });
/** As far as noise takes a count, but once in 10^12. */
const NOISE = noiseBound(THRESHOLDS.epsilon, 1e-12);

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
  accept = createAcceptReports({
    db: store.db,
    clock: store.clock,
    configurations: () => [CONFIGURATION],
    onStored: (reports) => stored.push(reports),
  });
  mover = createMover(store);
});
afterEach(async () => {
  stored = [];
  await store.clickhouse.command({ query: 'TRUNCATE TABLE improvement_reports' });
  await sql`TRUNCATE improvement_nonces, improvement_waiting, improvement_batches, improvement_tables, improvement_weeks`.execute(
    store.db,
  );
});
afterAll(() => store.close());

async function counted(): Promise<number> {
  const [row] = await store.rows<{ n: string }>('SELECT count() AS n FROM improvement_reports');
  return Number(row?.n);
}
const waiting = async () => (await store.db.selectFrom('improvement_waiting').select('id').execute()).length;

describe('a report', () => {
  test('is stored once however often it comes, and answered the same each time', async () => {
    store.setClock(inWeek('2026-W41'));
    const body = bodyOf(WEEK, BASE);
    expect(await accept([body, body])).toEqual([{ accepted: true }, { accepted: true }]);
    expect(await accept([body])).toEqual([{ accepted: true }]);
    expect(await mover.move()).toBe(1);
    expect(await accept([body])).toEqual([{ accepted: true }]);
    expect(await mover.move()).toBe(0);
    expect([await counted(), stored]).toEqual([1, [1, 0, 0]]);
  });

  test('is stored once when many vaults are given it at the same time', async () => {
    store.setClock(inWeek('2026-W41'));
    const bodies = Array.from({ length: 200 }, () => bodyOf(WEEK, BASE));
    await Promise.all([bodies, bodies.toReversed(), bodies, bodies.toReversed()].map((given) => accept(given)));
    expect(await waiting()).toBe(200);
  });

  test('that is refused leaves nothing behind, and neither does a dummy', async () => {
    store.setClock(inWeek('2026-W41'));
    const answers = await accept([
      bodyOf(WEEK, { ...BASE, country: 'XX' }),
      bodyOf('2026-W41', BASE),
      bodyOf('2026-W35', BASE),
      new TextEncoder().encode('{}'),
      bodyOf(WEEK, { facet: 'none' }),
    ]);
    expect(answers).toEqual([
      { refused: 'report_not_listed' },
      { refused: 'report_week_closed' },
      { refused: 'report_week_closed' },
      { refused: 'field_list_unknown' },
      { accepted: true },
    ]);
    expect(await waiting()).toBe(0);
    expect(await store.db.selectFrom('improvement_nonces').select('week').execute()).toEqual([]);
  });

  test('carries no time finer than the week, no nonce, and in the end nothing of who came with it (S3, S4)', async () => {
    store.setClock(inWeek('2026-W41'));
    await accept([
      bodyOf(WEEK, BASE),
      bodyOf(WEEK, { facet: 'starts', product: 'suite', application: 'disc', starts: '2' }),
    ]);
    await mover.move();
    await accept([bodyOf(WEEK, BASE)]);
    await mover.settle();
    const columns = await store.rows<{ name: string; type: string }>(
      `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = 'improvement_reports' ORDER BY position`,
    );
    expect(columns.filter(({ type }) => type.includes('Date'))).toEqual([{ name: 'week', type: 'Date' }]);
    const rows = await store.rows<Record<string, string>>('SELECT * FROM improvement_reports');
    expect(rows).toHaveLength(3);
    for (const { week, batch } of rows)
      expect([week, batch]).toEqual(['2026-09-28', '00000000-0000-0000-0000-000000000000']);
    const parts = await store.rows<{ n: string }>(
      `SELECT count() AS n FROM system.parts WHERE database = currentDatabase() AND table = 'improvement_reports' AND active`,
    );
    expect(parts[0]?.n).toBe('1');
  });
});

describe('a batch on its way to ClickHouse', () => {
  async function beginAsIfKilled(reports: number, inserted: number): Promise<void> {
    store.setClock(inWeek('2026-W41'));
    await accept(Array.from({ length: reports }, () => bodyOf(WEEK, BASE)));
    const batch = '8c1f7f8e-0000-4000-8000-000000000001';
    await store.db.updateTable('improvement_waiting').set({ batch }).execute();
    await store.db.insertInto('improvement_batches').values({ id: batch, reports }).execute();
    const row = storedReport(reportAbout(WEEK, BASE));
    if (row && inserted > 0) await insertReports(store.clickhouse, batch, Array(inserted).fill(row));
  }

  test.each([
    ['before the first row', 0],
    ['after some of them', 3],
    ['after the last', 7],
  ])('that broke off %s is there exactly once (S3)', async (_when, inserted) => {
    await beginAsIfKilled(7, inserted);
    expect(await mover.move()).toBe(7);
    expect([await counted(), await waiting()]).toEqual([7, 0]);
    expect(await mover.move()).toBe(0);
    expect(await counted()).toBe(7);
  });

  test('does not hold up the vault, however often it is begun at the same time', async () => {
    store.setClock(inWeek('2026-W41'));
    for (let n = 0; n < 40; n++) await accept([bodyOf(WEEK, BASE)]);
    // More than there are connections.
    await Promise.all(Array.from({ length: 60 }, () => mover.move()));
    expect([await counted(), await waiting()]).toEqual([40, 0]);
  });

  test('does not lose reports that come while the store is away: they wait', async () => {
    store.setClock(inWeek('2026-W41'));
    await store.clickhouse.command({ query: 'RENAME TABLE improvement_reports TO away' });
    expect(await accept([bodyOf(WEEK, BASE)])).toEqual([{ accepted: true }]);
    await expect(mover.move()).rejects.toThrow();
    await store.clickhouse.command({ query: 'RENAME TABLE away TO improvement_reports' });
    expect(await mover.move()).toBe(1);
    expect([await counted(), await waiting()]).toEqual([1, 0]);
  });
});

describe('a finished week', () => {
  async function report(installations: number, week = WEEK): Promise<void> {
    store.setClock(inWeek('2026-W41'));
    const nonce = () => randomBytes(16).toString('base64url');
    const bodies = Array.from({ length: installations }, () => [
      bodyOf(week, BASE, nonce()),
      bodyOf(week, { facet: 'age', product: 'suite', installed: week }, nonce()),
      bodyOf(week, { facet: 'apps', product: 'suite', applications: ['disc', 'photo'] }, nonce()),
      bodyOf(week, { facet: 'starts', product: 'suite', application: 'disc', starts: '3-5' }, nonce()),
    ]);
    await accept(bodies.flat());
  }
  async function tables(audience: 'public' | 'operator'): Promise<WeekTables[]> {
    const rows = await store.db
      .selectFrom('improvement_tables')
      .select('tables')
      .where('audience', '=', audience)
      .execute();
    return rows.map((row) => row.tables as WeekTables);
  }

  test('has tables, and its reports and nonces are destroyed (S3)', async () => {
    await report(300);
    store.setClock(inWeek('2026-W45'));
    expect(await finish()).toEqual([]);
    expect(await counted()).toBe(1_200);
    store.setClock(inWeek('2026-W46'));
    expect(await finish()).toEqual(['2026-09-28']);
    expect(await counted()).toBe(0);
    expect(await store.db.selectFrom('improvement_nonces').select('week').execute()).toEqual([]);
    const [week] = await tables('operator');
    expect(Math.abs((week?.actives ?? 0) - 300)).toBeLessThanOrEqual(NOISE);
    expect(
      week?.tables
        .find(({ kind }) => kind === 'applications')
        ?.rows.map(({ label }) => label)
        .sort(),
    ).toEqual(['disc', 'photo']);
    const starts = week?.tables.find(({ kind, within }) => kind === 'starts' && within === 'disc');
    expect(starts?.rows.map(({ label }) => label)).toEqual(['3-5']);
    expect((await tables('public'))[0]?.actives).toSatisfy((n: number) => n % 5 === 0 && Math.abs(n - 300) < NOISE + 5);
  });

  test('is never drawn again, wherever its making broke off', async () => {
    await report(300);
    store.setClock(inWeek('2026-W46'));
    const first = await finishThenLoseDestruction();
    expect(await finish()).toEqual([]);
    expect(await tables('operator')).toEqual(first);
    expect(await counted()).toBe(0);
  });

  /** The tables are made; the process dies before the reports are destroyed. */
  async function finishThenLoseDestruction(): Promise<WeekTables[]> {
    await mover.move();
    const rows = await store.rows<Record<string, string>>('SELECT * FROM improvement_reports');
    await finish();
    await store.clickhouse.insert({ table: 'improvement_reports', values: rows, format: 'JSONEachRow' });
    await store.db.updateTable('improvement_weeks').set({ destroyed: false }).execute();
    return tables('operator');
  }

  test('with hardly any reports says nothing, to nobody', async () => {
    await report(9);
    store.setClock(inWeek('2026-W46'));
    await finish();
    for (const audience of ['public', 'operator'] as const) {
      const [week] = await tables(audience);
      expect([week?.actives, week?.tables.flatMap(({ rows, other, total }) => [...rows, other, total ?? 0])]).toEqual([
        null,
        expect.not.arrayContaining([expect.objectContaining({ label: expect.any(String) })]),
      ]);
    }
  });

  test('counts reports that still waited when it ended', async () => {
    await report(100);
    store.setClock(inWeek('2026-W46'));
    expect(await counted()).toBe(0);
    await finish();
    expect(Math.abs(((await tables('operator'))[0]?.actives ?? 0) - 100)).toBeLessThanOrEqual(NOISE);
  });
});
