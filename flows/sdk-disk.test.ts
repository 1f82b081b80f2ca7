/** A full disk and a read-only home, real ones: small file systems of the test's own, where the system lets it mount them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createVendor } from '@avow/sdk/test-suite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type InstalledSdk, installSdk, OPEN_SUITE } from './installed-sdk.ts';

let sdk: InstalledSdk;
let folder: string;
let homes = 0;

beforeAll(async () => {
  // Nothing listens there: what is to be sent fails, too.
  sdk = await installSdk(createVendor(), 'http://127.0.0.1:9');
}, 120_000);
afterAll(() => sdk.remove());

beforeEach(() => {
  folder = join(sdk.work, `home-${homes++}`);
  mkdirSync(folder);
});

const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

const BEFORE = `${OPEN_SUITE}await suite.turnOn(1); process.env.NOW = '2026-11-12T12:00:00Z';
for (let n = 0; n < 4; n++) suite.countStart('photo');`;

/** Everything a host may call, on a day on which a week is over. Anything thrown ends it with status 1. */
const EVERYTHING = `process.env.NOW = '2026-11-16T12:00:00Z';
const told = {};
suite.countStart('photo');
for (let n = 0; n < 3; n++) told.wake = await suite.wake();
told.wake = told.wake.held;
told.next = (await suite.nextReports()).length;
told.kept = suite.keptFiles().length;
told.log = suite.sentLog().intact;
told.deleted = suite.deleteSentLog().done;
told.registered = (await suite.register({ givenName: 'A', familyName: 'B', email: 'a@example.org', country: 'DE', serial: 'x', mailing: { subscribed: false, words: '' }, language: 'en' })).kind;
`;
const TELL = `\nconsole.log(JSON.stringify(told));`;

/** Runs the modules one after the other on a file system of 128 KiB; a string that is no module is a shell command. */
async function onSmallDisk(...steps: string[]) {
  const commands = steps.map((step) =>
    step.includes('import') ? `"$NODE" --input-type=module --eval '${step.replaceAll("'", `'\\''`)}'` : step,
  );
  const shell = ['set -e', 'mount -t tmpfs -o size=128k tmpfs "$FOLDER"', ...commands].join('\n');
  const script = `import { spawnSync } from 'node:child_process';
const done = spawnSync('unshare', ['-rm', 'sh', '-c', process.env.STEPS], { stdio: 'inherit' });
process.exitCode = done.status ?? 1;`;
  const env = { FOLDER: folder, STEPS: shell, NODE: process.execPath, NOW: '2026-11-03T12:00:00Z' };
  const done = await sdk.run(script, env);
  expect(done.stderr).toBe('');
  expect(done.status).toBe(0);
  return JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '');
}

const FILL = `dd if=/dev/zero of="$FOLDER/filler" bs=1k 2>/dev/null || true`;

describe.runIf(canMount)('a full disk', () => {
  test('is never an exception in the host, and nothing half made is ever sent', async () => {
    const told = await onSmallDisk(BEFORE, FILL, `${OPEN_SUITE}${EVERYTHING}${TELL}`);
    expect(told).toMatchObject({ wake: 'failed', log: true });
  });

  test('loses no start that was counted: with room again, the week is told in full, once', async () => {
    const after = `${OPEN_SUITE}const told = {}; process.env.NOW = '2026-11-16T12:00:00Z'; told.waiting = (await suite.wake()).waiting;
told.starts = (await suite.nextReports()).map(({ content }) => content).filter(({ application, starts }) => application === 'photo' && starts !== '0').map(({ starts }) => starts);${TELL}`;
    const told = await onSmallDisk(BEFORE, FILL, `${OPEN_SUITE}${EVERYTHING}`, 'rm "$FOLDER/filler"', after);
    // The start of the full day had no room and was not counted; it is in no week.
    expect(told).toEqual({ waiting: 16, starts: ['3-5'] });
  });

  test('does not keep anybody from leaving (S5)', async () => {
    const leave = `${OPEN_SUITE}const told = { off: suite.turnOff() }; told.choice = (await suite.participation()).choice; told.kept = suite.keptFiles().map(({ kind }) => kind);${TELL}`;
    const told = await onSmallDisk(BEFORE, FILL, leave);
    expect(told).toEqual({ off: { done: true }, choice: 'off', kept: ['decision', 'sent-log'] });
  });
});

describe.runIf(canMount)('a read-only home', () => {
  test('is never an exception in the host: the decision cannot be changed, and that is said', async () => {
    const leave = `${OPEN_SUITE}${EVERYTHING}told.off = suite.turnOff().why; told.forgotten = suite.forgetEverything().why;${TELL}`;
    const told = await onSmallDisk(BEFORE, 'mount -o remount,bind,ro "$FOLDER"', leave);
    expect(told).toMatchObject({
      wake: 'failed',
      off: 'not-writable',
      forgotten: 'not-writable',
      deleted: false,
      log: true,
    });
  });

  test('from the beginning: nobody can take part, and nothing is counted', async () => {
    const on = `${OPEN_SUITE}const told = { on: (await suite.turnOn(1)).why };suite.countStart('photo'); told.wake = (await suite.wake()).held; told.kept = suite.keptFiles();${TELL}`;
    const told = await onSmallDisk('mount -o remount,bind,ro "$FOLDER"', on);
    expect(told).toEqual({ on: 'not-writable', wake: 'not-taking-part', kept: [] });
  });
});
