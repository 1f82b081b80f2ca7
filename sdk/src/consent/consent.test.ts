import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readStarts } from '../reporting/week-files.ts';
import { createTestSuite, createVendor, PERSON_ENV, type TestSuite } from '../test-suite.ts';
import { firstCountedDay } from './consent.ts';
import { formatDecision, parseDecision } from './consent-file.ts';

const vendor = createVendor();
let machine: TestSuite;

beforeEach(() => {
  machine = createTestSuite(vendor);
});
afterEach(() => machine.remove());

const filesOf = (folder: string) =>
  existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).sort() : [];

describe('undecided or off (S2, S5)', () => {
  test('nothing is written, whatever is called', async () => {
    const { suite, home } = machine;
    suite.countStart('photo');
    expect(await suite.wake()).toMatchObject({ sent: 0, held: 'not-taking-part' });
    expect(await suite.nextReports()).toEqual([]);
    expect(suite.sentLog()).toMatchObject({ entries: [], intact: true });
    expect((await suite.participation()).choice).toBe('undecided');
    expect(existsSync(home.folder)).toBe(false);
  });

  test('off is remembered as one line, and nothing else is there', async () => {
    const { suite, home } = machine;
    expect(suite.turnOff()).toEqual({ done: true });
    suite.countStart('photo');
    await suite.wake();
    expect(filesOf(home.folder)).toEqual(['consent']);
    expect((await suite.participation()).choice).toBe('off');
  });
});

describe('taking part', () => {
  test('counts from the Monday after the day of the decision, and nothing before it (S2)', async () => {
    const { suite, home, setTime } = machine;
    expect(await suite.turnOn(1)).toEqual({ done: true });
    expect(readFileSync(home.consent, 'latin1')).toBe('1 001 2026-11-03 2026-11-09\n');
    for (const day of ['2026-11-03T23:59:59Z', '2026-11-04T10:00:00Z', '2026-11-08T23:59:59Z']) {
      setTime(day);
      suite.countStart('photo');
    }
    expect(readdirSync(home.weeks)).toEqual([]);
    setTime('2026-11-09T00:00:00Z');
    suite.countStart('photo');
    suite.countStart('no-such-application');
    expect([...readStarts(home, '2026-W46')]).toEqual([[2, 1]]);
  });

  test('the first counted day begins after the day of the decision has ended here and in UTC', () => {
    // Local time of this process; every hour of two weeks.
    for (let hour = 0; hour < 14 * 24; hour++) {
      const decided = new Date(Date.UTC(2026, 10, 2, hour));
      const first = new Date(`${firstCountedDay(decided)}T00:00:00Z`);
      expect(first.getUTCDay()).toBe(1);
      const localDayEnds = new Date(decided.getFullYear(), decided.getMonth(), decided.getDate() + 1);
      expect(first.getTime()).toBeGreaterThanOrEqual(localDayEnds.getTime());
      expect(first.toISOString().slice(0, 10) > decided.toISOString().slice(0, 10)).toBe(true);
      expect(first.getTime() - decided.getTime()).toBeLessThan(9 * 86_400_000);
    }
  });

  test('needs the newest field list to have been shown', async () => {
    expect(await machine.suite.turnOn(2)).toMatchObject({ done: false, why: 'other-field-list' });
    expect(existsSync(machine.home.folder)).toBe(false);
  });

  test('needs a list that the root key signed', async () => {
    const forged = { ...machine.manifest.configuration, countries: ['DE'] };
    const suite = machine.again({}, { configuration: forged });
    expect(await suite.turnOn(1)).toMatchObject({ done: false, why: 'no-configuration' });
    expect((await suite.participation()).configuration).toBeNull();
  });

  test('decided twice is decided once: the first day stays', async () => {
    const { suite, home, setTime } = machine;
    await suite.turnOn(1);
    setTime('2026-11-20T12:00:00Z');
    suite.countStart('photo');
    await suite.turnOn(1);
    expect(readFileSync(home.consent, 'latin1')).toContain('2026-11-03 2026-11-09');
    expect(readStarts(home, '2026-W47').get(2)).toBe(1);
  });

  test('a longer list of a newer suite makes it undecided: nothing is counted any more, and what was counted goes', async () => {
    const { suite, home, setTime, again } = machine;
    await suite.turnOn(1);
    setTime('2026-11-10T12:00:00Z');
    suite.countStart('photo');
    const wider = await vendor.publish({ fieldList: 2 });
    const newer = again({}, { configuration: wider });
    newer.countStart('photo');
    expect(readStarts(home, '2026-W46').get(2)).toBe(1);
    expect(await newer.participation()).toMatchObject({ choice: 'widened', takesPart: false });
    expect(await newer.wake()).toMatchObject({ held: 'not-taking-part' });
    expect(existsSync(home.improvement)).toBe(false);
    suite.countStart('photo');
    expect(existsSync(home.improvement)).toBe(false);
    expect(await newer.turnOn(2)).toEqual({ done: true });
    expect(readFileSync(home.consent, 'latin1')).toMatch(/^1 002 /);
  });
});

