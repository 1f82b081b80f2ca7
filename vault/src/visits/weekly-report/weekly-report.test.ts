import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { VisitEvent } from '@avow/protocol/visits';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../platform/day.ts';
import { composeMail } from '../../platform/mail/compose.ts';
import type { Services } from '../../platform/services.ts';
import { createVisits, type Visits } from '../feature.ts';
import { openTestMails, type TestMails } from '../test-mails.ts';
import { eventOf } from '../test-traffic.ts';
import { readReport } from './read-report.ts';
import { reportMail } from './report-mail.ts';
import { sendDueReport } from './send-report.ts';

const WEEK = '2026-11-16';
const MONDAY = '2026-11-23T05:00:00Z';
let house: TestMails;
let feature: Visits;

beforeAll(async () => {
  house = await openTestMails(createTestDatabase, createTestClickHouse);
  feature = createVisits({ ...house, log: pino({ level: 'silent' }) } as unknown as Services, house);
});
beforeEach(async () => {
  await house.clickhouse.command({ query: 'TRUNCATE TABLE visit_events' });
  await house.db.deleteFrom('visit_rollup_days').execute();
  await house.db.deleteFrom('visit_reports').execute();
  await house.takeMails();
  house.setClock(MONDAY);
});
afterAll(() => house.close());

let visit = 0;
/** So many visits of one view and 20 seconds. */
function visits(day: string, count: number, more: Partial<VisitEvent> = {}): VisitEvent[] {
  return Array.from({ length: count }, () => {
    const id = String(++visit);
    const ids = { visit: id, visitor: id, timeZone: 'Europe/Berlin', at: `${day}T12:00:00Z`, ...more };
    return [
      eventOf({ ...ids, firstInVisit: true, firstOfPath: true }),
      eventOf({ ...ids, seq: 1, kind: 'engagement', engagedMs: 20_000 }),
    ];
  }).flat();
}

const report = () => readReport(house, WEEK);
const due = () => feature.schedule.find(({ name }) => name === 'visits.weeklyReport')?.run();
const part = async (name: string | null) => (await report()).parts.find((one) => one.name === name);

describe('the report of a week', () => {
  test('has the figures of its seven days beside those of the seven before', async () => {
    await house.insert([
      ...visits(addDays(WEEK, -8), 500),
      ...visits(addDays(WEEK, -7), 20),
      ...visits(addDays(WEEK, -1), 20),
      ...visits(WEEK, 25, { source: 'Google' }),
      ...visits(addDays(WEEK, 6), 25, { path: '/docs' }),
      ...visits(addDays(WEEK, 6), 30, { site: 'labs' }),
      ...visits(addDays(WEEK, 7), 500),
    ]);
    const { figures, pages, sources } = (await part('Nordlicht Software')) ?? {};
    expect(figures?.pageViews).toEqual({ value: 50, compared: { value: 40 } });
    expect(figures?.visits).toEqual({ value: 50, compared: { value: 40 } });
    expect(figures?.visitors).toEqual({ value: 50, compared: { value: 40 } });
    expect(figures?.bounceRate).toEqual({ value: 0, compared: { value: 0 } });
    expect(figures?.engagedTime).toEqual({ value: 20, compared: { value: 20 } });
    expect(pages?.map(({ value, figure }) => [value, figure.value])).toEqual([
      ['/', 25],
      ['/docs', 25],
    ]);
    expect(sources?.map(({ value, figure }) => [value, figure.value])).toEqual([
      ['', 25],
      ['Google', 25],
    ]);
    const group = await part(null);
    expect(group?.figures.visits).toEqual({ value: 80, compared: { value: 40 } });
    expect(group?.pages.map(({ site, value }) => `${site} ${value}`)).toContain('Nordlicht Labs /');
  });

  test('is the same from events and from sums', async () => {
    const days = [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(WEEK, day));
    await house.insert(days.flatMap((day, at) => [...visits(day, 10 + at), ...visits(day, 20, { path: '/docs' })]));
    const before = await report();
    await feature.rebuildRollups({ from: WEEK, to: addDays(WEEK, 6) });
    await house.clickhouse.command({ query: 'TRUNCATE TABLE visit_events' });
    expect(await report()).toEqual(before);
    expect(before.empty).toBe(false);
  });

  test('tells nothing of a small site, nor what it could be worked out from', async () => {
    await house.insert([
      ...visits(WEEK, 60),
      ...visits(WEEK, 18, { site: 'labs', path: '/a' }),
      ...visits(WEEK, 19, { site: 'labs', path: '/b' }),
      ...visits(WEEK, 3, { site: 'media', path: '/secret' }),
    ]);
    const { parts } = await report();
    const [group, main, labs, media] = parts;
    expect(group?.figures.visits?.value).toBe(100);
    expect(main?.figures.visits?.value).toBe(60);
    expect(media?.figures.visits).toMatchObject({ value: null, suppressed: true });
    // With 37 told, everybody could work out the 3.
    expect(labs?.figures.visits).toMatchObject({ value: null, suppressed: true });
    expect(labs?.pages).toEqual([]);
    expect(labs?.sources).toEqual([]);
    const { text, html } = composeMail(reportMail(await report(), 'en'), house.config.vendor);
    for (const told of [text, html]) {
      expect(told).not.toContain('/secret');
      expect(told).not.toMatch(/\b(37|18|19|3)\b(?! (visitors|November))/);
      expect(told).toContain('not told');
    }
  });
});

