import { zstdCompressSync } from 'node:zlib';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { ClickHouseClient } from '@clickhouse/client';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addDays, isoDay } from '../platform/day.ts';
import { createActiveVisits } from './active-visits.ts';
import { createVisitReceiver } from './receive-batch.ts';
import { openTestStore, type TestStore } from './test-store.ts';
import { batchOf, eventOf } from './test-traffic.ts';

let store: TestStore;
const logged: string[] = [];

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
});
afterAll(() => store.close());
afterEach(async () => {
  logged.length = 0;
  store.setClock(null);
  await sql`TRUNCATE visit_batches, visit_rollup_days`.execute(store.db);
  for (const table of TABLES) await store.clickhouse.command({ query: `TRUNCATE TABLE ${table}` });
});

const TABLES = ['visit_events', 'minute_counts', 'drop_counts', 'quiet_views'];

/** A vault that has just started. */
function start(clickhouse: ClickHouseClient = store.clickhouse) {
  const active = createActiveVisits(store.clock);
  const receiver = createVisitReceiver({
    ...store,
    clickhouse,
    active,
    siteIds: ['main', 'labs'],
    timeZone: 'UTC',
    log: pino({}, { write: (line: string) => logged.push(line) }),
  });
  return { ...receiver, active };
}

/** A vault that dies at its insert number `at` (from 1): before it reaches ClickHouse, or when it is done. */
function dyingAt(at: number, when: 'before' | 'after') {
  let inserts = 0;
  return start(
    new Proxy(store.clickhouse, {
      get(target, key) {
        if (key !== 'insert') return Reflect.get(target, key);
        return async (...given: Parameters<ClickHouseClient['insert']>) => {
          inserts += 1;
          if (inserts === at && when === 'before') throw new Error('killed');
          await target.insert(...given);
          if (inserts === at && when === 'after') throw new Error('killed');
        };
      },
    }),
  );
}

const NOW = new Date();
const DAY = isoDay(NOW);
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString();
const event = (changes: Partial<Parameters<typeof eventOf>[0]> = {}) =>
  eventOf({ at: NOW.toISOString(), visit: '7', visitor: '8', ...changes });
const HOUR = event().hour;

/** A batch that has something for each table, and events of two months. */
function fullBatch() {
  return batchOf([event(), event({ seq: 1 }), event({ at: daysAgo(31) })], {
    minutes: [{ minute: Math.floor(NOW.getTime() / 60_000) * 60, site: 'main', path: '/', views: 2 }],
    drops: [{ hour: HOUR, day: DAY, site: 'main', reason: 'malformed', count: 3 }],
    quiet: [{ day: DAY, site: 'main', path: '/', views: 4 }],
  });
}

async function stored(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const [row] = await store.rows<{ n: string }>(`SELECT count() AS n FROM ${table}`);
    counts[table] = Number(row?.n);
  }
  return counts;
}

async function states(): Promise<string[]> {
  const rows = await store.db.selectFrom('visit_batches').select('state').execute();
  return rows.map(({ state }) => state);
}

const ALL = { visit_events: 3, minute_counts: 1, drop_counts: 1, quiet_views: 1 };

