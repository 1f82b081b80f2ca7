/**
 * Memory of the edge while millions of page views pass through it, from more visitors than its table of open visits holds. What
 * is in the spool goes away once a second, as if a vault had taken it. `npm run bench:visits-memory`; EVENTS=1000000 for a shorter one.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@avow/engines/postgres';
import { Client } from 'pg';
import { type BenchServer, runLoad, startBenchServer, stopBenchServer } from './collect-runs.ts';
import { recordResult } from './record-result.ts';

const EVENTS = Number(process.env.EVENTS ?? 10_000_000);
const VISITORS = 400_000;
const CONNECTIONS = 64;
const SECONDS_PER_LOOK = 10;
/** The curve is recorded at these. */
const MARKS = [100_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000].filter((mark) => mark <= EVENTS);

interface Look {
  events: number;
  rssMb: number;
  heapMb: number;
}

async function look({ child }: BenchServer, events: number): Promise<Look> {
  const answered = once(child, 'message');
  child.send('use');
  const [{ rss, heap }] = await answered;
  return { events, rssMb: Math.round(rss / 2 ** 20), heapMb: Math.round(heap / 2 ** 20) };
}

const folder = await mkdtemp(join(tmpdir(), 'avow-bench-'));
const postgres = await startPostgres({ dir: join(folder, 'postgres'), roles: [{ name: 'edge', database: 'edge' }] });
const databaseUrl = postgres.urls.edge ?? '';
const vault = new Client({ connectionString: databaseUrl });
try {
  const edge = await startBenchServer('collect-edge.ts', { EDGE_DATABASE_URL: databaseUrl });
  await vault.connect();
  const taking = setInterval(() => void vault.query('DELETE FROM spool_items'), 1_000);
  const looks = [await look(edge, 0)];
  const began = performance.now();
  let events = 0;
  while (events < EVENTS) {
    const { statuses } = await runLoad(edge.url, CONNECTIONS, SECONDS_PER_LOOK, VISITORS);
    events += statuses['202'] ?? 0;
    const now = await look(edge, events);
    looks.push(now);
    process.stderr.write(`${events} page views: ${now.rssMb} MB resident, ${now.heapMb} MB heap\n`);
  }
  const perSecond = Math.round((events * 1000) / (performance.now() - began));
  clearInterval(taking);
  await stopBenchServer(edge);

  const at = (mark: number) => looks.find((one) => one.events >= mark)?.rssMb ?? 0;
  const start = looks[0]?.rssMb ?? 0;
  const most = Math.max(...looks.map(({ rssMb }) => rssMb));
  const end = looks.at(-1)?.rssMb ?? 0;
  const curve = MARKS.map((mark) => `${at(mark)} after ${mark.toLocaleString('en')}`).join(', ');
  await recordResult({
    name: 'visits-memory',
    summary: `The edge's memory: ${start} MB at the start, ${curve} page views of ${VISITORS.toLocaleString('en')} visitors; never more than ${most} MB`,
    ratio: Number((end / at(1_000_000 < EVENTS ? 1_000_000 : 0)).toFixed(2)),
    figures: {
      events,
      perSecond,
      startMb: start,
      mostMb: most,
      endMb: end,
      ...Object.fromEntries(MARKS.map((mark) => [`after${mark}Mb`, at(mark)])),
      curve: looks.map((one) => `${one.events}:${one.rssMb}/${one.heapMb}`).join(' '),
      loadAverage: Number(loadavg()[0]?.toFixed(1)),
    },
  });
} finally {
  await vault.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
