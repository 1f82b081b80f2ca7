import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { VisitEvent } from '@avow/protocol/visits';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, isoDay } from '../platform/day.ts';
import { rowsOfBatches } from './batch-rows.ts';
import { createRollups } from './rebuild-rollups.ts';
import { findCurrentDays } from './rollup-days.ts';
import { ROLLUPS } from './rollup-queries.ts';
import { insertRows } from './stored-rows.ts';
import { openTestStore, type TestStore } from './test-store.ts';
import { eventOf, randomVisits } from './test-traffic.ts';

const TODAY = isoDay(new Date());
const ago = (days: number) => addDays(TODAY, -days);

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
});
afterAll(() => store.close());
// It stays the same day, also where midnight comes while the tests run.
beforeEach(() => store.setClock(new Date(`${TODAY}T12:00:00Z`)));
afterEach(async () => {
  await sql`TRUNCATE visit_batches, visit_rollup_days`.execute(store.db);
  for (const table of ['visit_events', 'drop_counts', 'quiet_views', ...ROLLUPS]) {
    await store.clickhouse.command({ query: `TRUNCATE TABLE ${table}` });
  }
});

const rollups = (timeZone = 'UTC') => createRollups({ ...store, timeZone, kept: { house: 90, sites: [] } });

async function insert(events: VisitEvent[], more: { drops?: object[]; quiet?: object[] } = {}): Promise<void> {
  const content = { events, minutes: [], active: [], drops: [], quiet: [], leftOut: 0, ...more };
  const batch = { id: crypto.randomUUID(), content: content as never };
  for (const rows of rowsOfBatches([batch], new Date(), isoDay(new Date()))) await insertRows(store.clickhouse, rows);
}

interface Figures {
  views: number;
  visits: number;
  visitors: number;
  events: number;
  engaged_ms: number;
  visit_starts: number;
  bounces: number;
  visit_views: number;
  visit_engaged_ms: number;
  scrolled: number;
  scroll_percent: number;
}

/** In plain code, from all events at once; `valueOf` tells the value of each event, null where it has none. */
function reckon(all: VisitEvent[], placeOf: (event: VisitEvent) => string, valuesOf: ValuesOf): Map<string, Figures> {
  const figures = new Map<string, Figures & { ids: Set<string> }>();
  const at = (event: VisitEvent, value: string) => {
    const key = [placeOf(event), event.site, Number(event.bot !== ''), value].join(' ');
    let one = figures.get(key);
    if (!one) {
      one = { ...NOTHING, ids: new Set() };
      figures.set(key, one);
    }
    return one;
  };
  const isAct = ({ kind }: VisitEvent) => kind !== 'view' && kind !== 'engagement';
  const visits = Map.groupBy(all, (event) => `${event.site} ${event.visit} ${event.bot !== ''}`);
  for (const unsorted of visits.values()) {
    const visit = unsorted.toSorted((one, other) => one.seq - other.seq);
    const views = visit.filter(({ kind }) => kind === 'view');
    const engaged = visit.reduce((sum, { engagedMs }) => sum + engagedMs, 0);
    const first = visit[0] as VisitEvent;
    for (const value of new Set(visit.flatMap((event) => valuesOf.ofVisit(event)))) {
      const one = at(first, value);
      one.visit_starts += 1;
      one.visit_views += views.length;
      one.visit_engaged_ms += engaged;
      if (views.length === 1 && engaged < 10_000 && !visit.some(isAct)) one.bounces += 1;
    }
    const counted = new Set<string>();
    for (const event of visit) {
      for (const value of valuesOf.ofEvent(event)) {
        const one = at(event, value);
        // Once a day: an hour of the clocks may lie in two days.
        one.ids.add(`${event.day} ${event.visitor}`);
        one.engaged_ms += event.engagedMs;
        if (event.kind === 'view') one.views += 1;
        if (isAct(event)) one.events += 1;
        if (valuesOf.countsVisit(event) && !counted.has(value)) {
          counted.add(value);
          one.visits += 1;
        }
      }
    }
    if (!valuesOf.scroll) continue;
    const engagements = visit.filter(({ kind }) => kind === 'engagement');
    for (const [path, of] of Map.groupBy(engagements, (event) => event.path)) {
      const one = at(of[0] as VisitEvent, valuesOf.scroll(path));
      one.scrolled += 1;
      one.scroll_percent += Math.max(...of.map(({ scrollPercent }) => scrollPercent));
    }
  }
  return new Map([...figures].map(([key, { ids, ...rest }]) => [key, { ...rest, visitors: ids.size }]));
}