describe('leaving (S5)', () => {
  test('removes counters, reports and seed at once; the log stays until it is deleted', async () => {
    const { suite, home, setTime } = machine;
    await suite.turnOn(1);
    setTime('2026-11-10T12:00:00Z');
    suite.countStart('photo');
    setTime('2026-11-17T12:00:00Z');
    await suite.wake();
    expect(await suite.nextReports()).toHaveLength(32);
    expect(suite.turnOff()).toEqual({ done: true });
    expect(filesOf(home.folder)).toEqual(['consent', 'sent.jsonl']);
    suite.countStart('photo');
    expect(await suite.wake()).toMatchObject({ held: 'not-taking-part' });
    expect(filesOf(home.folder)).toEqual(['consent', 'sent.jsonl']);
    suite.deleteSentLog();
    expect(filesOf(home.folder)).toEqual(['consent']);
  });

  test('what a crash left of the folder goes at the next occasion', async () => {
    const { suite, home } = machine;
    await suite.turnOn(1);
    writeFileSync(home.consent, '0 001 2026-11-03 2026-11-09\n');
    mkdirSync(`${home.improvement}.0123abcd.gone`);
    writeFileSync(`${home.consent}.0123abcd.new`, 'half');
    await suite.wake();
    expect(filesOf(home.folder)).toEqual(['consent', 'sent.jsonl']);
  });

  test('forgetting everything leaves no file', async () => {
    const { suite, home } = machine;
    await suite.turnOn(1);
    expect(suite.keptFiles().map(({ kind }) => kind)).toEqual([
      'decision',
      'counters',
      'waiting-reports',
      'nonce-seed',
      'sent-log',
    ]);
    expect(suite.forgetEverything()).toEqual({ done: true });
    expect(existsSync(home.folder)).toBe(false);
    expect(suite.keptFiles()).toEqual([]);
  });

  test('forgetting everything includes the registration of the product', async () => {
    const suite = machine.again({}, { legacySerialPattern: 'OLD-\\d{4}' });
    // Nothing listens at the edge; that it was tried is kept.
    await suite.register({
      givenName: 'Ada',
      familyName: 'Brandt',
      email: 'ada@example.org',
      country: 'DE',
      serial: 'OLD-1234',
      mailing: { subscribed: false, words: 'Send me news.' },
      language: 'en',
    });
    expect(suite.keptFiles().map(({ kind }) => kind)).toEqual(['registration']);
    expect(suite.forgetEverything()).toEqual({ done: true });
    expect(existsSync(machine.home.folder)).toBe(false);
  });
});

describe('hard off, over any stored consent', () => {
  test.each([
    ['do-not-track', { ...PERSON_ENV, DO_NOT_TRACK: '1' }],
    ['ci', { ...PERSON_ENV, CI: 'true' }],
    ['ci', { ...PERSON_ENV, TEAMCITY_VERSION: '2026.1' }],
    ['no-person', { ...PERSON_ENV, HOME: '/nonexistent' }],
  ] as const)('%s', async (why, env) => {
    const { suite, home, setTime, again } = machine;
    await suite.turnOn(1);
    setTime('2026-11-10T12:00:00Z');
    const there = again({ env });
    there.countStart('photo');
    expect(await there.wake()).toMatchObject({ sent: 0, held: why });
    expect(await there.participation()).toMatchObject({ choice: 'on', killSwitch: why, takesPart: false });
    expect(readdirSync(home.weeks)).toEqual([]);
    expect(await again({ env, folder: join(home.folder, 'new') }).turnOn(1)).toEqual({ done: false, why });
  });

  test('the administrator’s file, whatever is in it; what was kept goes', async () => {
    const { suite, home, setTime } = machine;
    await suite.turnOn(1);
    setTime('2026-11-10T12:00:00Z');
    suite.countStart('photo');
    writeFileSync(join(home.folder, '..', 'policy'), '');
    suite.countStart('photo');
    expect(readStarts(home, '2026-W46').get(2)).toBe(1);
    expect(await suite.wake()).toMatchObject({ held: 'administrator' });
    expect(existsSync(home.improvement)).toBe(false);
  });

  test('is not triggered by values that mean no', async () => {
    const suite = machine.again({ env: { ...PERSON_ENV, DO_NOT_TRACK: '0', CI: 'false' } });
    expect(await suite.turnOn(1)).toEqual({ done: true });
  });
});

describe('the decision as a line', () => {
  test.each([
    '',
    '1',
    '1 001 2026-11-03',
    '2 001 2026-11-03 2026-11-09\n',
    '1 000 2026-11-03 2026-11-09\n',
    '1 001 2026-11-03 2026-11-09\nx',
  ])('%j decides nothing', async (line) => {
    mkdirSync(machine.home.folder, { recursive: true });
    writeFileSync(machine.home.consent, line);
    expect((await machine.suite.participation()).choice).toBe('undecided');
  });

  test.runIf(process.platform !== 'win32')('a pipe in its place decides nothing, and holds up nobody', () => {
    mkdirSync(machine.home.folder, { recursive: true });
    execFileSync('mkfifo', [machine.home.consent]);
    const script = `const { readColumns } = await import(process.argv[1]); process.exitCode = readColumns(process.argv[2]) === null ? 7 : 1;`;
    const reader = new URL('./consent-file.ts', import.meta.url).href;
    // In a process of its own: one that waits for the pipe's other end could not be stopped from within.
    const args = ['--input-type=module', '--eval', script, reader, machine.home.consent];
    expect(spawnSync(process.execPath, args, { timeout: 60_000 }).status).toBe(7);
  });

  test('reads what it writes', () => {
    const decision = { choice: 'on', fieldList: 12, day: '2026-11-03', countsFrom: '2026-11-09' } as const;
    expect(parseDecision(formatDecision(decision))).toEqual(decision);
    expect(() => formatDecision({ ...decision, fieldList: 1000 })).toThrow(RangeError);
  });
});