describe('a batch', () => {
  test('is stored row by row, confirmed and acknowledged', async () => {
    const batch = fullBatch();
    expect(await start().receive([batch], 'edge')).toEqual([{ id: batch.id }]);
    expect(await stored()).toEqual(ALL);
    expect(await states()).toEqual(['confirmed']);
  });

  test('keeps every field of its events, awkward ones too', async () => {
    const awkward = event({
      id: '18446744073709551615',
      path: `/ü😀'"\\\t`,
      props: { ['__proto__']: 'x', plan: 'a\nb' },
      kind: 'event',
      name: 'play',
      engagedMs: 86_400_000,
      firstInVisit: true,
    });
    const batch = batchOf([awkward]);
    await start().receive([batch], 'edge');
    expect(
      await store.rows(
        'SELECT id, path, props, kind, name, engaged_ms, first_in_visit, batch, received FROM visit_events',
      ),
    ).toEqual([
      {
        id: awkward.id,
        path: awkward.path,
        props: awkward.props,
        kind: 'event',
        name: 'play',
        engaged_ms: 86_400_000,
        first_in_visit: 1,
        batch: batch.id,
        received: DAY,
      },
    ]);
  });

  test('that comes again is acknowledged and counted once', async () => {
    const batch = fullBatch();
    const vault = start();
    await vault.receive([batch], 'edge');
    expect(await vault.receive([batch, batch], 'edge')).toEqual([{ id: batch.id }, { id: batch.id }]);
    expect(await start().receive([batch], 'edge')).toEqual([{ id: batch.id }]);
    expect(await stored()).toEqual(ALL);
  });

  test('may come compressed', async () => {
    const { id, body } = fullBatch();
    expect(await start().receive([{ id, body: zstdCompressSync(body) }], 'edge')).toEqual([{ id }]);
    expect(await stored()).toEqual(ALL);
  });

  test('of many that wait is stored with the others in one insert', async () => {
    const batches = Array.from({ length: 64 }, () => batchOf([event(), event()]));
    let inserts = 0;
    const counting = new Proxy(store.clickhouse, {
      get(target, key) {
        if (key === 'insert') inserts += 1;
        return Reflect.get(target, key);
      },
    });
    await start(counting).receive(batches, 'edge');
    expect(inserts).toBe(1);
    expect((await stored()).visit_events).toBe(128);
  });

  test.each([
    ['no JSON', '{'],
    ['another version', JSON.stringify({ version: 2, events: [], minutes: [], active: [], drops: [], quiet: [] })],
    ['lists that are none', JSON.stringify({ version: 1, events: {}, minutes: [], active: [], drops: [], quiet: [] })],
    ['too long', ' '.repeat(3 * 1024 * 1024)],
    ['compressed and too long by far', zstdCompressSync(Buffer.alloc(512 * 1024 * 1024, ' '))],
    ['no frame of Zstandard', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3])],
  ])('that is %s is refused, and those beside it are stored', async (_name, body) => {
    const good = fullBatch();
    const bad = { id: crypto.randomUUID(), body: Buffer.from(body) };
    expect(await start().receive([bad, good], 'edge')).toEqual([{ id: bad.id, refused: 'malformed' }, { id: good.id }]);
    expect(await stored()).toEqual(ALL);
  });

  test.each([
    ['a site that is none of ours', { site: 'elsewhere' }],
    ['a number beyond 64 bits', { visitor: '18446744073709551616' }],
    ['half a character', { path: '/\ud800' }],
    ['a day that is none', { day: '2026-02-30' }],
    ['a day to come', { day: addDays(DAY, 7) }],
    ['an hour of another day', { hour: HOUR - 7 * 86_400 }],
    ['a path without end', { path: 'x'.repeat(501) }],
    ['a field that is missing', { seq: undefined }],
    ['a kind nobody knows', { kind: 'purchase' }],
  ])('with %s loses that event only', async (_name, changes) => {
    const bad = { ...event(), ...changes } as ReturnType<typeof event>;
    expect(await start().receive([batchOf([event(), bad, event()])], 'edge')).toHaveLength(1);
    expect((await stored()).visit_events).toBe(2);
    expect(logged.join('')).toContain('"leftOut":1');
  });

  test('tells how many visits are active, until that is five minutes old', async () => {
    const vault = start();
    const { id, body } = batchOf([]);
    const active = { ...JSON.parse(body.toString()), active: [{ site: 'main', visits: 3 }] };
    await vault.receive([{ id, body: Buffer.from(JSON.stringify(active)) }], 'one');
    await vault.receive([{ id: crypto.randomUUID(), body: Buffer.from(JSON.stringify(active)) }], 'other');
    await vault.receive([batchOf([])], 'one');
    expect(vault.active.now()).toEqual([{ site: 'main', visits: 6 }]);
    store.setClock(new Date(Date.now() + 6 * 60_000));
    expect(vault.active.now()).toEqual([]);
  });
});