const NOTHING: Figures = {
  views: 0,
  visits: 0,
  visitors: 0,
  events: 0,
  engaged_ms: 0,
  visit_starts: 0,
  bounces: 0,
  visit_views: 0,
  visit_engaged_ms: 0,
  scrolled: 0,
  scroll_percent: 0,
};

interface ValuesOf {
  ofEvent(event: VisitEvent): string[];
  ofVisit(event: VisitEvent): string[];
  countsVisit(event: VisitEvent): boolean;
  scroll?: (path: string) => string;
}

const ofVisits = (value: (event: VisitEvent) => string): ValuesOf => ({
  ofEvent: (event) => [value(event)],
  ofVisit: (event) => [value(event)],
  countsVisit: ({ seq }) => seq === 0,
});
const ofActs = (kind: VisitEvent['kind'], value: (event: VisitEvent) => string): ValuesOf => {
  const values = (event: VisitEvent) => (event.kind === kind ? [value(event)] : []);
  return { ofEvent: values, ofVisit: values, countsVisit: () => true };
};

const DIMENSIONS: Record<string, ValuesOf> = {
  page: {
    ofEvent: ({ path }) => [path],
    ofVisit: ({ kind, path }) => (kind === 'view' ? [path] : []),
    countsVisit: ({ kind }) => kind === 'view',
    scroll: (path) => path,
  },
  entry: ofVisits(({ entryPath }) => entryPath),
  source: ofVisits(({ source }) => source),
  channel: ofVisits(({ channel }) => channel),
  country: ofVisits(({ country }) => country),
  device: ofVisits(({ device }) => device),
  browser: ofVisits(({ browser }) => browser),
  browser_version: ofVisits(({ browser, browserVersion }) => `${browser} ${browserVersion}`.trim()),
  event: ofActs('event', ({ name }) => name),
  outbound: ofActs('outbound', ({ target }) => target),
};

const COLUMNS = Object.keys(NOTHING).map((name) => `toFloat64(sum(${name})) AS ${name}`);

async function read(table: string, place: string, value: string, where: string, days: string[]) {
  const rows = await store.rows<Figures & { key: string }>(
    `SELECT arrayStringConcat([toString(${place}), site, toString(is_bot), ${value}], ' ') AS key, ${COLUMNS.join(', ')}
      FROM ${table} WHERE day IN {days:Array(Date)} AND ${where} GROUP BY ${place}, site, is_bot, ${value}`,
    { days },
  );
  return new Map(rows.map(({ key, ...figures }) => [key, figures]));
}

const onDays = (figures: Map<string, Figures>, days: string[]) =>
  new Map([...figures].filter(([key]) => days.some((day) => key.startsWith(day))).sort());
const sorted = <T>(map: Map<string, T>) => new Map([...map].sort());

