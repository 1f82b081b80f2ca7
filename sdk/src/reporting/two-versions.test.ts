/** Two versions of a suite on one machine share one person's folder: one decision, one count, one set of messages a week. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestSuite, createVendor, type TestSuite, type TestVendor } from '../test-suite.ts';

let vendor: TestVendor;
let machine: TestSuite;

beforeEach(() => {
  vendor = createVendor();
  machine = createTestSuite(vendor);
});
afterEach(() => machine.remove());

const bodiesOf = async (suite: TestSuite['suite']) => (await suite.nextReports()).map(({ body }) => JSON.parse(body));

test('starts of both are counted together, and a week leaves as sixteen messages, whoever freezes it', async () => {
  const older = machine.again({}, { version: '8.0' });
  const newer = machine.suite;
  await newer.turnOn(1);
  machine.setTime('2026-11-12T20:00:00Z');
  for (let start = 0; start < 2; start++) older.countStart('photo');
  for (let start = 0; start < 3; start++) newer.countStart('photo');
  machine.setTime('2026-11-16T07:00:00Z');
  await Promise.all([older.wake(), newer.wake()]);
  await older.wake();
  const frozen = (await bodiesOf(newer)).filter(({ week }) => week === '2026-W46');
  expect(frozen).toHaveLength(16);
  expect(frozen.filter(({ facet }) => facet === 'base')).toHaveLength(1);
  expect(frozen.find(({ application }) => application === 'photo')).toMatchObject({ starts: '3-5' });
  expect(new Set(frozen.map(({ nonce }) => nonce)).size).toBe(16);
  expect((await bodiesOf(older)).filter(({ week }) => week === '2026-W46')).toEqual(frozen);
});

test('a decision about the shorter list of the older one is none for the newer one, and neither counts on', async () => {
  const longer = await vendor.publish({ fieldList: 2 });
  const older = machine.suite;
  const newer = machine.again({}, { configuration: longer });
  await older.turnOn(1);
  machine.setTime('2026-11-12T20:00:00Z');
  newer.countStart('photo');
  expect((await newer.participation()).choice).toBe('widened');
  expect(await newer.nextReports()).toEqual([]);
  await newer.turnOn(2);
  expect((await older.participation()).takesPart).toBe(true);
  expect(older.turnOff()).toEqual({ done: true });
  expect((await newer.participation()).takesPart).toBe(false);
  expect(newer.keptFiles().map(({ kind }) => kind)).not.toContain('counters');
});
