import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { SharedView } from '@avow/protocol/staff/shared-links';
import type { Answer } from '@avow/protocol/staff/visits';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { traffic } from '../query/test-traffic.ts';
import { openTestStore, type TestStore } from '../test-store.ts';
import { forgetPastReaders } from './readers.ts';
import { openSharedHouse, type SharedHouse } from './test-shared.ts';

const NOW = new Date('2026-11-01T12:34:56Z');
const period = { from: '2025-12-20', to: '2026-11-01' };
const question = { metrics: ['visits', 'pageViews'], period };
let store: TestStore;
let house: SharedHouse;

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
  store.setClock(NOW);
  house = await openSharedHouse(store, fc.sample(traffic, { seed: 8, numRuns: 1 })[0] ?? []);
});

beforeEach(() => store.setClock(NOW));

afterAll(() => store.close());

async function refusalOf(answer: Response): Promise<string> {
  const { error } = (await answer.json()) as { error: { code: string; fields?: Record<string, { code: string }> } };
  return Object.values(error.fields ?? {})[0]?.code ?? error.code;
}

async function saveSegment(filters: object[]): Promise<string> {
  const answer = await house.staff('POST', '/visits/saved', { name: 'Segment', content: { kind: 'segment', filters } });
  return ((await answer.json()) as { id: string }).id;
}

