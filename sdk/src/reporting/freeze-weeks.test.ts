import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkReport } from '@avow/protocol/improvement/check-report';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { weekFile } from '../counting/count-start.ts';
import { homeOf } from '../place/home.ts';
import { openSuite } from '../suite.ts';
import { createTestSuite, createVendor, PERSON_ENV, type TestSuite } from '../test-suite.ts';
import { readSpool } from './spool.ts';

const vendor = createVendor();
let machine: TestSuite;

beforeEach(async () => {
  machine = createTestSuite(vendor);
  await machine.suite.turnOn(1);
});
afterEach(() => machine.remove());

/** A week of use: photo five times, disc twice. */
function useInWeek46(): void {
  machine.setTime('2026-11-12T20:00:00Z');
  for (let start = 0; start < 5; start++) machine.suite.countStart('photo');
  for (let start = 0; start < 2; start++) machine.suite.countStart('disc');
}

const AFTER_W46 = '2026-11-16T07:00:00Z';
const bodies = (home = machine.home) => readSpool(home).map(({ body }) => JSON.parse(body));
const noncesOf = (home = machine.home) =>
  bodies(home)
    .map(({ nonce }) => nonce)
    .sort();

describe('a week that is over', () => {
  test('becomes as many reports as the configuration says, each allowed by the contract (S3)', async () => {
    useInWeek46();
    machine.setTime(AFTER_W46);
    expect(await machine.suite.wake()).toMatchObject({ sent: 0, waiting: 16, held: null });
    for (const { body } of readSpool(machine.home)) {
      expect(checkReport(new TextEncoder().encode(body), vendor.log.slice(0, 1), '2026-W47')).not.toHaveProperty(
        'refused',
      );
    }
    const told = bodies().map(({ nonce: _, ...rest }) => rest);
    const head = { fieldList: 1, week: '2026-W46', product: 'suite' };
    expect(told).toContainEqual({ ...head, facet: 'base', version: '8.1', os: 'linux', osVersion: '6', country: 'DE' });
    expect(told).toContainEqual({ ...head, facet: 'age', installed: '2026-W45' });
    expect(told).toContainEqual({ ...head, facet: 'apps', applications: ['disc', 'photo'] });
    expect(told).toContainEqual({ ...head, facet: 'starts', application: 'photo', starts: '3-5' });
    expect(told).toContainEqual({ ...head, facet: 'starts', application: 'disc', starts: '2' });
    expect(told.filter(({ facet }) => facet === 'none')).toHaveLength(11);
    expect(new Set(noncesOf()).size).toBe(16);
  });

  test('is told without starts, too, if the suite was there', async () => {
    machine.setTime('2026-11-12T20:00:00Z');
    await machine.suite.wake();
    machine.setTime(AFTER_W46);
    expect(await machine.suite.wake()).toMatchObject({ waiting: 16 });
    expect(bodies().filter(({ facet }) => facet === 'base')).toHaveLength(1);
    expect(bodies().filter(({ starts }) => starts === '0')).toHaveLength(2);
  });

  test('is not told if the suite was not there', async () => {
    machine.setTime(AFTER_W46);
    expect(await machine.suite.wake()).toMatchObject({ waiting: 0 });
  });

  test('leaves at random times of 96 hours after its end, none of them within ten minutes', async () => {
    useInWeek46();
    machine.setTime('2026-11-16T01:00:00Z');
    await machine.suite.wake();
    const hours = readSpool(machine.home).map(
      ({ notBefore }) => (notBefore.getTime() - Date.parse('2026-11-16')) / 3_600_000,
    );
    expect(Math.min(...hours)).toBeGreaterThan(1 + 10 / 60);
    expect(Math.max(...hours)).toBeLessThan(96);
    expect(new Set(hours.map((hour) => Math.floor(hour / 12))).size).toBeGreaterThan(3);
  });

  test('is frozen an hour after its end at the earliest, and not while an application has just been started', async () => {
    useInWeek46();
    machine.setTime('2026-11-16T00:59:00Z');
    expect(await machine.suite.wake()).toMatchObject({ waiting: 0 });
    const started = new Date();
    const now = machine.again({ clock: () => new Date(started.getTime() + 9 * 60_000), pause: async () => {} });
    now.countStart('photo');
    expect(await now.wake()).toMatchObject({ held: 'application-started' });
  });

  test('shows its reports beforehand, byte for byte', async () => {
    useInWeek46();
    const shown = (await machine.suite.nextReports()).map(({ body }) => body).sort();
    machine.setTime(AFTER_W46);
    await machine.suite.wake();
    expect(
      readSpool(machine.home)
        .map(({ body }) => body)
        .sort(),
    ).toEqual(shown);
    const then = await machine.suite.nextReports();
    expect(
      then
        .filter(({ notBefore }) => notBefore !== null)
        .map(({ body }) => body)
        .sort(),
    ).toEqual(shown);
  });

  test('is dropped after four weeks, and not made again', async () => {
    useInWeek46();
    machine.setTime(AFTER_W46);
    await machine.suite.wake();
    machine.setTime('2026-12-15T12:00:00Z');
    await machine.suite.wake();
    // The wake of 16 November was in W47, which is told now.
    expect(new Set(bodies().map(({ week }) => week))).toEqual(new Set(['2026-W47']));
    expect(readdirSync(machine.home.weeks).sort()).toEqual(['2026-W47.starts', '2026-W51.starts']);
  });
});

