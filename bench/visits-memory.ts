/**
 * Memory of the edge, the vault and both engines while millions of page views go the whole way into ClickHouse, from more visitors
 * than the edge's table of open visits holds. `npm run bench:visits-memory`; EVENTS=1000000 for a shorter one.
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@clickhouse/client';
import { Client } from 'pg';
import { startTestHouse } from '../flows/house.ts';
import { runLoad } from './collect-runs.ts';
import { memoryInUse } from './processor-time.ts';
import { recordResult } from './record-result.ts';

const EVENTS = Number(process.env.EVENTS ?? 10_000_000);
const VISITORS = 400_000;
const CONNECTIONS = 256;
const SECONDS_PER_LOAD = 30;
const SECONDS_PER_LOOK = 5;
const DRAIN_SECONDS = 600;
/** Over the second half of the time, by the line that fits the looks best. The engines keep caches as large as they are allowed. */
const MOST_GROWTH = 1.1;
const HELD_TO_IT = ['edge', 'vault'];
const PARTS = 32;
const PROGRAMS = ['edge', 'vault', 'postgres', 'clickhouse'];

interface Look {
  seconds: number;
  events: number;
  /** Megabytes, by program. */
  memory: Record<string, number>;
}

/** What the line that fits best says of the end, divided by what it says of the beginning. */
function growth(looks: readonly Look[], program: string): number {
  const points = looks.map(({ seconds, memory }) => ({ x: seconds, y: memory[program] ?? 0 }));
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const slope = mean((point) => (point.x - x) * (point.y - y)) / mean((point) => (point.x - x) ** 2);
  const at = (seconds: number) => y + slope * (seconds - x);
  return Number((at(points.at(-1)?.x ?? 0) / at(points[0]?.x ?? 0)).toFixed(3));
}

/** Every so often until `stop`, which gives all looks. */
function keepLooking(events: () => number): { looks: Look[]; stop(): Promise<Look[]> } {
  const looks: Look[] = [];
  const stopping = new AbortController();
  const began = performance.now();
  async function look(): Promise<void> {
    while (!stopping.signal.aborted) {
      const seconds = Math.round((performance.now() - began) / 1000);
      looks.push({ seconds, events: events(), memory: await memoryInUse() });
      await sleep(SECONDS_PER_LOOK * 1000, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }
  const looked = look();
  return {
    looks,
    async stop() {
      stopping.abort();
      await looked;
      return looks;
    },
  };
}

const house = await startTestHouse({}, join(import.meta.dirname, 'behind-proxy.config.ts'));
const spool = new Client({ connectionString: house.engines.urls.edgeDatabase ?? '' });
const clickhouse = createClient({ url: house.engines.urls.clickhouse ?? '' });

async function waiting(): Promise<number> {
  const { rows } = await spool.query<{ n: number }>('SELECT count(*)::int AS n FROM spool_items');
  return rows[0]?.n ?? 0;
}

/** Different ids, a part of them at a time: all together would not fit into what the engine may take. */
async function stored(): Promise<number> {
  let ids = 0;
  for (let part = 0; part < PARTS; part += 1) {
    const query = `SELECT uniqExact(id) AS ids FROM visit_events WHERE id % ${PARTS} = ${part}`;
    const [row] = await (await clickhouse.query({ query, format: 'JSONEachRow' })).json<{ ids: string }>();
    ids += Number(row?.ids);
  }
  return ids;
}

async function measureMemory(edgeUrl: string): Promise<void> {
  let events = 0;
  const looking = keepLooking(() => events);
  const began = performance.now();
  while (events < EVENTS) {
    const { statuses } = await runLoad(edgeUrl, CONNECTIONS, SECONDS_PER_LOAD, VISITORS);
    events += statuses['202'] ?? 0;
    const { memory } = looking.looks.at(-1) ?? { memory: {} };
    process.stderr.write(`${events} page views: ${JSON.stringify(memory)} MB, ${await waiting()} batches wait\n`);
  }
  const minutes = (performance.now() - began) / 60_000;
  const looks = await looking.stop();
  for (let seconds = 0; seconds < DRAIN_SECONDS && (await waiting()) > 0; seconds += 1) await sleep(1_000);

  const second = looks.slice(Math.floor(looks.length / 2));
  const most = (program: string) => Math.max(...looks.map(({ memory }) => memory[program] ?? 0));
  const grown = Object.fromEntries(PROGRAMS.map((program) => [program, growth(second, program)]));
  const inClickHouse = await stored();
  const line =
    `${events.toLocaleString('en')} page views of ${VISITORS.toLocaleString('en')} visitors through the whole path in ${minutes.toFixed(1)} minutes: ` +
    `the edge never took more than ${most('edge')} MB, the vault ${most('vault')}, PostgreSQL ${most('postgres')}, ClickHouse ${most('clickhouse')}; ` +
    `over the second half the edge's memory became ${grown.edge} times what it was, the vault's ${grown.vault}, ClickHouse's ${grown.clickhouse} ` +
    `(1 is flat); ${inClickHouse.toLocaleString('en')} are in ClickHouse (load average ${loadavg()[0]?.toFixed(1)})`;
  await recordResult({
    name: 'visits-memory',
    summary: line,
    ratio: grown.edge ?? 0,
    figures: {
      events,
      inClickHouse,
      minutes: Number(minutes.toFixed(1)),
      perSecond: Math.round(events / minutes / 60),
      ...Object.fromEntries(
        PROGRAMS.flatMap((program) => [
          [`${program}MostMb`, most(program)],
          [`${program}Growth`, grown[program] ?? 0],
          [`${program}Curve`, looks.map(({ memory }) => memory[program] ?? 0).join(' ')],
        ]),
      ),
      curveEvents: looks.map((look) => look.events).join(' '),
      loadAverage: Number(loadavg()[0]?.toFixed(1)),
    },
  });
  process.stdout.write(`${line}\n`);
  const flat = HELD_TO_IT.every((program) => (grown[program] ?? 0) <= MOST_GROWTH);
  process.exitCode = flat && inClickHouse === events ? 0 : 1;
}

try {
  await spool.connect();
  await measureMemory(house.edge?.url ?? '');
} finally {
  await Promise.all([spool.end(), clickhouse.close()]);
  await house.remove();
}
