/** Kill -9 at every write of the client: what was counted is told once, and what left stands in the log. Acceptance 8. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDecision } from '@avow/sdk/consent/consent-file';
import { countRecords } from '@avow/sdk/counting/start-record';
import { readLog } from '@avow/sdk/log/sent-log';
import { homeOf } from '@avow/sdk/place/home';
import { createVendor } from '@avow/sdk/test-suite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type InstalledSdk, installSdk, OPEN_SUITE } from './installed-sdk.ts';
import { type ReportRelay, startReportRelay } from './report-relay.ts';

const vendor = createVendor();
let sdk: InstalledSdk;
let relay: ReportRelay;
let folder: string;

beforeAll(async () => {
  relay = await startReportRelay(vendor);
  sdk = await installSdk(vendor, relay.url);
}, 120_000);

afterAll(async () => {
  sdk.remove();
  await relay.close();
});

beforeEach(() => {
  folder = join(sdk.work, 'home');
});

const run = (script: string, env: NodeJS.ProcessEnv = {}) => sdk.run(script, { FOLDER: folder, ...env });

describe('killed at every moment (kill -9)', () => {
  test('eight processes that count: every record that was acknowledged is there, once', async () => {
    await run(`${OPEN_SUITE}await suite.turnOn(1)`, { NOW: '2026-11-03T12:00:00Z' });
    const script = `${OPEN_SUITE}import { openSync, writeSync } from 'node:fs';
const counted = openSync(process.env.COUNTED, 'a');
for (let n = 0; n < 900; n++) { suite.countStart('photo'); writeSync(counted, '.'); }`;
    const counted = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const file = join(sdk.work, `counted-${index}`);
        writeFileSync(file, '');
        const env = { ...sdk.env, FOLDER: folder, NOW: '2026-11-12T12:00:00Z', COUNTED: file };
        const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: sdk.path, env });
        const length = () => statSync(file).size;
        // Half of them are killed somewhere on their way.
        const killer = setInterval(() => index % 2 === 0 && length() > 100 * index && child.kill('SIGKILL'), 1);
        await new Promise((resolve) => child.on('close', resolve));
        clearInterval(killer);
        return length();
      }),
    );
    const total = counted.reduce((sum, one) => sum + one, 0);
    const starts = countRecords(readFileSync(join(homeOf('suite', folder).weeks, '2026-W46.starts'))).get(2) ?? 0;
    expect(starts).toBeGreaterThanOrEqual(total);
    // A process may die between the append and the point that it writes for it.
    expect(starts).toBeLessThanOrEqual(total + 4);
    expect(total).toBeGreaterThanOrEqual(4 * 900);
  }, 60_000);

  /** Ends the process before the n-th call of node:fs that changes anything, counted from `arm(n)` on. */
  const LIFE = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
let left = 0;
const arm = () => { left = Number(process.env.DIE_AT); };
for (const name of ['openSync', 'writeSync', 'renameSync', 'mkdirSync', 'rmSync', 'fsyncSync', 'utimesSync', 'closeSync']) {
  const real = fs[name];
  fs[name] = (...args) => { if (--left === 0) process.kill(process.pid, 'SIGKILL'); return real(...args); };
}
syncBuiltinESMExports();
const { openSuite, readManifest } = await import('@avow/sdk');
let now = '2026-11-03T12:00:00Z';
const suite = openSuite(readManifest('avow-suite.json'), { folder: process.env.FOLDER, clock: () => new Date(now), pause: async () => {}, compareClocks: false });
await suite.turnOn(1);
now = '2026-11-12T12:00:00Z';
suite.countStart('photo');
`;

  test('freezing and sending: the counts are told once, the log holds what left', async () => {
    let deaths = 0;
    for (let at = 1; ; at += at < 12 ? 1 : 9) {
      folder = join(sdk.work, `killed-${at}`);
      const arrived = relay.opened.length;
      const life = `${LIFE}now = '2026-11-16T12:00:00Z'; arm(); await suite.wake(); now = '2026-11-20T12:00:00Z'; await suite.wake();`;
      const died = (await run(life, { DIE_AT: String(at) })).signal === 'SIGKILL';
      // Taken over once it is old; no test waits for that.
      rmSync(homeOf('suite', folder).lock, { force: true });
      await run(
        `${OPEN_SUITE}await suite.wake(); process.env.NOW = '2026-11-21T12:00:00Z'; for (let n = 0; n < 5; n++) await suite.wake();`,
        { NOW: '2026-11-16T12:00:00Z' },
      );
      const bodies = relay.opened.slice(arrived).map((body) => JSON.parse(body));
      const ofTheWeek = bodies.filter(({ week }) => week === '2026-W46');
      expect(new Set(ofTheWeek.map(({ nonce }) => nonce)).size, `killed at ${at}`).toBe(16);
      const told = ofTheWeek.filter(({ application }) => application === 'photo').map(({ starts }) => starts);
      expect(new Set(told), `killed at ${at}`).toEqual(new Set(['1']));
      const log = readLog(homeOf('suite', folder).log);
      expect(log.intact, `killed at ${at}`).toBe(true);
      const logged = log.entries.flatMap((entry) => (entry.event === 'leaving' ? [JSON.parse(entry.body).nonce] : []));
      for (const { nonce } of ofTheWeek) expect(logged, `killed at ${at}`).toContain(nonce);
      if (!died) break;
      deaths++;
    }
    expect(deaths).toBeGreaterThan(20);
  }, 300_000);

  test('leaving: at the next occasion nothing is left, and nothing is counted in between (S5)', async () => {
    for (let at = 1; ; at++) {
      folder = join(sdk.work, `left-${at}`);
      const died = (await run(`${LIFE}arm(); suite.turnOff();`, { DIE_AT: String(at) })).signal === 'SIGKILL';
      const off = readDecision(join(folder, 'consent'))?.choice === 'off';
      if (off) {
        await run(`${OPEN_SUITE}suite.countStart('photo'); await suite.wake()`, { NOW: '2026-11-13T12:00:00Z' });
        expect(readdirSync(folder).sort(), `killed at ${at}`).toEqual(['consent', 'sent.jsonl']);
      }
      if (died) continue;
      expect(off).toBe(true);
      expect(at).toBeGreaterThan(8);
      break;
    }
  }, 120_000);
});
