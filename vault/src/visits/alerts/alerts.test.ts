import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { VisitEvent } from '@avow/protocol/visits';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { issueApiToken, TOKEN_PERMISSIONS } from '../../platform/http/api-tokens.ts';
import { createStaffApi } from '../../platform/http/staff-api.ts';
import type { Services } from '../../platform/services.ts';
import { createVisits } from '../feature.ts';
import { openTestMails, type TestMails } from '../test-mails.ts';
import { eventOf } from '../test-traffic.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { lastFullHour, readHour } from './read-hour.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
/** A Wednesday, 14:00 in Berlin. */
const AT = Date.parse('2026-11-25T13:00:00Z');
let house: TestMails;
let api: ReturnType<typeof createStaffApi>;
let evaluate: (hour: number) => Promise<void>;
let tokens: { write: string; read: string };

beforeAll(async () => {
  house = await openTestMails(createTestDatabase, createTestClickHouse);
  const feature = createVisits({ ...house, log: pino({ level: 'silent' }) } as unknown as Services, house);
  const task = feature.schedule.find(({ name }) => name === 'visits.alerts');
  evaluate = async (hour) => {
    house.setClock(new Date(hour + HOUR + 10 * 60_000).toISOString());
    await task?.run();
  };
  api = createStaffApi({ db: house.db, clock: house.clock, routes: feature.staffRoutes });
  const issue = async (permissions: (typeof TOKEN_PERMISSIONS)[number][]) =>
    (await issueApiToken(house.db, { label: 'test', permissions, validThrough: null, today: '2026-11-18' })).token;
  tokens = { write: await issue([...TOKEN_PERMISSIONS]), read: await issue(['visits:read']) };
});
afterEach(async () => {
  await house.db.deleteFrom('visit_alerts').execute();
  await house.clickhouse.command({ query: 'TRUNCATE TABLE visit_events' });
  await house.takeMails();
});
afterAll(() => house.close());

let visit = 0;
/** So many visits of one view, some of programs beside them. */
function visits(at: number, count: number, site = 'main'): VisitEvent[] {
  return Array.from({ length: count + 2 }, (_, index) => {
    const id = String(++visit);
    const bot = index < count ? '' : 'declared';
    const ids = { id, visit: id, visitor: id, site, bot, timeZone: 'Europe/Berlin' };
    return eventOf({ at: new Date(at).toISOString(), ...ids, firstInVisit: true, firstOfPath: true });
  });
}

const weeks = (counts: readonly number[], site?: string) =>
  counts.flatMap((count, index) => visits(AT - (index + 1) * WEEK, count, site));

function call(method: string, path: string, body?: unknown, token = tokens.write) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return api.request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

async function create(rule: object): Promise<{ id: string; since: string | null }> {
  const answer = await call('POST', '/visits/alerts', rule);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { id: string; since: string | null };
}

async function since(): Promise<string | null> {
  const answer = await call('GET', '/visits/alerts');
  const { alerts } = (await answer.json()) as { alerts: { since: string | null }[] };
  return alerts[0]?.since ?? null;
}

const spike = { direction: 'spike', percent: 200, minimum: 20 };
const drop = { direction: 'drop', percent: 50, minimum: 20 };

