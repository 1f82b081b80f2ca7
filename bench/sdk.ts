/**
 * What counting a start costs an application, with the package that suites install: the first call in new processes, and many
 * calls in one, beside the same append without any of the questions. `npm run bench:sdk`
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSdk } from '@avow/sdk/build';
import { decideOff, decideOn } from '@avow/sdk/consent/consent';
import { formatDecision } from '@avow/sdk/consent/consent-file';
import { homeOf } from '@avow/sdk/place/home';
import { createStartCounter } from '@avow/sdk/start-counter';
import { recordResult } from './record-result.ts';

const PROCESSES = 200;
const CALLS = 20_000;
/** Microseconds. */
const LIMITS = { median: 100, off: 20, worstAtStart: 1_000 };

const work = mkdtempSync(join(tmpdir(), 'avow-bench-'));
const env = { HOME: work, PATH: process.env.PATH ?? '' };
const suite = { suite: 'suite', applications: [{ id: 'photo', number: 1 }], configuration: { fieldList: 1 } };
const decided = new Date(Date.now() - 21 * 86_400_000);

function homeWith(state: 'on' | 'off' | 'undecided'): string {
  const folder = join(work, state);
  if (state === 'on') decideOn(homeOf('suite', folder), 1, decided);
  if (state === 'off') decideOff(homeOf('suite', folder), 1, decided);
  return folder;
}

interface Times {
  median: number;
  p99: number;
  worst: number;
}

function timesOf(values: number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
  return { median: at(0.5), p99: at(0.99), worst: at(1) };
}

function manyCalls(call: () => void, calls = CALLS): Times {
  for (let n = 0; n < 2_000; n++) call();
  const times: number[] = [];
  for (let n = 0; n < calls; n++) {
    const before = process.hrtime.bigint();
    call();
    times.push(Number(process.hrtime.bigint() - before) / 1000);
  }
  return timesOf(times);
}

/** Stays below the cap of a week: a full counter writes nothing. */
const CALLS_ON = 6_000;

function counted(state: 'on' | 'off' | 'undecided'): Times {
  const options = { folder: homeWith(state), policyFile: join(work, 'policy'), env };
  const count = createStartCounter(suite, options);
  return manyCalls(() => count('photo'), state === 'on' ? CALLS_ON : CALLS);
}

const FIRST_CALL = `const loading = performance.now();
const { createStartCounter } = await import(process.env.SDK);
const loaded = performance.now() - loading;
const count = createStartCounter(JSON.parse(process.env.SUITE), { folder: process.env.FOLDER });
const cpu = process.threadCpuUsage();
const before = process.hrtime.bigint();
count('photo');
const clockUs = Number(process.hrtime.bigint() - before) / 1000;
const { user, system } = process.threadCpuUsage(cpu);
process.stdout.write(JSON.stringify({ clockUs, cpuUs: user + system, loadMs: loaded }));`;

function firstCalls(sdk: string, folder: string): { clock: Times; processor: Times; loadMs: number } {
  const more = { ...env, SDK: sdk, FOLDER: folder, SUITE: JSON.stringify(suite) };
  const runs = Array.from({ length: PROCESSES }, (): Record<string, number> => {
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', FIRST_CALL], { env: more });
    return JSON.parse(said.toString());
  });
  const of = (name: string) => timesOf(runs.map((run) => run[name] ?? 0));
  return { clock: of('clockUs'), processor: of('cpuUs'), loadMs: of('loadMs').median };
}

function bareAppend(): Times {
  const file = join(work, 'bare');
  writeFileSync(file, '');
  const record = Buffer.alloc(8);
  return manyCalls(() => {
    const handle = openSync(file, 'a');
    writeSync(handle, record);
    closeSync(handle);
  });
}

try {
  const built = join(work, 'sdk');
  await buildSdk(built);
  const bare = bareAppend();
  const on = counted('on');
  const off = counted('off');
  const undecided = counted('undecided');
  // A week of its own, so that nothing of the calls above is in it.
  writeFileSync(
    join(work, 'on', 'consent'),
    formatDecision({ choice: 'on', fieldList: 1, day: '2026-01-01', countsFrom: '2026-01-05' }),
  );
  const sdk = join(built, 'start-counter.js');
  const start = firstCalls(sdk, join(work, 'on'));
  const startOff = firstCalls(sdk, join(work, 'off'));
  const ok =
    on.median < LIMITS.median &&
    Math.max(off.median, undecided.median) < LIMITS.off &&
    start.processor.worst < LIMITS.worstAtStart;
  const figures = {
    onMedianUs: on.median,
    onP99Us: on.p99,
    offMedianUs: off.median,
    offP99Us: off.p99,
    undecidedMedianUs: undecided.median,
    bareAppendMedianUs: bare.median,
    firstCallMedianUs: start.clock.median,
    firstCallP99Us: start.clock.p99,
    firstCallWorstUs: start.clock.worst,
    firstCallMedianProcessorUs: start.processor.median,
    firstCallP99ProcessorUs: start.processor.p99,
    firstCallWorstProcessorUs: start.processor.worst,
    firstCallOffMedianUs: startOff.clock.median,
    firstCallOffWorstUs: startOff.clock.worst,
    loadingMs: start.loadMs,
    processes: PROCESSES,
    loadPerCore: Math.round((100 * (loadavg()[0] ?? 0)) / availableParallelism()) / 100,
  };
  await recordResult({
    name: 'sdk',
    summary: `counting a start takes ${on.median} µs (p99 ${on.p99}), off ${off.median} µs, undecided ${undecided.median} µs; the first call of ${PROCESSES} new processes ${start.clock.median} µs in the median, ${start.clock.worst} µs in the worst (processor time ${start.processor.worst} µs); a bare append ${bare.median} µs`,
    ratio: Math.round((100 * bare.median) / on.median) / 100,
    figures,
  });
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  if (!ok) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
