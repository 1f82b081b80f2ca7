/**
 * Durable page views per second through `POST /collect`: each 202 is an event in PostgreSQL, fsynced. As a ratio to a bare
 * node:http server that parses the same body and keeps nothing, under the same load, in turns. By the clock, where the load and
 * PostgreSQL take their part of the cores, and by the processor time of the two servers alone. `npm run bench:collect`
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { startPostgres } from '@avow/engines/postgres';
import type { VisitBatch } from '@avow/protocol/visits';
import { Client } from 'pg';
import { type BenchServer, type LoadResult, runLoad, startBenchServer, stopBenchServer } from './collect-runs.ts';
import { recordResult } from './record-result.ts';

/** Odd, so that there is one in the middle. */
const ROUNDS = 5;
const SECONDS = 4;
/** Until the compiler has done its work. */
const WARM_UP_SECONDS = 8;

/** Resident megabytes, and microseconds of processor time so far. */
async function useOf({ child }: BenchServer): Promise<{ memoryMb: number; cpuMicros: number }> {
  const answered = once(child, 'message');
  child.send('use');
  const [{ rss, cpu }] = await answered;
  return { memoryMb: Math.round(rss / 2 ** 20), cpuMicros: cpu.user + cpu.system };
}

/** The load, and what one request cost the server in processor time: a busy machine makes waits longer, but hardly this. */
async function measure(server: BenchServer, connections: number): Promise<LoadResult & { cpuMicros: number }> {
  const before = await useOf(server);
  const result = await runLoad(server.url, connections, SECONDS);
  const { cpuMicros } = await useOf(server);
  return { ...result, cpuMicros: Number(((cpuMicros - before.cpuMicros) / (result.statuses['202'] ?? 1)).toFixed(1)) };
}

type Measured = Awaited<ReturnType<typeof measure>>;

/** Of several rounds: what is in the middle of each figure. */
function middleOf(rounds: readonly Measured[]): Record<'perSecond' | 'p50' | 'p99' | 'cpuMicros', number> {
  const middle = (of: (one: Measured) => number) =>
    rounds.map(of).toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN;
  return {
    perSecond: middle((one) => one.perSecond),
    p50: middle((one) => one.p50),
    p99: middle((one) => one.p99),
    cpuMicros: middle((one) => one.cpuMicros),
  };
}

/** What is really there: every event of every batch in the spool. */
async function eventsOnDisk(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ body: Buffer }>('SELECT body FROM spool_items');
  await client.end();
  const batches: VisitBatch[] = rows.map(({ body }) => JSON.parse(zstdDecompressSync(body).toString('utf8')));
  return batches.reduce((sum, { events }) => sum + events.length, 0);
}

const folder = await mkdtemp(join(tmpdir(), 'avow-bench-'));
const postgres = await startPostgres({ dir: join(folder, 'postgres'), roles: [{ name: 'edge', database: 'edge' }] });
const databaseUrl = postgres.urls.edge ?? '';
const figures: Record<string, number | string> = {};
let accepted = 0;
try {
  const bare = await startBenchServer('collect-bare.ts');
  const edge = await startBenchServer('collect-edge.ts', { EDGE_DATABASE_URL: databaseUrl });
  for (const { url } of [bare, edge]) {
    const { statuses } = await runLoad(url, 64, WARM_UP_SECONDS);
    if (url === edge.url) accepted += statuses['202'] ?? 0;
  }
  figures.memoryBeforeMb = (await useOf(edge)).memoryMb;
  for (const connections of [16, 64]) {
    const rounds: Record<'bare' | 'edge', Measured[]> = { bare: [], edge: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.bare.push(await measure(bare, connections));
      rounds.edge.push(await measure(edge, connections));
    }
    accepted += rounds.edge.reduce((sum, { statuses }) => sum + (statuses['202'] ?? 0), 0);
    const [plain, durable] = [middleOf(rounds.bare), middleOf(rounds.edge)];
    figures[`bare${connections}PerSecond`] = plain.perSecond;
    figures[`edge${connections}PerSecond`] = durable.perSecond;
    figures[`edge${connections}PerSecondByRound`] = rounds.edge.map(({ perSecond }) => perSecond).join(' ');
    figures[`edge${connections}P50Ms`] = durable.p50;
    figures[`edge${connections}P99Ms`] = durable.p99;
    figures[`bare${connections}CpuMicros`] = plain.cpuMicros;
    figures[`edge${connections}CpuMicros`] = durable.cpuMicros;
    figures[`ratio${connections}`] = Number((durable.perSecond / plain.perSecond).toFixed(3));
    figures[`cpuRatio${connections}`] = Number((plain.cpuMicros / durable.cpuMicros).toFixed(3));
  }
  figures.memoryAfterMb = (await useOf(edge)).memoryMb;
  await stopBenchServer(edge);
  await stopBenchServer(bare);
  figures.loadAverage = Number(loadavg()[0]?.toFixed(1));
  figures.accepted = accepted;
  figures.onDisk = await eventsOnDisk(databaseUrl);
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

const line =
  `${figures.edge16PerSecond} durable page views a second over 16 connections, ${figures.edge64PerSecond} over 64 ` +
  `(p99 ${figures.edge16P99Ms} and ${figures.edge64P99Ms} ms), ${figures.ratio16} and ${figures.ratio64} of a bare server by the clock; ` +
  `${figures.edge16CpuMicros} and ${figures.edge64CpuMicros} µs of the edge's processor time each, of which a bare server takes ${figures.cpuRatio16} and ${figures.cpuRatio64} ` +
  `(medians of ${ROUNDS} rounds in turns; load average ${figures.loadAverage})`;
await recordResult({ name: 'collect', summary: line, ratio: Number(figures.ratio64), figures });
process.stdout.write(`${line}\n`);
process.exitCode = figures.accepted === figures.onDisk ? 0 : 1;