describe('a vault that dies', () => {
  // Five inserts: minutes, events of two months, drops, quiet views.
  const moments = [1, 2, 3, 4, 5].flatMap((at) => [[at, 'before'] as const, [at, 'after'] as const]);
  test.each(moments)(
    'at insert %d, %s it, has counted nothing twice and lost nothing when it is back',
    async (at, when) => {
      const batch = fullBatch();
      await expect(dyingAt(at, when).receive([batch], 'edge')).rejects.toThrow('killed');
      expect(await states()).toEqual(['pending']);
      const vault = start();
      await vault.reconcile();
      expect(await vault.receive([batch], 'edge')).toEqual([{ id: batch.id }]);
      expect(await stored()).toEqual(ALL);
      expect(await states()).toEqual(['confirmed']);
    },
  );

  test('with an insert on its way to ClickHouse counts it all the same', async () => {
    const batch = batchOf(Array.from({ length: 2000 }, (_, seq) => event({ seq })));
    let inserted: Promise<unknown> = Promise.resolve();
    const dying = new Proxy(store.clickhouse, {
      get(target, key) {
        if (key !== 'insert') return Reflect.get(target, key);
        return async (...given: Parameters<ClickHouseClient['insert']>) => {
          inserted = target.insert(...given);
          await new Promise((resolve) => setTimeout(resolve, 5));
          throw new Error('killed');
        };
      },
    });
    await expect(start(dying).receive([batch], 'edge')).rejects.toThrow('killed');
    expect(await start().receive([batch], 'edge')).toEqual([{ id: batch.id }]);
    await inserted;
    expect((await stored()).visit_events).toBe(2000);
  });

  test('with all rows stored is confirmed at start, with some of them not', async () => {
    await expect(dyingAt(5, 'after').receive([fullBatch()], 'edge')).rejects.toThrow();
    await expect(dyingAt(2, 'after').receive([fullBatch()], 'edge')).rejects.toThrow();
    expect(await start().reconcile()).toBe(1);
    expect((await states()).sort()).toEqual(['confirmed', 'pending']);
  });

  test('and meanwhile a retry of its event came: the event is counted once', async () => {
    const first = event({ id: '41' });
    const batch = batchOf([first]);
    await expect(dyingAt(1, 'before').receive([batch], 'edge')).rejects.toThrow();
    const vault = start();
    await vault.receive([batchOf([{ ...first, retried: true }])], 'edge');
    await vault.receive([batch], 'edge');
    expect((await stored()).visit_events).toBe(1);
  });
});

describe('an event that is sent again', () => {
  test('counts once, whether its first is stored, beside it, or of the day before', async () => {
    const vault = start();
    const late = event({ id: '50', at: daysAgo(1) });
    await vault.receive([batchOf([event({ id: '51' }), late])], 'edge');
    await vault.receive(
      [
        batchOf([event({ id: '51', retried: true }), event({ id: '50', retried: true }), event({ id: '52' })]),
        batchOf([event({ id: '52', retried: true })]),
      ],
      'edge',
    );
    expect((await stored()).visit_events).toBe(3);
  });

  test('counts when its first never came; the first that comes later does not, also after a restart', async () => {
    await start().receive([batchOf([event({ id: '60', retried: true })])], 'edge');
    const vault = start();
    await vault.receive([batchOf([event({ id: '60' })])], 'edge');
    expect((await stored()).visit_events).toBe(1);
    await vault.receive([batchOf([event({ id: '61', retried: true })])], 'edge');
    await vault.receive([batchOf([event({ id: '61' })])], 'edge');
    expect((await stored()).visit_events).toBe(2);
  });

  test('is found by its id as a number of 64 bits', async () => {
    const vault = start();
    const id = '18446744073709551557';
    await vault.receive([batchOf([event({ id })])], 'edge');
    await vault.receive([batchOf([event({ id, retried: true })])], 'edge');
    expect((await stored()).visit_events).toBe(1);
  });
});

describe('two workers of one vault', () => {
  test('that are given the same batch at once store it once, and both acknowledge it', async () => {
    const batch = fullBatch();
    const workers = [start(), start()];
    const answers = await Promise.all(workers.map((worker) => worker.receive([batch], 'edge')));
    expect(answers).toEqual([[{ id: batch.id }], [{ id: batch.id }]]);
    expect(await stored()).toEqual(ALL);
    expect(await states()).toEqual(['confirmed']);
  });

  test('count an event once, whichever of them is given its retry, and whenever', async () => {
    const [one, other] = [start(), start()];
    // Both have looked at what is stored already.
    await one.receive([batchOf([event({ id: '70' })])], 'edge');
    await other.receive([batchOf([event({ id: '71' })])], 'edge');
    await one.receive([batchOf([event({ id: '72', retried: true })])], 'edge');
    await other.receive([batchOf([event({ id: '72' })])], 'edge');
    await other.receive([batchOf([event({ id: '73' })])], 'edge');
    await one.receive([batchOf([event({ id: '73', retried: true })])], 'edge');
    await Promise.all([
      one.receive([batchOf([event({ id: '74', retried: true })])], 'edge'),
      other.receive([batchOf([event({ id: '74', retried: true })])], 'edge'),
      other.receive([batchOf([event({ id: '74' })])], 'edge'),
    ]);
    expect((await stored()).visit_events).toBe(5);
  });

  test('of which one dies with a retry stored: the first, given to the other, does not count', async () => {
    const other = start();
    await other.receive([batchOf([event({ id: '80' })])], 'edge');
    const retry = batchOf([event({ id: '81', retried: true })]);
    await expect(dyingAt(1, 'after').receive([retry], 'edge')).rejects.toThrow('killed');
    expect(await start().reconcile()).toBe(1);
    await other.receive([batchOf([event({ id: '81' })])], 'edge');
    expect((await stored()).visit_events).toBe(2);
  });
});
