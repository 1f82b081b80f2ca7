/**
 * Acceptance 1 watched from inside, which works on every system: what undecided and off do to files, sockets and processes. The
 * same by a trace of system calls is in `sdk-package.test.ts`.
 */
import { join } from 'node:path';
import { createVendor } from '@avow/sdk/test-suite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type InstalledSdk, installSdk, OPEN_SUITE } from './installed-sdk.ts';
import { type ReportRelay, startReportRelay } from './report-relay.ts';

let sdk: InstalledSdk;
let relay: ReportRelay;
let folder: string;
let homes = 0;

beforeAll(async () => {
  const vendor = createVendor();
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

/** Notes every changing call of node:fs, and every socket, look-up and process that libuv makes, from `watch()` on. */
const WATCH = `import fs from 'node:fs'; import { createHook } from 'node:async_hooks'; import { syncBuiltinESMExports } from 'node:module';
const seen = []; let watching = false;
const note = (what) => { if (watching) seen.push(what); };
for (const name of Object.keys(fs).filter((name) => /^(append|chmod|copy|create|fchmod|ftruncate|futimes|link|mkdir|mkdtemp|rename|rm|symlink|truncate|unlink|utimes|write)/.test(name))) {
  const real = fs[name];
  fs[name] = (...args) => { note(name); return real(...args); };
}
const open = fs.openSync;
const CHANGES = fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT;
const changes = (flags) => (typeof flags === 'number' ? (flags & CHANGES) !== 0 : flags !== 'r');
fs.openSync = (path, flags, ...rest) => { if (changes(flags)) note('open ' + (flags & fs.constants.O_APPEND ? 'to append' : flags)); return open(path, flags, ...rest); };
syncBuiltinESMExports();
createHook({ init: (_, type) => { if (/TCP|UDP|PIPEWRAP|GETADDRINFO|PROCESSWRAP|TLS/.test(type)) note(type); } }).enable();
`;

const EVERYTHING = `watching = true;
const { createStartCounter } = await import('@avow/sdk/start-counter');
createStartCounter(suite.manifest, { folder: process.env.FOLDER })('photo');
suite.countStart('photo');
await suite.wake(); await suite.nextReports(); await suite.participation(); suite.sentLog(); suite.keptFiles(); suite.registration();
watching = false;
console.log(JSON.stringify(seen));`;

async function seenIn(prepare: string, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const script = `${WATCH}${OPEN_SUITE}${prepare}\n${EVERYTHING}`;
  const { status, stdout, stderr } = await sdk.run(script, { FOLDER: folder, NOW: '2026-11-03T12:00:00Z', ...env });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('watched from inside: no file, no packet, no process', () => {
  test.each([
    ['undecided', ''],
    ['off', 'suite.turnOff();'],
    [
      'left again',
      `await suite.turnOn(1); process.env.NOW = '2026-11-12T12:00:00Z'; suite.countStart('photo'); suite.turnOff();`,
    ],
    [
      'stopped by the environment',
      `await suite.turnOn(1); process.env.DO_NOT_TRACK = '1'; process.env.NOW = '2026-11-12T12:00:00Z';`,
    ],
  ])('%s', async (_, prepare) => expect(await seenIn(prepare)).toEqual([]));

  test('the watch sees what it is to see', async () => {
    const week = `await suite.turnOn(1); process.env.NOW = '2026-11-12T12:00:00Z'; suite.countStart('photo');
process.env.NOW = '2026-11-16T12:00:00Z'; await suite.wake(); process.env.NOW = '2026-11-20T12:00:00Z';`;
    expect(await seenIn(week)).toContain('open to append');
    expect(await seenIn(`${week} watching = true; await suite.wake(); watching = false;`)).toEqual(
      expect.arrayContaining(['TCPWRAP', 'renameSync', 'open wx']),
    );
  });
});
