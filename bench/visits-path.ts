/**
 * Page views through the whole path: acknowledged by the edge, carried over the link, stored by the vault in ClickHouse, all at
 * the same time on this machine, beside a bare node:http server under the same load in the same run. `npm run bench:visits-path`
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@clickhouse/client';
import { Client } from 'pg';
import { startTestHouse, type TestHouse } from '../flows/house.ts';
import { type LoadResult, runLoad, startBenchServer, stopBenchServer } from './collect-runs.ts';
import { processorTimes } from './processor-time.ts';
import { createRealtimeProbe } from './realtime-probe.ts';
import { recordResult } from './record-result.ts';

const SECONDS = Number(process.env.SECONDS ?? 30);
const BARE_SECONDS = 8;
const WARM_UP_SECONDS = 5;
/** Longer than all of it could take in one go. */
const DRAIN_SECONDS = 180;
const PROBES_WHEN_QUIET = 10;

interface PathResult extends LoadResult {
  acknowledged: number;
  /** Batches that were in the spool when the load ended. */
  depth: number;
  /** From the end of the load until the spool was empty. */
  drainSeconds: number;
  /** Page views a second, counted until the last of them was in ClickHouse. */
  throughPerSecond: number;
  /** Microseconds of processor time for each page view, by program. */
  cpuMicros: Record<string, number>;
}

const house = await startTestHouse({}, join(import.meta.dirname, 'behind-proxy.config.ts'));
const spool = new Client({ connectionString: house.engines.urls.edgeDatabase ?? '' });
const clickhouse = createClient({ url: house.engines.urls.clickhouse ?? '' });

async function waiting(): Promise<number> {
  const { rows } = await spool.query<{ n: number }>('SELECT count(*)::int AS n FROM spool_items');
  return rows[0]?.n ?? 0;
}

async function drained(): Promise<void> {
  const until = performance.now() + DRAIN_SECONDS * 1000;
  while ((await waiting()) > 0) {
    if (performance.now() > until) throw new Error(`the spool is not empty after ${DRAIN_SECONDS} s`);
    await sleep(50);
  }
}

async function stored(): Promise<{ events: number; ids: number }> {
  const query = 'SELECT count() AS events, uniqExact(id) AS ids FROM visit_events';
  const [row] = await (await clickhouse.query({ query, format: 'JSONEachRow' })).json<{
    events: string;
    ids: string;
  }>();
  return { events: Number(row?.events), ids: Number(row?.ids) };
}

async function measure(edgeUrl: string, connections: number, seconds: number): Promise<PathResult> {
  const before = await processorTimes();
  const began = performance.now();
  const load = await runLoad(edgeUrl, connections, seconds);
  const ended = performance.now();
  const depth = await waiting();
  await drained();
  const over = performance.now();
  const acknowledged = load.statuses['202'] ?? 0;
  const used = Object.entries(await processorTimes());
  return {
    ...load,
    acknowledged,
    depth,
    drainSeconds: Number(((over - ended) / 1000).toFixed(1)),
    throughPerSecond: Math.round((acknowledged * 1000) / (over - began)),
    cpuMicros: Object.fromEntries(
      used.map(([program, micros]) => [program, Math.round((micros - (before[program] ?? 0)) / acknowledged)]),
    ),
  };
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function measurePath({ edge }: TestHouse): Promise<void> {
  const edgeUrl = edge?.url ?? '';
  const figures: Record<string, number> = { seconds: SECONDS };
  const probe = await createRealtimeProbe(house);
  let acknowledged = (await measure(edgeUrl, 16, WARM_UP_SECONDS)).acknowledged;
  for (const connections of [16, 64]) {
    const bare = await startBenchServer('collect-bare.ts');
    await runLoad(bare.url, connections, 2);
    const plain = await runLoad(bare.url, connections, BARE_SECONDS);
    await stopBenchServer(bare);

    const probing = probe.keepProbing();
    const path = await measure(edgeUrl, connections, SECONDS);
    const delays = await probing.stop();
    acknowledged += path.acknowledged;
    Object.assign(figures, {
      [`bare${connections}PerSecond`]: plain.perSecond,
      [`path${connections}PerSecond`]: path.perSecond,
      [`path${connections}ThroughPerSecond`]: path.throughPerSecond,
      [`path${connections}P50Ms`]: path.p50,
      [`path${connections}P99Ms`]: path.p99,
      [`path${connections}DepthAtEnd`]: path.depth,
      [`path${connections}DrainSeconds`]: path.drainSeconds,
      [`path${connections}Ratio`]: Number((path.perSecond / plain.perSecond).toFixed(3)),
      ...Object.fromEntries(
        Object.entries(path.cpuMicros).map(([program, micros]) => [`path${connections}CpuMicros_${program}`, micros]),
      ),
      [`realtime${connections}MedianMs`]: Math.round(median(delays)),
      [`realtime${connections}WorstMs`]: Math.round(Math.max(...delays)),
    });
  }
  const quiet: number[] = [];
  for (let n = 0; n < PROBES_WHEN_QUIET; n += 1) quiet.push(await probe.delayMs());
  figures.realtimeQuietMedianMs = Math.round(median(quiet));
  figures.realtimeQuietWorstMs = Math.round(Math.max(...quiet));

  await drained();
  const { events, ids } = await stored();
  figures.acknowledged = acknowledged + probe.sent();
  figures.inClickHouse = events;
  figures.different = ids;
  figures.loadAverage = Number(loadavg()[0]?.toFixed(1));
  const line =
    `${figures.path16PerSecond} page views a second acknowledged over 16 connections and ${figures.path64PerSecond} over 64 while the vault drains ` +
    `(p99 ${figures.path16P99Ms} and ${figures.path64P99Ms} ms; ${figures.path16Ratio} and ${figures.path64Ratio} of a bare server); ` +
    `${figures.path16ThroughPerSecond} and ${figures.path64ThroughPerSecond} a second until all are in ClickHouse (${figures.path16DrainSeconds} and ${figures.path64DrainSeconds} s after the load); ` +
    `realtime after ${figures.realtime64MedianMs} ms under load and ${figures.realtimeQuietMedianMs} ms when quiet (medians); ` +
    `${figures.inClickHouse} of ${figures.acknowledged} acknowledged are there (load average ${figures.loadAverage})`;
  await recordResult({ name: 'visits-path', summary: line, ratio: figures.path64Ratio ?? 0, figures });
  process.stdout.write(`${line}\n`);
  process.exitCode = figures.acknowledged === events && events === ids ? 0 : 1;
}

try {
  await spool.connect();
  await measurePath(house);
} finally {
  await Promise.all([spool.end(), clickhouse.close()]);
  await house.remove();
}
