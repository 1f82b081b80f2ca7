/** The client of the Improvement Programme against a receiving end that opens what arrives. Acceptance 2 to 5 and 7; S1, S7. */
import { existsSync, readdirSync } from 'node:fs';
import { REPORT_REQUEST_BYTES } from '@avow/protocol/padding';
import { encodeSerial, formatSerial } from '@avow/protocol/serial';
import { createTestSuite, createVendor, type TestSuite, type TestVendor } from '@avow/sdk/test-suite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ReportRelay, startReportRelay } from './report-relay.ts';

let vendor: TestVendor;
let relay: ReportRelay;
let machine: TestSuite;

beforeEach(async () => {
  vendor = createVendor();
  relay = await startReportRelay(vendor);
  machine = createTestSuite(vendor, relay.url);
  await machine.suite.turnOn(1);
  machine.setTime('2026-11-12T20:00:00Z');
  for (let start = 0; start < 5; start++) machine.suite.countStart('photo');
  machine.setTime('2026-11-16T07:00:00Z');
  await machine.suite.wake();
});

afterEach(async () => {
  machine.remove();
  await relay.close();
});

/** Wakes every two hours from the 16th on, until nothing waits. */
async function wakeUntilEmpty(hours = 200): Promise<void> {
  for (let hour = 8; hour < hours; hour += 2) {
    machine.setTime(new Date(Date.parse('2026-11-16T00:00:00Z') + hour * 3_600_000).toISOString());
    if ((await machine.suite.wake()).waiting === 0) return;
  }
}

const logged = () => machine.suite.sentLog().entries.filter((entry) => entry.event === 'leaving');
const reportPosts = () => relay.requests.filter(({ path }) => path === '/relay/reports');

describe('the reports of a week', () => {
  test('arrive once each, all of one length, and say what was shown and logged, byte for byte (S4)', async () => {
    const shown = (await machine.suite.nextReports()).filter(({ notBefore }) => notBefore).map(({ body }) => body);
    expect(relay.requests).toEqual([]);
    await wakeUntilEmpty();
    expect(relay.opened.toSorted()).toEqual(shown.toSorted());
    expect(logged().map(({ body }) => body)).toEqual(relay.opened);
    expect(machine.suite.sentLog()).toMatchObject({ intact: true, unreadable: [] });
    expect(reportPosts()).toHaveLength(16);
    for (const { bytes } of reportPosts()) expect(bytes).toBe(REPORT_REQUEST_BYTES);
    expect(new Set(relay.encs).size).toBe(16);
  });

  test('are of weeks after the decision only (enabled at T: nothing from T’s day or before)', async () => {
    await wakeUntilEmpty();
    expect(new Set(relay.opened.map((body) => JSON.parse(body).week))).toEqual(new Set(['2026-W46']));
  });

  test('leave nothing in what the edge sees that tells machines apart', async () => {
    await wakeUntilEmpty();
    const seen = reportPosts().map(({ headers: { host: _, ...headers } }) => JSON.stringify(headers));
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).not.toMatch(/cookie|referer|authorization|etag/);
  });

  test('whose answers are lost are sent again: same nonce and plaintext, new HPKE context, all of it in the log', async () => {
    relay.mode = 'lose-answer';
    await wakeUntilEmpty(110);
    relay.mode = 'accept';
    await wakeUntilEmpty(400);
    expect(relay.opened.length).toBeGreaterThan(16);
    expect(new Set(relay.opened).size).toBe(16);
    expect(new Set(relay.encs).size).toBe(relay.opened.length);
    expect(logged().map(({ body }) => body)).toEqual(relay.opened);
    expect(machine.suite.sentLog().intact).toBe(true);
  });

  test.each(['full', 'portal'] as const)('wait, with growing pauses, while the edge says: %s', async (mode) => {
    relay.mode = mode;
    await wakeUntilEmpty(150);
    const next = await machine.suite.nextReports();
    expect(next.filter(({ notBefore }) => notBefore)).toHaveLength(16);
    expect(relay.opened).toEqual([]);
    // One hour doubles to a day: in the six days each one is tried a few times only.
    for (const { attempts } of next.filter(({ notBefore }) => notBefore)) expect(attempts).toBeLessThan(12);
  });

  test('stay while the clock of the edge is another one', async () => {
    relay.clockOffset = 3 * 3_600_000;
    const suite = machine.again({ compareClocks: true });
    machine.setTime('2026-11-20T12:00:00Z');
    expect(await suite.wake()).toMatchObject({ sent: 0, held: 'clock' });
    expect(reportPosts()).toEqual([]);
  });

  test('stay when the keys are not signed by the pinned root: nothing is sealed', async () => {
    const other = createVendor();
    const [configuration = machine.manifest.configuration] = other.log;
    const suite = machine.again({}, { rootPublicKey: other.rootPublicKey, configuration });
    machine.setTime('2026-11-20T12:00:00Z');
    expect(await suite.wake()).toMatchObject({ sent: 0, held: 'keys-unverified' });
    expect(relay.requests.map(({ path }) => path)).toEqual(['/keys.json']);
  });
});