test('pages that would add up to a site that is not told are not told either', async () => {
  await house.insert([
    ...visits(WEEK, 48),
    ...visits(WEEK, 12, { path: '/x' }),
    ...visits(WEEK, 18, { site: 'labs', path: '/a' }),
    ...visits(WEEK, 19, { site: 'labs', path: '/b' }),
    ...visits(WEEK, 3, { site: 'media', path: '/secret' }),
  ]);
  const labs = await part('Nordlicht Labs');
  expect(labs?.figures.pageViews).toMatchObject({ value: null, suppressed: true });
  expect(labs?.pages).toEqual([]);
});

test('a week before that is not told is not told in the lists either', async () => {
  const before = addDays(WEEK, -7);
  await house.insert([
    ...visits(WEEK, 60),
    ...visits(WEEK, 40, { site: 'labs' }),
    ...visits(before, 60),
    ...visits(before, 37, { site: 'labs' }),
    ...visits(before, 3, { site: 'media' }),
  ]);
  const labs = await part('Nordlicht Labs');
  const hidden = { value: null, suppressed: true };
  expect(labs?.figures.visits).toEqual({ value: 40, compared: hidden });
  expect(labs?.pages).toEqual([{ site: null, value: '/', figure: { value: 40, compared: hidden } }]);
  expect(labs?.sources).toEqual([{ site: null, value: '', figure: { value: 40, compared: hidden } }]);
});

describe('the mail', () => {
  test('comes once, on Monday at six, to everybody who is to get it', async () => {
    await house.insert([...visits(WEEK, 1234), ...visits(addDays(WEEK, -3), 1000)]);
    house.setClock('2026-11-23T04:45:00Z');
    await due();
    expect(await house.takeMails()).toEqual([]);
    house.setClock(MONDAY);
    await Promise.all([due(), sendDueReport(house)]);
    await due();
    const mails = await house.takeMails();
    expect(mails.map(({ to }) => to)).toEqual(['boss@nordlicht.example', 'web@nordlicht.example']);
    expect(mails[0]?.content.subject).toBe('Visits of the week from 16 November 2026');
    house.setClock('2026-11-30T05:00:00Z');
    await due();
    expect(await house.takeMails()).toHaveLength(2);
    expect(await house.db.selectFrom('visit_reports').selectAll().orderBy('week').execute()).toEqual([
      { week: '2026-11-16', mails: 2 },
      { week: '2026-11-23', mails: 2 },
    ]);
  });

  test('that was missed on Monday comes later in the week', async () => {
    await house.insert(visits(WEEK, 12));
    house.setClock('2026-11-26T14:00:00Z');
    await due();
    expect(await house.takeMails()).toHaveLength(2);
  });

  test('does not come where there was nothing to count, or nobody to read it', async () => {
    await due();
    expect(await house.takeMails()).toEqual([]);
    const { reportTo } = house.config.visits;
    house.config.visits.reportTo = [];
    await house.db.deleteFrom('visit_reports').execute();
    await house.insert(visits(WEEK, 12));
    await due();
    house.config.visits.reportTo = reportTo;
    expect(await house.db.selectFrom('visit_reports').selectAll().execute()).toEqual([]);
    await due();
    expect(await house.takeMails()).toHaveLength(2);
  });

  test('says the same in text and HTML, in English and German', async () => {
    await house.insert([...visits(WEEK, 1500), ...visits(addDays(WEEK, -3), 1000)]);
    const told = await report();
    const english = composeMail(reportMail(told, 'en'), house.config.vendor);
    expect(english.text).toMatch(/^Page views +1,500 +1,000 +\+50 %$/m);
    expect(english.text).toMatch(/^Bounce rate +0 % +0 % +0 points$/m);
    expect(english.text).toMatch(/^Engaged time per page view +20 s +20 s +0 %$/m);
    expect(english.text).toMatch(/^Direct or not known +1,500 +1,000 +\+50 %$/m);
    const german = composeMail(reportMail(told, 'de'), house.config.vendor);
    expect(german.subject).toBe('Besuche der Woche ab 16. November 2026');
    expect(german.text).toMatch(/^Seitenaufrufe +1\.500 +1\.000 +\+50 %$/m);
    for (const { text, html } of [english, german]) {
      const shown = html.replace(/<title>.*<\/title>/, '').replace(/<[^>]+>/g, ' ');
      const words = (from: string) => from.replace(/^-- $/m, '').split(/\s+/).filter(Boolean);
      expect(words(shown.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)))).toEqual(words(text));
    }
  });
});
