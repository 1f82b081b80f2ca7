/**
 * The SDK as a vendor gets it: packed, installed from its tarball into an empty folder, and used from there by processes of its
 * own. Acceptance 1 (trace) and 8 (kill -9), the C example, and that there is no other way out than Oblivious HTTP.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { weekOf } from '@avow/protocol/improvement/weeks';
import { readDecision } from '@avow/sdk/consent/consent-file';
import { countRecords, startRecord } from '@avow/sdk/counting/start-record';
import { homeOf } from '@avow/sdk/place/home';
import { createVendor } from '@avow/sdk/test-suite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type InstalledSdk, installSdk, OPEN_SUITE } from './installed-sdk.ts';
import { type ReportRelay, startReportRelay } from './report-relay.ts';

const HOUSE = fileURLToPath(new URL('..', import.meta.url));
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

const run = (script: string, env: NodeJS.ProcessEnv = {}, wrapper?: string[]) =>
  sdk.run(script, { FOLDER: folder, ...env }, wrapper);

const COUNT = `import { createStartCounter } from '@avow/sdk/start-counter';
import { readFileSync } from 'node:fs';
createStartCounter(JSON.parse(readFileSync('avow-suite.json', 'utf8')), { folder: process.env.FOLDER, clock: () => new Date(process.env.NOW ?? Date.now()) })('photo');\n`;

describe('the package', () => {
  test('has no dependency, and says which Node it needs', async () => {
    expect(readdirSync(join(sdk.path, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@avow']);
    const { dependencies, peerDependencies, engines } = JSON.parse(
      readFileSync(join(sdk.path, 'node_modules/@avow/sdk/package.json'), 'utf8'),
    );
    expect({ dependencies, peerDependencies, engines }).toEqual({ engines: { node: '>=22.3' } });
  });

  test('counts, shows, seals and sends from where it was installed', async () => {
    expect(
      (await run(`${OPEN_SUITE}console.log(JSON.stringify(await suite.turnOn(1)))`, { NOW: '2026-11-03T12:00:00Z' }))
        .stdout,
    ).toBe('{"done":true}\n');
    await run(COUNT, { NOW: '2026-11-12T12:00:00Z' });
    await run(`${OPEN_SUITE}await suite.wake()`, { NOW: '2026-11-16T12:00:00Z' });
    const before = relay.opened.length;
    const woken = await run(`${OPEN_SUITE}console.log(JSON.stringify(await suite.wake()))`, {
      NOW: '2026-11-20T12:00:00Z',
    });
    expect(JSON.parse(woken.stdout)).toMatchObject({ sent: 4, waiting: 12, held: null });
    expect(relay.opened).toHaveLength(before + 4);
  });

  test('has types that a strict consumer compiles with, without the house', async () => {
    const source = `import { openSuite, readManifest, type WakeResult } from '@avow/sdk';
import { createStartCounter } from '@avow/sdk/start-counter';
const suite = openSuite(readManifest('avow-suite.json'));
const manifest: string = suite.manifest.suite;
createStartCounter(suite.manifest)('photo');
const woken: WakeResult = await suite.wake();
const list: number | undefined = (await suite.participation()).configuration?.fieldList;
// @ts-expect-error a result has no such field, which only a checker that sees the types can tell
woken.nothing;
process.stdout.write(manifest + String(list));\n`;
    writeFileSync(join(sdk.path, 'consumer.ts'), source);
    const typeRoots = [join(HOUSE, 'node_modules', '@types')];
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2024',
      types: ['node'],
      typeRoots,
    };
    writeFileSync(join(sdk.path, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
    const checked = spawnSync(process.execPath, [tsc, '-p', sdk.path], { encoding: 'utf8' });
    expect(checked.stdout).toBe('');
    expect(checked.status).toBe(0);
  }, 60_000);

  test('counts a start with nothing to load, and with nothing left to compile in the first call', () => {
    const counter = readFileSync(join(sdk.path, 'node_modules/@avow/sdk/start-counter.js'), 'utf8');
    expect(counter).not.toMatch(/^import /m);
    // V8 compiles functions in parentheses when the file is loaded, all others when they are called.
    const functions = counter
      .split('\n')
      .filter((line) => /=>|\bfunction\b/.test(line) && !/^\s*(\*|\/[/*])/.test(line));
    expect(functions.length).toBeGreaterThan(10);
    for (const line of functions) expect(line).toMatch(/^(const \w+ =|\s*return) \(\(/);
  });

  test('contains no transport but fetch, and no fetch but for keys, configuration and sealed bodies', async () => {
    const root = join(sdk.path, 'node_modules/@avow/sdk');
    const files = readdirSync(root, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.js'));
    const code = files.map((name) => readFileSync(join(root, name), 'utf8')).join('\n');
    const builtins = new Set([...code.matchAll(/(?:from |getBuiltinModule\()"(node:[^"]+)"/g)].map(([, name]) => name));
    expect([...builtins].sort()).toEqual([
      'node:crypto',
      'node:fs',
      'node:os',
      'node:path',
      'node:readline/promises',
      'node:timers/promises',
      'node:util',
    ]);
    expect(code).not.toMatch(
      /\brequire\(|\bimport\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|getBuiltinModule(?!\("node:)|process\.binding/,
    );
    const addresses = new Set([...code.matchAll(/\$\{[^}]*\bedge\}(\/[a-z./]+)/g)].map(([, path]) => path));
    expect([...addresses].sort()).toEqual(['/improvement/config.json', '/keys.json', '/relay', '/relay/reports']);
    // One body leaves, in one place: what the sealer made.
    expect(code.match(/method: "POST"/g)).toHaveLength(1);
    expect(code.match(/body: sealed\.bytes/g)).toHaveLength(1);
  });

  test('says nothing to the edge but these four, whatever it does', async () => {
    expect(new Set(relay.requests.map(({ path }) => path)).size).toBeGreaterThan(0);
    for (const { path } of relay.requests)
      expect(path).toMatch(/^\/(keys\.json|improvement\/config\.json|relay|relay\/reports)$/);
  });
});

const hasStrace = spawnSync('strace', ['-V']).status === 0;

/** System calls that make or change a file, or open a socket. */
async function traced(script: string, more: NodeJS.ProcessEnv = {}) {
  const log = join(sdk.work, `trace-${homes}`);
  const calls =
    'trace=openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,socket,connect,sendto,execve,fork,vfork';
  const done = await run(script, more, ['strace', '-f', '-qq', '-e', calls, '-o', log]);
  const lines = readFileSync(log, 'utf8').split('\n');
  return {
    done,
    executed: lines.filter((line) => /execve\(/.test(line)).length,
    sockets: lines.filter((line) => /\b(socket|connect|sendto)\(/.test(line)),
    writes: lines
      .filter((line) => /^\d+ +(?:mkdir|rename|unlink|link|creat|open)\w*\(/.test(line))
      .filter((line) => !/^\d+ +open/.test(line) || /O_WRONLY|O_RDWR|O_CREAT/.test(line))
      .filter((line) => !/"\/dev\/|ENOENT/.test(line)),
  };
}

describe.runIf(hasStrace)('traced (undecided or off: no file, no process, no packet)', () => {
  const everything = `${OPEN_SUITE}suite.countStart('photo'); await suite.wake(); await suite.nextReports(); await suite.participation(); suite.sentLog();`;
  const states: [string, () => Promise<NodeJS.ProcessEnv>][] = [
    ['undecided', async () => ({})],
    [
      'off',
      async () => {
        await run(`${OPEN_SUITE}suite.turnOff()`);
        return {};
      },
    ],
    [
      'on, with DO_NOT_TRACK',
      async () => {
        await run(`${OPEN_SUITE}await suite.turnOn(1)`, { NOW: '2026-11-03T12:00:00Z' });
        return { DO_NOT_TRACK: '1' };
      },
    ],
  ];

  test.each(states)('%s', async (_, prepare) => {
    const more = await prepare();
    for (const script of [COUNT, everything]) {
      const { done, executed, sockets, writes } = await traced(script, more);
      expect(done.status, done.stderr).toBe(0);
      expect({ executed, sockets, writes }).toEqual({ executed: 1, sockets: [], writes: [] });
    }
  });

  test('on: a start is one appended file and nothing else', async () => {
    await run(`${OPEN_SUITE}await suite.turnOn(1)`, { NOW: '2026-11-03T12:00:00Z' });
    const { executed, sockets, writes } = await traced(COUNT, { NOW: '2026-11-12T12:00:00Z' });
    expect({ executed, sockets }).toEqual({ executed: 1, sockets: [] });
    expect(writes).toHaveLength(1);
    expect(writes[0]).toMatch(/2026-W46\.starts", O_RDWR\|O_CREAT\|O_APPEND/);
  });

  test('the trace sees what it is to see: a wake that sends has sockets and writes', async () => {
    await run(`${OPEN_SUITE}await suite.turnOn(1)`, { NOW: '2026-11-03T12:00:00Z' });
    await run(COUNT, { NOW: '2026-11-12T12:00:00Z' });
    await run(`${OPEN_SUITE}await suite.wake()`, { NOW: '2026-11-16T12:00:00Z' });
    const { sockets, writes } = await traced(`${OPEN_SUITE}await suite.wake()`, { NOW: '2026-11-20T12:00:00Z' });
    expect(sockets.length).toBeGreaterThan(0);
    expect(writes.length).toBeGreaterThan(0);
  });
});

const hasCompiler = spawnSync('cc', ['--version']).status === 0;

describe(hasCompiler ? 'the C example' : 'the C example (there is no cc here: it was not compiled)', () => {
  const policy = '/nonexistent/policy';
  let program: string;
  beforeAll(() => {
    program = join(sdk.work, 'count-start');
    const source = join(sdk.path, 'node_modules/@avow/sdk/native/count-start.c');
    if (hasCompiler) execFileSync('cc', ['-std=gnu99', '-Wall', '-Wextra', '-Werror', '-o', program, source]);
  });
  const count = (args: string[], more: NodeJS.ProcessEnv = {}) =>
    spawnSync(program, args, { env: { ...sdk.env, ...more } });
  const week = weekOf(new Date());
  const startsFile = () => join(homeOf('suite', folder).weeks, `${week}.starts`);

  test.runIf(hasCompiler)(
    'counts what the SDK counts, byte for byte, and only where the person takes part',
    async () => {
      count([folder, policy, '1', '2']);
      expect(existsSync(folder)).toBe(false);
      const decided = new Date(Date.now() - 21 * 86_400_000).toISOString();
      await run(`${OPEN_SUITE}await suite.turnOn(1)`, { NOW: decided });
      expect(readDecision(join(folder, 'consent'))?.choice).toBe('on');
      expect(count([folder, policy, '1', '513']).status).toBe(0);
      expect(readFileSync(startsFile())).toEqual(Buffer.from(startRecord(513)));
      await run(COUNT);
      expect(Object.fromEntries(countRecords(readFileSync(startsFile())))).toEqual({ 513: 1, 2: 1 });
      for (const [args, more] of [
        [[folder, policy, '2', '7'], {}],
        [[folder, process.execPath, '1', '7'], {}],
        [[folder, policy, '1', '7'], { DO_NOT_TRACK: '1' }],
        [[folder, policy, '1', '7'], { CI: 'true' }],
        [[folder, policy, '1', '7'], { HOME: '/nonexistent' }],
        [[folder, policy, '1', '7'], { HOME: '/dev/null' }],
      ] as const) {
        count([...args], more);
      }
      await run(`${OPEN_SUITE}suite.turnOff()`);
      count([folder, policy, '1', '7']);
      expect(existsSync(startsFile())).toBe(false);
    },
  );

  test.runIf(hasCompiler)('counts nothing before the first counted day', async () => {
    await run(`${OPEN_SUITE}await suite.turnOn(1)`);
    count([folder, policy, '1', '7']);
    expect(readdirSync(homeOf('suite', folder).weeks)).toEqual([]);
  });
});