describe('a shared link', () => {
  test('shows the figures of its sites, and says what it is', async () => {
    const { token } = await house.share({ name: 'Agency', sites: ['labs'] });
    const read = await house.readerOf(token);
    expect((await (await read('/view')).json()) as SharedView).toEqual({
      name: 'Agency',
      sites: [{ id: 'labs', name: 'Nordlicht Labs', events: [{ name: 'Feedback given', properties: ['mood'] }] }],
      eventsKeptDays: 90,
      segment: null,
      grants: [],
      vendor: 'Nordlicht Software',
      timeZone: 'Europe/Berlin',
      suppressedBelow: 10,
      realtime: true,
    });
    const told = (await (await read('/visits/query', question)).json()) as { totals: object; sites: string[] };
    const ofStaff = await (await house.staff('POST', '/visits/query', { ...question, sites: ['labs'] })).json();
    expect(told).toEqual(ofStaff);
    expect(told.sites).toEqual(['labs']);
    const screen = await read('/visits/screen', { period, panels: { head: { metrics: ['visits', 'pageViews'] } } });
    expect(await screen.json()).toEqual({ panels: { head: told } });
  });

  test('answers nothing about another site', async () => {
    const read = await house.readerOf((await house.share({ sites: ['labs'] })).token);
    expect(await refusalOf(await read('/visits/query', { ...question, sites: ['main'] }))).toBe('value_unknown');
    expect(await refusalOf(await read('/visits/journey', { period, page: '/', sites: ['main'] }))).toBe(
      'value_unknown',
    );
    expect(await refusalOf(await read('/visits/realtime?site=main'))).toBe('value_unknown');
    expect((await read('/visits/realtime')).status).toBe(200);
  });

  test('tells nothing of what was dropped or is a program, which is counted whatever the filters', async () => {
    const read = await house.readerOf((await house.share({ grants: ['goals'] })).token);
    const steps = ['/', '/docs'].map((page) => ({ dimension: 'page', operator: 'is', values: [page] }));
    for (const [path, asked] of [
      ['/visits/query', question],
      ['/visits/journey', { period, page: '/' }],
      ['/visits/funnel', { period, steps }],
      ['/visits/goals', { period }],
    ] as const) {
      const answer = await read(path, { ...asked, explain: true });
      expect(answer.status).toBe(200);
      expect(await answer.json()).not.toHaveProperty('explanation');
    }
  });

  test('withholds small groups also where the house tells its staff everything', async () => {
    const open = await openSharedHouse(store, [], { suppressBelow: 0 });
    const asked = { ...question, dimensions: ['page', 'source'] };
    const read = await open.readerOf((await open.share({})).token);
    const told = (await (await read('/visits/query', asked)).json()) as Answer;
    const ofStaff = (await (await open.staff('POST', '/visits/query', asked)).json()) as Answer;
    expect([told.suppressedBelow, ofStaff.suppressedBelow]).toEqual([10, 0]);
    const suppressed = ({ rows }: Answer) => rows.filter(({ figures }) => figures.visits?.suppressed).length;
    expect(suppressed(told)).toBeGreaterThan(0);
    expect(suppressed(ofStaff)).toBe(0);
  });

  test('is nobody’s before it is opened, and staff’s routes are not a reader’s', async () => {
    const { token } = await house.share({});
    expect((await house.open('0'.repeat(26))).status).toBe(410);
    const read = await house.readerOf(token);
    for (const path of [
      '/visits/alerts',
      '/visits/shared-links',
      '/visits/events?from=2026-01-01&to=2026-11-01',
      '/people',
    ])
      expect(await refusalOf(await read(path)), path).toBe('not_shared');
    for (const path of ['/visits/saved', '/visits/query.csv', '/visits/goals', '/visits/shared-links'])
      expect(await refusalOf(await read(path, {})), path).toBe('not_shared');
  });

  test('gives files, annotations, goals and segments only where that is granted', async () => {
    const segment = await saveSegment([{ dimension: 'source', operator: 'is', values: ['Google'] }]);
    const step = { dimension: 'event', operator: 'is', values: ['signup'] };
    await house.staff('POST', '/visits/saved', { name: 'Goal', content: { kind: 'goal', step } });
    for (const site of ['main', 'labs', undefined])
      await house.staff('POST', '/visits/saved', {
        name: `On ${site ?? 'all'}`,
        content: { kind: 'annotation', day: '2026-10-25', ...(site && { site }) },
      });
    const kinds = async (read: Awaited<ReturnType<SharedHouse['readerOf']>>) => {
      const { saved } = (await (await read('/visits/saved')).json()) as { saved: { name: string }[] };
      return saved.map(({ name }) => name);
    };

    const poor = await house.readerOf((await house.share({})).token);
    expect(await kinds(poor)).toEqual([]);
    expect(await refusalOf(await poor('/visits/query', { ...question, segment }))).toBe('value_unknown');

    const grants = ['export', 'annotations', 'goals', 'segments'] as const;
    const rich = await house.readerOf((await house.share({ grants: [...grants] })).token);
    expect(await kinds(rich)).toEqual(expect.arrayContaining(['Goal', 'On main', 'On all', 'Segment']));
    expect(await kinds(rich)).not.toContain('On labs');
    expect((await rich('/visits/query', { ...question, segment })).status).toBe(200);
    expect((await rich('/visits/goals', { period })).status).toBe(200);
    expect((await rich('/visits/query.csv', question)).headers.get('content-type')).toContain('text/csv');
  });

  test('stays as it was made when its segment is deleted', async () => {
    const filters = [{ dimension: 'source', operator: 'is', values: ['Google'] }];
    const segment = await saveSegment(filters);
    const read = await house.readerOf((await house.share({ segment })).token);
    await house.staff('DELETE', `/visits/saved/${segment}`);
    const ofStaff = await house.staff('POST', '/visits/query', { ...question, sites: ['main'], filters });
    expect(await (await read('/visits/query', question)).json()).toEqual(await ofStaff.json());
    expect(await refusalOf(await read('/visits/realtime'))).toBe('not_shared');
  });

  test.each([
    [{ dimension: 'page', operator: 'starts with', values: ['/docs'] }, 422],
    [{ dimension: 'event', operator: 'is', values: ['signup'] }, 422],
    [{ dimension: 'page', operator: 'starts with', values: ['/docs'], within: 'visit' }, 200],
  ])('is restricted only by segments that choose visits: %j', async (filter, status) => {
    const segment = await saveSegment([filter]);
    const wish = { name: 'x', sites: ['main'], segment };
    const answer = await house.staff('POST', '/visits/shared-links', wish);
    expect(answer.status).toBe(status);
    if (status === 422) expect(await refusalOf(answer)).toBe('segment_not_of_visits');
  });

  test('that is withdrawn shows nothing more, to those who read it either', async () => {
    const { link, token } = await house.share({});
    const read = await house.readerOf(token);
    expect((await read('/view')).status).toBe(200);
    expect((await house.staff('DELETE', `/visits/shared-links/${link.id}`)).status).toBe(200);
    expect(await refusalOf(await read('/view'))).toBe('shared_reading_over');
    expect(await refusalOf(await house.open(token))).toBe('shared_link_closed');
    expect((await house.staff('DELETE', `/visits/shared-links/${link.id}`)).status).toBe(404);
  });

  test('ends with its last day, and reading ends after half a day', async () => {
    const { token } = await house.share({ validThrough: '2026-11-02' });
    const read = await house.readerOf(token);
    store.setClock(new Date('2026-11-02T00:40:00Z'));
    expect(await refusalOf(await read('/view'))).toBe('shared_reading_over');
    store.setClock(new Date('2026-11-02T23:59:59Z'));
    const again = await house.readerOf(token);
    store.setClock(new Date('2026-11-03T00:00:00Z'));
    expect(await refusalOf(await again('/view'))).toBe('shared_reading_over');
    expect(await refusalOf(await house.open(token))).toBe('shared_link_closed');
    await forgetPastReaders(store.db, store.clock());
    const { links } = (await (await house.staff('GET', '/visits/shared-links')).json()) as { links: object[] };
    expect(links).not.toContainEqual(expect.objectContaining({ validThrough: '2026-11-02' }));
    expect(
      await refusalOf(
        await house.staff('POST', '/visits/shared-links', { name: 'x', sites: ['main'], validThrough: '2026-11-02' }),
      ),
    ).toBe('day_past');
  });
});