describe('rolled up, random traffic has the figures of plain code over the events', () => {
  // Time zones with a change of the clock in the days; Adelaide's hours begin at half past.
  test.each([
    [1, 'UTC', '2026-10-23T00:00:00Z'],
    [2, 'Europe/Vienna', '2026-10-24T00:00:00Z'],
    [3, 'America/New_York', '2026-10-31T00:00:00Z'],
    [4, 'Australia/Adelaide', '2026-10-02T00:00:00Z'],
  ])('(seed %d, %s)', async (seed, timeZone, from) => {
    store.setClock(new Date('2026-11-20T12:00:00Z'));
    const to = new Date(Date.parse(from) + 3 * 86_400_000).toISOString();
    const events = randomVisits({ seed, visits: 400, from, to, timeZone });
    await insert(events);
    const days = [...new Set(events.map(({ day }) => day))].sort();
    expect(await rollups(timeZone).rebuildRollups({ from: days[0] ?? '', to: days.at(-1) ?? '' })).toEqual(days);

    const hour = ({ hour: of }: VisitEvent) => new Date(of * 1000).toISOString().slice(0, 19).replace('T', ' ');
    const total = { ...ofVisits(() => ''), scroll: () => '' };
    expect(sorted(await read('visits_by_hour', 'hour', `''`, '1', days))).toEqual(sorted(reckon(events, hour, total)));
    for (const [dimension, valuesOf] of Object.entries(DIMENSIONS)) {
      const table = await read('visits_by_day', 'day', 'value', `dimension = '${dimension}'`, days);
      expect(sorted(table), dimension).toEqual(
        onDays(
          reckon(events, ({ day }) => day, valuesOf),
          days,
        ),
      );
    }
    const [exits] = await store.rows<{ n: number }>(
      `SELECT toFloat64(sum(visits)) AS n FROM visits_by_day WHERE dimension = 'exit'`,
    );
    const viewing = new Set(events.filter(({ kind }) => kind === 'view').map(({ visit }) => visit));
    expect(exits?.n).toBe(viewing.size);
  });
});

