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

/** Of each kind, in turn. */
const PROCESSES = 500;
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

/** What an application does when it starts: load the counter, make it, count. `total` is all three. */
const FIRST_CALL = `const start = process.hrtime.bigint();
const { createStartCounter } = await import(process.env.SDK);
const loaded = process.hrtime.bigint();
const count = createStartCounter(JSON.parse(process.env.SUITE), { folder: process.env.FOLDER });
const made = process.hrtime.bigint();
count('photo');
const counted = process.hrtime.bigint();
const us = (from, to) => Number(to - from) / 1000;
process.stdout.write(JSON.stringify({ load: us(start, loaded), make: us(loaded, made), call: us(made, counted), total: us(start, counted) }));`;

/** The same without the SDK: load an empty file, append eight bytes to a file that is there. What is slow here is Node or the machine. */
const FIRST_APPEND = `import { closeSync, openSync, writeSync } from 'node:fs';
const start = process.hrtime.bigint();
await import(process.env.SDK);
const loaded = process.hrtime.bigint();
const handle = openSync(process.env.FOLDER, 'a');
writeSync(handle, new Uint8Array(8));
closeSync(handle);
const counted = process.hrtime.bigint();
const us = (from, to) => Number(to - from) / 1000;
process.stdout.write(JSON.stringify({ load: us(start, loaded), make: 0, call: us(loaded, counted), total: us(start, counted) }));`;

type Phase = 'load' | 'make' | 'call' | 'total';

interface Kind {
  script: string;
  sdk: string;
  folder: string;
}

/** The kinds take turns, so that a busy moment of the machine meets all of them. */
function firstCalls<Name extends string>(kinds: Record<Name, Kind>): (name: Name, phase: Phase) => Times {
  const runs = new Map<string, Record<Phase, number>[]>();
  for (let n = 0; n < PROCESSES; n++) {
    for (const [name, { script, sdk, folder }] of Object.entries<Kind>(kinds)) {
      const more = { ...env, SDK: sdk, FOLDER: folder, SUITE: JSON.stringify(suite) };
      const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env: more });
      runs.set(name, [...(runs.get(name) ?? []), JSON.parse(said.toString())]);
    }
  }
  return (name, phase) => timesOf((runs.get(name) ?? []).map((run) => run[phase]));
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
  const empty = join(work, 'empty.js');
  writeFileSync(empty, '');
  const first = firstCalls({
    on: { script: FIRST_CALL, sdk, folder: join(work, 'on') },
    off: { script: FIRST_CALL, sdk, folder: join(work, 'off') },
    bare: { script: FIRST_APPEND, sdk: empty, folder: join(work, 'bare') },
  });
  const call = first('on', 'call');
  const bareCall = first('bare', 'call');
  const ok =
    on.median < LIMITS.median &&
    Math.max(off.median, undecided.median) < LIMITS.off &&
    call.worst < LIMITS.worstAtStart;
  const figures = {
    onMedianUs: on.median,
    onP99Us: on.p99,
    offMedianUs: off.median,
    offP99Us: off.p99,
    undecidedMedianUs: undecided.median,
    bareAppendMedianUs: bare.median,
    firstCallMedianUs: call.median,
    firstCallP99Us: call.p99,
    firstCallWorstUs: call.worst,
    firstBareAppendMedianUs: bareCall.median,
    firstBareAppendP99Us: bareCall.p99,
    firstBareAppendWorstUs: bareCall.worst,
    firstCallOffMedianUs: first('off', 'call').median,
    firstCallOffWorstUs: first('off', 'call').worst,
    loadingMedianUs: first('on', 'load').median,
    loadingEmptyFileMedianUs: first('bare', 'load').median,
    makingMedianUs: first('on', 'make').median,
    loadingToCountedMedianUs: first('on', 'total').median,
    loadingToCountedP99Us: first('on', 'total').p99,
    processes: PROCESSES,
    loadPerCore: Math.round((100 * (loadavg()[0] ?? 0)) / availableParallelism()) / 100,
  };
  await recordResult({
    name: 'sdk',
    summary: `counting a start takes ${on.median} µs (p99 ${on.p99}), off ${off.median} µs, undecided ${undecided.median} µs; a bare append ${bare.median} µs; the first call of ${PROCESSES} new processes ${call.median} µs in the median, ${call.worst} µs in the worst (their first bare append ${bareCall.median} and ${bareCall.worst} µs)`,
    ratio: Math.round((100 * bareCall.median) / call.median) / 100,
    figures,
  });
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  if (!ok) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