describe('the password of a shared link', () => {
  test('is asked for, and kept as a hash only', async () => {
    const { link, token } = await house.share({ password: 'nordlicht 2026' });
    expect(link.password).toBe(true);
    expect(await refusalOf(await house.open(token))).toBe('shared_link_locked');
    expect(await refusalOf(await house.open(token, 'nordlicht 2025'))).toBe('shared_password_wrong');
    expect((await (await house.readerOf(token, 'nordlicht 2026'))('/view')).status).toBe(200);
    const rows = JSON.stringify(await store.db.selectFrom('visit_shared_links').selectAll().execute());
    expect(rows).not.toContain('nordlicht 2026');
    expect(rows).not.toContain(token);
  });

  test('cannot be guessed: ten attempts in a quarter of an hour, all at once or one after the other', async () => {
    const { token } = await house.share({ password: 'nordlicht 2026' });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, number) => house.open(token, `guess ${number}`)));
    const codes = await Promise.all(answers.map(refusalOf));
    expect(codes.filter((code) => code === 'shared_password_wrong').length).toBeLessThanOrEqual(10);
    expect(codes.filter((code) => code === 'shared_link_paused').length).toBeGreaterThanOrEqual(30);
    for (let more = 0; more < 11; more += 1) await house.open(token, 'wrong again');
    expect(await refusalOf(await house.open(token, 'nordlicht 2026'))).toBe('shared_link_paused');
    store.setClock(new Date(NOW.getTime() + 15 * 60_000 + 1));
    expect((await house.open(token, 'nordlicht 2026')).status).toBe(200);
  });

  test('that is right does not use attempts up', async () => {
    const { token } = await house.share({ password: 'nordlicht 2026' });
    for (let visit = 0; visit < 12; visit += 1) expect((await house.open(token, 'nordlicht 2026')).status).toBe(200);
  });
});