describe('copies of one machine', () => {
  test('make the same nonces, however long they go their own ways: they count once', async () => {
    const copies = [1, 2, 3].map((n) => join(machine.home.folder, '..', `copy-${n}`));
    for (const folder of copies) cpSync(machine.home.folder, folder, { recursive: true });
    for (const [n, folder] of copies.entries()) {
      let time = new Date('2026-11-18T12:00:00Z');
      const suite = openSuite(machine.manifest, {
        folder,
        env: PERSON_ENV,
        policyFile: '/nonexistent/x',
        clock: () => time,
      });
      for (let start = 0; start <= n; start++) suite.countStart('photo');
      time = new Date(`2026-11-23T0${n + 2}:00:00Z`);
      await suite.wake();
    }
    const [first, ...others] = copies.map((folder) => noncesOf(homeOf('suite', folder)));
    expect(first).toHaveLength(16);
    for (const nonces of others) expect(nonces).toEqual(first);
  });

  test('differ from a machine that decided for itself', async () => {
    const other = createTestSuite(vendor);
    await other.suite.turnOn(1);
    for (const each of [machine, other]) {
      each.setTime('2026-11-12T20:00:00Z');
      each.suite.countStart('photo');
      each.setTime(AFTER_W46);
      await each.suite.wake();
    }
    const own = noncesOf();
    expect(noncesOf(other.home).filter((nonce) => own.includes(nonce))).toEqual([]);
    other.remove();
  });
});

describe('a clock that is wrong', () => {
  test('ahead by a week: what was frozen too early is undone, and made again in full with the same nonces', async () => {
    useInWeek46();
    machine.setTime('2026-11-19T12:00:00Z');
    await machine.suite.wake();
    const early = noncesOf();
    machine.setTime('2026-11-13T12:00:00Z');
    await machine.suite.wake();
    expect(readSpool(machine.home)).toEqual([]);
    machine.suite.countStart('photo');
    machine.setTime(AFTER_W46);
    await machine.suite.wake();
    expect(bodies().find(({ application }) => application === 'photo')).toMatchObject({ starts: '6-10' });
    expect(noncesOf()).toEqual(early);
  });

  test.each(['1970-01-01T00:00:00Z', '2019-05-05T05:05:05Z'])('at %s: nothing is counted or touched', async (time) => {
    useInWeek46();
    const before = readFileSync(weekFile(machine.home, '2026-W46'));
    machine.setTime(time);
    machine.suite.countStart('photo');
    expect(await machine.suite.wake()).toMatchObject({ held: 'clock' });
    expect(readFileSync(weekFile(machine.home, '2026-W46'))).toEqual(before);
  });

  test('ahead by ten years: nothing of the wrong time is ever told', async () => {
    useInWeek46();
    machine.setTime('2036-11-12T20:00:00Z');
    machine.suite.countStart('photo');
    await machine.suite.wake();
    machine.setTime('2026-11-18T12:00:00Z');
    await machine.suite.wake();
    machine.suite.countStart('sound');
    machine.setTime('2026-11-23T12:00:00Z');
    await machine.suite.wake();
    expect(new Set(bodies().map(({ week }) => week))).toEqual(new Set(['2026-W47']));
  });

  test.each([Number.NaN, 8.64e15, -8.64e15])('at %s: no exception', async (time) => {
    const suite = machine.again({ clock: () => new Date(time) });
    suite.countStart('photo');
    expect((await suite.wake()).sent).toBe(0);
  });
});

describe('damage', () => {
  test('500 damaged spools: no exception, and no report that is not as it was frozen', async () => {
    useInWeek46();
    machine.setTime(AFTER_W46);
    await machine.suite.wake();
    const folder = join(machine.home.spool, '2026-W46');
    const whole = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
    const sound = new Set([...whole.values()].map((bytes) => JSON.parse(bytes.toString()).body));
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 500; round++) {
      for (const [name, bytes] of whole) {
        const damaged = Buffer.from(bytes);
        const at = random(damaged.length);
        damaged[at] = (damaged[at] ?? 0) ^ (1 << random(8));
        writeFileSync(join(folder, name), round % 3 === 0 ? damaged.subarray(0, at) : damaged);
      }
      for (const { body } of readSpool(machine.home)) expect(sound.has(body)).toBe(true);
    }
  });

  test.each([
    'consent',
    'improvement',
    'improvement/weeks',
    'improvement/spool',
    'improvement/seed',
    'configuration.json',
    'sent.jsonl',
  ])('%s is something else than it should be: no exception in the host', async (name) => {
    useInWeek46();
    machine.setTime(AFTER_W46);
    for (const make of [(path: string) => mkdirSync(path), (path: string) => writeFileSync(path, 'garbage\n')]) {
      const folder = join(machine.home.folder, '..', 'damaged');
      cpSync(machine.home.folder, folder, { recursive: true });
      rmSync(join(folder, name), { recursive: true, force: true });
      make(join(folder, name));
      const suite = machine.again({ folder });
      suite.countStart('photo');
      await suite.wake();
      await suite.nextReports();
      await suite.participation();
      suite.sentLog();
      suite.keptFiles();
      rmSync(folder, { recursive: true });
    }
  });

  test('a lost seed is replaced, and the week is told once', async () => {
    useInWeek46();
    writeFileSync(machine.home.seed, 'torn');
    machine.setTime(AFTER_W46);
    expect(await machine.suite.wake()).toMatchObject({ waiting: 16 });
    writeFileSync(machine.home.seed, 'torn again');
    expect(await machine.suite.wake()).toMatchObject({ waiting: 16 });
    expect(existsSync(machine.home.lock)).toBe(false);
  });
});
