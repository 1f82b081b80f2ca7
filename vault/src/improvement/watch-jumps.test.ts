import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { ReportContent } from '@avow/protocol/improvement/report';
import { addWeeks, weekStart } from '@avow/protocol/improvement/weeks';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestMails, type TestMails } from '../visits/test-mails.ts';
import { createAcceptReports } from './accept-reports.ts';
import { createMover } from './move-reports.ts';
import { BASE, bodyOf, CONFIGURATION } from './test-reports.ts';
import { isJump, watchJumps } from './watch-jumps.ts';

const STARTS = {
  facet: 'starts',
  product: 'suite',
  application: 'photo',
  starts: '1',
} as const satisfies ReportContent;

let house: TestMails;

beforeAll(async () => {
  house = await openTestMails(createTestDatabase, createTestClickHouse);
});
afterAll(() => house.close());

describe('a jump', () => {
  test('is more than five standard deviations, of chance or of what is usual', () => {
    expect(isJump(1_150, [1_000, 1_000, 1_000])).toBe(false);
    expect(isJump(1_170, [1_000, 1_000, 1_000])).toBe(true);
    expect(isJump(830, [1_000, 1_000, 1_000])).toBe(true);
    expect(isJump(1_400, [900, 1_000, 1_100])).toBe(false);
    expect(isJump(5_000, [1_000, 1_000])).toBe(false);
  });

  test('is told once, with rounded numbers, before the tables of its week are made', async () => {
    const { db, clickhouse, clock } = house;
    const inWeek = (week: string) => new Date(weekStart(week).getTime() + 3_600_000).toISOString();
    const accept = createAcceptReports({ db, clock, configurations: () => [CONFIGURATION], onStored() {} });
    const report = async (week: string, reports: number, content: ReportContent = BASE) => {
      house.setClock(inWeek(addWeeks(week, 1)));
      await accept(Array.from({ length: reports }, () => bodyOf(week, content)));
    };
    for (const week of ['2026-W38', '2026-W39', '2026-W40']) {
      await report(week, 100);
      await report(week, 60, STARTS);
    }
    await report('2026-W41', 333);
    house.setClock(inWeek('2026-W43'));

    const { improvement } = house.config;
    if (!improvement) throw new Error('the example has no Improvement Programme');
    const config = { ...house.config, improvement: { ...improvement, alarmTo: ['product@nordlicht.example'] } };
    const mover = createMover({ db, clickhouse });
    const options = { config, db, clickhouse, clock, mover, mail: house.mail, log: pino({ level: 'silent' }) };
    const told = await watchJumps(options);
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        { week: '2026-W41', product: 'suite', facet: 'base', seen: 340, usual: 100 },
        // Of one application, and none came.
        { week: '2026-W41', product: 'suite', facet: 'starts photo', seen: 0, usual: 60 },
      ]),
    );
    expect(await watchJumps(options)).toEqual([]);
    const mail = ['product@nordlicht.example', 'Unusual number of reports: suite, week 2026-W41'];
    expect((await house.takeMails()).map(({ to, content }) => [to, content.subject])).toEqual([mail, mail]);
  });
});