describe('leaving while a report is on its way (S5)', () => {
  test.each(['the same process', 'another process'])(
    'told to %s: it is cut off, and nothing follows',
    async (where) => {
      relay.mode = 'hang';
      machine.setTime('2026-11-20T12:00:00Z');
      const sending = machine.suite.wake();
      await expect.poll(() => reportPosts().length).toBe(1);
      const leaver = where === 'the same process' ? machine.suite : machine.again();
      const left = performance.now();
      expect(leaver.turnOff()).toEqual({ done: true });
      expect(existsSync(machine.home.improvement)).toBe(false);
      expect(await sending).toMatchObject({ sent: 0, held: 'stopped' });
      expect(performance.now() - left).toBeLessThan(5_000);
      relay.mode = 'accept';
      expect(await machine.suite.wake()).toMatchObject({ held: 'not-taking-part' });
      expect(reportPosts()).toHaveLength(1);
      expect(readdirSync(machine.home.folder).sort()).toEqual(['consent', 'sent.jsonl']);
      expect(machine.suite.sentLog().entries.map(({ event }) => event)).toEqual(['leaving', 'stopped']);
    },
  );
});

describe('a longer field list', () => {
  test('makes it undecided before anything more is sent', async () => {
    await vendor.publish({ fieldList: 2 });
    machine.setTime('2026-11-20T12:00:00Z');
    expect(await machine.suite.wake()).toMatchObject({ sent: 0, held: 'not-taking-part' });
    expect(reportPosts()).toEqual([]);
    expect(existsSync(machine.home.improvement)).toBe(false);
    const asked = await machine.suite.participation();
    expect(asked).toMatchObject({ choice: 'widened', takesPart: false });
    expect(asked.configuration?.fieldList).toBe(2);
    const before = relay.requests.length;
    machine.suite.countStart('photo');
    await machine.suite.wake();
    expect(relay.requests).toHaveLength(before);
    expect(await machine.suite.turnOn(2)).toEqual({ done: true });
  });

  test('of an edge that goes back to an older configuration is not believed', async () => {
    await vendor.publish({ countries: ['DE'] });
    machine.setTime('2026-11-17T12:00:00Z');
    await machine.suite.wake();
    const newest = (await machine.suite.participation()).configuration;
    vendor.log.pop();
    machine.setTime('2026-11-20T12:00:00Z');
    await machine.suite.wake();
    expect((await machine.suite.participation()).configuration).toEqual(newest);
  });
});

test('two processes that wake at once send each report once', async () => {
  machine.setTime('2026-11-20T12:00:00Z');
  let busy = 0;
  for (let round = 0; round < 6; round++) {
    const results = await Promise.all([machine.suite.wake(), machine.again().wake(), machine.again().wake()]);
    busy += results.filter(({ held }) => held === 'busy').length;
  }
  expect(busy).toBeGreaterThanOrEqual(4);
  expect(new Set(relay.opened).size).toBe(16);
  expect(relay.opened).toHaveLength(16);
});

describe('the registration dialog (S1, S7)', () => {
  const serial = formatSerial(encodeSerial({ version: 1, keyId: 2, product: 8, edition: 3, unit: 77n, tag: 99n }));
  const person = { givenName: 'Ada', familyName: 'Brandt', email: 'ada@example.org', country: 'DE', serial };
  const words = 'Send me special offers and updates by e-mail.';

  test.each([false, true])(
    'arrives with serial, versions and the choice as it was made (ticked: %s), and nothing more',
    async (subscribed) => {
      const result = await machine.suite.register({ ...person, mailing: { subscribed, words }, language: 'de' });
      expect(result).toEqual({ kind: 'registered' });
      expect(relay.registrations.map(({ body }) => JSON.parse(body))).toEqual([
        {
          ...person,
          discVersion: 'D-8.1.0',
          softwareVersion: '8.1.0.311',
          mailing: { subscribed, words },
          language: 'de',
          statementVersion: 8,
        },
      ]);
      expect(machine.suite.registration()).toMatchObject({ state: 'sent', subscribed });
      // Taking part and registering know nothing of each other.
      expect(relay.opened).toEqual([]);
    },
  );

  test('whose answer is lost is the same act again, also for a process that starts anew', async () => {
    relay.mode = 'lose-answer';
    const dialog = { ...person, mailing: { subscribed: false, words }, language: 'en' } as const;
    expect(await machine.suite.register(dialog)).toMatchObject({
      kind: 'refused',
      error: { code: 'relay_unreachable' },
    });
    relay.mode = 'accept';
    expect(await machine.again().register(dialog)).toEqual({ kind: 'registered' });
    expect(relay.registrations.length).toBeGreaterThan(1);
    expect(new Set(relay.registrations.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });
});
