/** `avow-suite`, installed from its tarball, as an installer, a script and a person use it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVendor } from '@avow/sdk/test-suite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type InstalledSdk, installSdk, OPEN_SUITE } from './installed-sdk.ts';
import { type ReportRelay, startReportRelay } from './report-relay.ts';

const vendor = createVendor();
let sdk: InstalledSdk;
let relay: ReportRelay;
let folder: string;
let homes = 0;

beforeAll(async () => {
  relay = await startReportRelay(vendor);
  sdk = await installSdk(vendor, relay.url);
}, 120_000);

afterAll(async () => {
  sdk.remove();
  await relay.close();
});

beforeEach(() => {
  folder = join(sdk.work, `home-${homes++}`);
});

const call = (...args: string[]) => sdk.avowSuite([...args, '--folder', folder, '--language', 'en']);
const json = async (...args: string[]) => JSON.parse((await call(...args, '--json')).stdout);

describe('avow-suite', () => {
  test('tells who has not decided, and writes nothing', async () => {
    expect((await call('status')).stdout).toBe(
      'Improvement Programme of Suite\n  You have not decided. Nothing is counted and nothing is sent.\n\nThis machine keeps nothing.\n',
    );
    expect(await json('status')).toMatchObject({ choice: 'undecided', takesPart: false, fieldList: 1, kept: [] });
    expect(await json('show')).toEqual([]);
    expect(await json('sent')).toMatchObject({ intact: true, entries: [] });
    expect(await json('send')).toMatchObject({ sent: 0, held: 'not-taking-part' });
    expect(await json('count', 'photo')).toEqual({ done: true });
    expect(existsSync(folder)).toBe(false);
  });

  test('switches on only where somebody agreed (S2), and off at once (S5)', async () => {
    const refused = await call('on');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain('Somebody has to agree');
    expect(existsSync(folder)).toBe(false);
    expect((await call('on', '--agreed')).stdout).toMatch(/^You take part\. Starts are counted from \d{4}-\d\d-\d\d\./);
    expect(await json('status')).toMatchObject({ choice: 'on', takesPart: true });
    expect((await sdk.avowSuite(['on', '--agreed', '--folder', join(sdk.work, 'ci')], { CI: '1' })).status).toBe(1);
    expect((await call('off')).stdout).toBe('You do not take part. Counters and waiting reports are deleted.\n');
    expect(await json('status')).toMatchObject({ choice: 'off', kept: [{ kind: 'decision' }, { kind: 'sent-log' }] });
  });

  test('shows what will leave and what left, and forgets everything', async () => {
    const prepare = `${OPEN_SUITE}await suite.turnOn(1); process.env.NOW = '2026-11-12T12:00:00Z'; suite.countStart('photo');
process.env.NOW = '2026-11-16T12:00:00Z'; await suite.wake(); process.env.NOW = '2026-11-20T12:00:00Z'; await suite.wake();`;
    await sdk.run(prepare, { FOLDER: folder, NOW: '2026-11-03T12:00:00Z' });
    const sent = (await call('sent')).stdout;
    expect(sent).toContain('8 lines; the record is complete and unchanged.');
    for (const body of relay.opened) expect(sent).toContain(body);
    const shown: { week: string; body: string }[] = await json('show');
    expect(shown.filter(({ week }) => week === '2026-W46')).toHaveLength(12);
    expect((await call('forget')).status).toBe(1);
    expect((await call('forget', '--yes')).stdout).toBe('Everything is deleted.\n');
    expect(existsSync(folder)).toBe(false);
  });

  test('names the fields of a registration that need another look', async () => {
    const { status, stderr } = await call('register', '--given-name', 'Ada', '--email', 'ada@', '--country', 'de');
    expect(status).toBe(1);
    for (const field of ['familyName', 'email', 'serial']) expect(stderr).toContain(`  ${field}: `);
    expect(stderr).not.toContain('country');
    expect(existsSync(folder)).toBe(false);
  });

  test('judges a receipt from a file', async () => {
    const file = join(sdk.work, 'receipt.json');
    writeFileSync(file, '{"claims":{},"signature":""}');
    expect(await call('receipt', file)).toMatchObject({
      status: 1,
      stdout: 'This is no receipt that the vendor signed.\n',
    });
    expect(await call('receipt')).toMatchObject({ status: 1, stdout: 'There is no receipt on this machine.\n' });
  });

  test('speaks German where the locale does, and says what it does not understand', async () => {
    const german = await sdk.avowSuite(['status', '--folder', folder], { LANG: 'de_AT.UTF-8' });
    expect(german.stdout).toContain('Sie haben sich nicht entschieden.');
    expect((await sdk.avowSuite(['help'], { LANG: 'fr_FR' })).stdout).toContain('take part');
    expect((await call('sing')).status).toBe(2);
    expect((await call('status', '--sing')).status).toBe(2);
    expect(await sdk.avowSuite(['status', '--manifest', 'package.json'])).toMatchObject({ status: 1, stdout: '' });
  });
});