describe('an alert', () => {
  test('is told once in an episode, to everybody who is to be told, and again in the next', async () => {
    await create({ ...spike, site: 'main' });
    const after = (hours: number) => AT + hours * HOUR;
    const usual = [0, 1, 2, 3, 4, 5, 6].flatMap((hour) =>
      [1, 2, 3, 4].flatMap((week) => visits(after(hour) - week * WEEK, 12)),
    );
    const now = [30, 40, 12, 30, 12, 12, 12].flatMap((count, hour) => visits(after(hour), count));
    await house.insert([...usual, ...now, ...visits(after(7), 50), ...weeks([5, 5, 5, 5], 'labs')]);

    await evaluate(after(0));
    const mails = await house.takeMails();
    expect(mails.map(({ to }) => to)).toEqual(['boss@nordlicht.example', 'web@nordlicht.example']);
    expect(mails[0]?.content.subject).toBe('Spike: Nordlicht Software, visits: 30, usually 12');
    expect(mails[0]?.content.paragraphs[0]).toContain('25 November 2026, in the hour from 14:00 (Europe/Berlin)');
    expect(await since()).toBe('2026-11-25');

    for (const hour of [0, 1, 2, 3, 4, 5]) await evaluate(after(hour));
    expect(await house.takeMails()).toEqual([]);
    expect(await since()).not.toBeNull();
    await evaluate(after(6));
    expect(await since()).toBeNull();
    await evaluate(after(7));
    expect(await house.takeMails()).toHaveLength(2);
  });

  test('that could not be told to everybody is told when the task runs again', async () => {
    await create(drop);
    await house.insert(weeks([30, 30, 30, 30]));
    house.setClock(new Date(AT + HOUR).toISOString());
    const queueMail: TestMails['mail']['queueMail'] = async (tx, letter) => {
      if (letter.to.startsWith('boss')) throw new Error('the keyring is away');
      await house.mail.queueMail(tx, letter);
    };
    await expect(evaluateAlerts({ ...house, mail: { queueMail } })).rejects.toThrow('away');
    expect(await since()).toBeNull();
    await evaluateAlerts(house);
    expect(await house.takeMails()).toHaveLength(2);
  });

  test('compares with the median, which one odd week does not move', async () => {
    await create(spike);
    await house.insert([...weeks([12, 400, 12, 14]), ...visits(AT, 27)]);
    expect((await readHour(house, null, AT / 1000)).visits).toEqual({ count: 27, usual: 13 });
    await evaluate(AT);
    expect(await house.takeMails()).toHaveLength(2);
  });

  test('is about its site or the whole group', async () => {
    await create({ ...drop, site: 'labs' });
    await create({ ...drop, metric: 'pageViews' });
    await house.insert([...weeks([40, 40, 40, 40]), ...weeks([40, 40, 40, 40], 'labs')]);
    await house.insert([...visits(AT, 60), ...visits(AT, 3, 'labs')]);
    await evaluate(AT);
    const [mail, ...others] = await house.takeMails();
    expect(others).toHaveLength(1);
    // Three visitors are too few to be told by mail.
    expect(mail?.content.subject).toBe('Drop: Nordlicht Labs, visits: fewer than 10, usually 40');
  });

  test('of a drop comes too when nothing at all is counted any more', async () => {
    await create(drop);
    await house.insert(weeks([30, 30, 30, 30]));
    await evaluate(AT);
    expect((await house.takeMails())[0]?.content.subject).toBe('Drop: all websites, visits: 0, usually 30');
  });

  test('keeps still while a site is younger than two weeks', async () => {
    await create(spike);
    await house.insert([...weeks([1]), ...visits(AT, 100)]);
    await evaluate(AT);
    expect(await house.takeMails()).toEqual([]);
    await house.insert(visits(AT - 2 * WEEK, 1));
    await evaluate(AT);
    expect(await house.takeMails()).toHaveLength(2);
  });

  test('speaks German where that is configured', async () => {
    await create(drop);
    await house.insert(weeks([1200, 1200, 1200, 1200]));
    house.config.visits.reportLanguage = 'de';
    await evaluate(AT);
    house.config.visits.reportLanguage = 'en';
    expect((await house.takeMails())[0]?.content.subject).toBe('Rückgang: alle Websites, Besuche: 0, sonst 1.200');
  });
});

test('the hours compared are those of the clock on the wall, also after the clocks are changed', async () => {
  const at = Date.parse('2026-10-28T13:00:00Z');
  const summer = [1, 2, 3, 4].flatMap((week) => visits(at - week * WEEK - HOUR, 15));
  await house.insert([...summer, ...visits(at, 4)]);
  expect((await readHour(house, 'main', at / 1000)).visits).toEqual({ count: 4, usual: 15 });
});

test('the last full hour is one of the reporting zone', () => {
  const told = (now: string, zone: string) => new Date(lastFullHour(new Date(now), zone) * 1000).toISOString();
  expect(told('2026-11-18T14:10:00Z', 'Europe/Berlin')).toBe('2026-11-18T13:00:00.000Z');
  expect(told('2026-11-18T14:10:00Z', 'Asia/Kolkata')).toBe('2026-11-18T12:30:00.000Z');
});

describe('alerts can be', () => {
  test('made, listed and deleted', async () => {
    const made = await create({ ...drop, site: 'labs' });
    expect(await (await call('GET', '/visits/alerts')).json()).toEqual({ alerts: [made] });
    expect((await call('DELETE', `/visits/alerts/${made.id}`)).status).toBe(200);
    expect((await call('DELETE', `/visits/alerts/${made.id}`)).status).toBe(404);
    expect((await call('DELETE', '/visits/alerts/nonsense')).status).toBe(404);
    expect(await (await call('GET', '/visits/alerts')).json()).toEqual({ alerts: [] });
  });

  test('changed only with the permission to write', async () => {
    expect((await call('POST', '/visits/alerts', drop, tokens.read)).status).toBe(403);
    expect((await call('GET', '/visits/alerts', undefined, tokens.read)).status).toBe(403);
  });

  test('refused field by field', async () => {
    const answer = await call('POST', '/visits/alerts', { ...drop, site: 'elsewhere', percent: 100 });
    expect(answer.status).toBe(422);
    const { error } = (await answer.json()) as { error: { fields: object } };
    expect(Object.keys(error.fields).sort()).toEqual(['percent', 'site']);
  });

  test('found in the description of the API', async () => {
    const { paths } = (await (await api.request('/openapi.json')).json()) as { paths: Record<string, object> };
    expect(Object.keys(paths['/api/visits/alerts'] ?? {})).toEqual(['get', 'post']);
    expect(Object.keys(paths['/api/visits/alerts/{id}'] ?? {})).toEqual(['delete']);
  });
});