describe('a day', () => {
  const visit = (day: string, changes: Partial<VisitEvent> = {}) =>
    eventOf({
      at: `${day}T12:00:00Z`,
      visit: crypto.randomUUID().replace(/\D/g, '').slice(0, 15),
      firstInVisit: true,
      firstOfPath: true,
      ...changes,
    });
  const views = async () =>
    (
      await store.rows<{ day: string; n: string }>(
        'SELECT day, sum(views) AS n FROM visits_by_hour GROUP BY day ORDER BY day',
      )
    ).map(({ day, n }) => [day, Number(n)]);

  test('is rolled up when it is over, and again when more of it came', async () => {
    await insert([visit(ago(5)), visit(ago(4)), visit(TODAY)]);
    expect(await rollups().rollUpFinishedDays()).toEqual([ago(5), ago(4)]);
    expect(await rollups().rollUpFinishedDays()).toEqual([]);
    expect(await findCurrentDays(store.db, ago(6), TODAY)).toEqual(new Set([ago(5), ago(4)]));

    await insert([visit(ago(4))]);
    await store.db
      .updateTable('visit_rollup_days')
      .set({ stale: true, touched: 1 })
      .where('day', '=', ago(4))
      .execute();
    expect(await rollups().rollUpFinishedDays()).toEqual([ago(4)]);
    expect(await views()).toEqual([
      [ago(5), 1],
      [ago(4), 2],
    ]);
  });

  test('to which a batch came while it was being rolled up stays to be done', async () => {
    await insert([visit(ago(5))]);
    const late = store.db.updateTable('visit_rollup_days').set({ stale: true, touched: sql`touched + 1` });
    await rollups().rebuildRollups({ from: ago(5), to: ago(5), onProgress: () => void late.execute() });
    expect(await findCurrentDays(store.db, ago(6), TODAY)).toEqual(new Set());
    expect(await rollups().rollUpFinishedDays()).toEqual([ago(5)]);
  });

  test('of which events have expired keeps its roll-up', async () => {
    await insert([visit(ago(5)), visit(ago(4))]);
    await rollups().rollUpFinishedDays();
    await store.clickhouse.command({ query: `DELETE FROM visit_events WHERE day = '${ago(5)}'` });
    store.setClock(new Date(Date.now() + 90 * 86_400_000));
    await insert([visit(ago(3))]);
    expect(await rollups().rebuildRollups({ from: ago(9), to: TODAY })).toEqual([ago(3)]);
    expect(await views()).toEqual([
      [ago(5), 1],
      [ago(4), 1],
      [ago(3), 1],
    ]);
  });

  test('of more visits than are gathered at once, whose rebuilding broke off, is whole after the next one', async () => {
    await store.clickhouse.command({
      query: `INSERT INTO visit_events (site, hour, day, visitor, visit, kind, path, first_in_visit)
        SELECT 'main', toDateTime('${ago(5)} 12:00:00'), '${ago(5)}', number, number, 'view', '/', 1 FROM numbers(120000)`,
    });
    let running: Promise<unknown> = Promise.resolve();
    const dying = new Proxy(store.clickhouse, {
      get(target, key) {
        if (key !== 'command') return Reflect.get(target, key);
        return async (...given: Parameters<typeof target.command>) => {
          const done = target.command(...given);
          if (!given[0].query.includes('INSERT INTO visits_by_hour_staging (')) return done;
          running = done;
          await new Promise((resolve) => setTimeout(resolve, 5));
          throw new Error('killed');
        };
      },
    });
    const day = { from: ago(5), to: ago(5) };
    const broken = createRollups({ ...store, clickhouse: dying, timeZone: 'UTC', kept: { house: 90, sites: [] } });
    await expect(broken.rebuildRollups(day)).rejects.toThrow('killed');
    await rollups().rebuildRollups(day);
    await running;
    expect(await views()).toEqual([[ago(5), 120_000]]);
    const [row] = await store.rows<{ n: string }>('SELECT sum(visit_starts) AS n FROM visits_by_hour');
    expect(row?.n).toBe('120000');
  });

  test('has its drops and its quiet views by day', async () => {
    const count = { day: ago(2), site: 'main', count: 2, reason: 'malformed', hour: Date.parse(ago(2)) / 1000 };
    const quiet = { day: ago(2), site: 'main', path: '/', views: 3 };
    await insert([], { drops: [count, { ...count, hour: count.hour + 3600 }], quiet: [quiet, quiet] });
    await rollups().rollUpFinishedDays();
    expect(
      await store.rows('SELECT day, site, reason, toFloat64(sum(count)) AS n FROM drops_daily GROUP BY ALL'),
    ).toEqual([{ day: ago(2), site: 'main', reason: 'malformed', n: 4 }]);
    expect(
      await store.rows('SELECT day, path, toFloat64(sum(views)) AS n FROM quiet_views_daily GROUP BY ALL'),
    ).toEqual([{ day: ago(2), path: '/', n: 6 }]);
  });

  test('is there for readers all the while it is rebuilt', async () => {
    const days = [ago(8), ago(7)];
    await insert(days.flatMap((day) => Array.from({ length: 50 }, () => visit(day))));
    await rollups().rollUpFinishedDays();
    let rebuilding = true;
    const seen = new Set<string>();
    const reader = (async () => {
      while (rebuilding) {
        const [row] = await store.rows<{ n: string }>('SELECT sum(views) AS n FROM visits_by_hour');
        seen.add(row?.n ?? '');
      }
    })();
    for (let round = 0; round < 2; round++) await rollups().rebuildRollups({ from: ago(8), to: ago(7) });
    rebuilding = false;
    await reader;
    expect([...seen]).toEqual(['100']);
  });

  test('of twenty-five hours has its two hours from two to three', async () => {
    store.setClock(new Date('2026-11-20T12:00:00Z'));
    const at = (moment: string) => eventOf({ at: moment, timeZone: 'Europe/Vienna', visit: '1', firstInVisit: true });
    await insert([
      at('2026-10-25T00:30:00Z'),
      at('2026-10-25T01:30:00Z'),
      at('2026-10-24T22:00:00Z'),
      at('2026-10-25T22:59:00Z'),
    ]);
    await rollups('Europe/Vienna').rebuildRollups({ from: '2026-10-25', to: '2026-10-25' });
    const rows = await store.rows<{ hour: string }>('SELECT hour FROM visits_by_hour WHERE views > 0 ORDER BY hour');
    expect(rows.map(({ hour }) => hour)).toEqual([
      '2026-10-24 22:00:00',
      '2026-10-25 00:00:00',
      '2026-10-25 01:00:00',
      '2026-10-25 22:00:00',
    ]);
  });
});
