/** A collector behind a real server, on a real database, and browsers that speak to it. */
import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { zstdDecompressSync } from 'node:zlib';
import type { AvowConfig } from '@avow/config/config';
import type { CollectBody, VisitBatch, VisitEvent } from '@avow/protocol/visits';
import { type EdgeDatabase, openEdgeDatabase } from '../platform/database.ts';
import { silentLog } from '../platform/log.ts';
import { createRateLimits, type RateLimits } from '../platform/rate-limits.ts';
import { type RunningServer, startServer } from '../platform/server.ts';
import { createExchange, type Exchange } from '../spool/exchange.ts';
import type { StorageMarks } from '../spool/gauge.ts';
import { openSpool, type Spool } from '../spool/spool.ts';
import { exampleConfig, NO_MARKS } from '../testing.ts';
import { type Collector, openCollector } from './collector.ts';

/** What a browser of today sends. */
export const BROWSER: Record<string, string> = {
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
  'accept-language': 'de-DE,de;q=0.9,en;q=0.8',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'sec-fetch-site': 'same-origin',
  'sec-ch-ua-platform': '"Windows"',
  'content-type': 'text/plain;charset=UTF-8',
  origin: 'https://nordlicht.example',
};

export const eventId = (): string => randomBytes(8).toString('base64url');

/** A view of a page of the main site. */
export function view(path = '/', more: Partial<CollectBody> = {}): CollectBody {
  return { i: eventId(), u: `https://nordlicht.example${path}`, ...more };
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

export interface TestCollector {
  collector: Collector;
  db: EdgeDatabase;
  spool: Spool;
  exchange: Exchange;
  server: RunningServer;
  /** Unix milliseconds; may be set. */
  now: number;
  call(method: string, path: string, body: string | Buffer, headers: Record<string, string>): Promise<Answer>;
  /** As a browser would; `headers` on top of a browser's. */
  send(body: CollectBody, headers?: Record<string, string>): Promise<Answer>;
  /** Takes out everything that is in the spool. */
  batches(): Promise<VisitBatch[]>;
  events(): Promise<VisitEvent[]>;
  close(): Promise<void>;
}

export interface TestCollectorOptions {
  config?: (config: AvowConfig) => void;
  limits?: RateLimits;
  marks?: Partial<StorageMarks>;
  now?: number;
}

/** Monday noon in Berlin. */
export const MONDAY = Date.parse('2026-11-23T11:00:00Z');

export async function startTestCollector(
  databaseUrl: string,
  options: TestCollectorOptions = {},
): Promise<TestCollector> {
  const config = structuredClone(await exampleConfig());
  config.edge.trustedProxies = ['127.0.0.1'];
  options.config?.(config);
  const db = openEdgeDatabase(databaseUrl);
  const spool = await openSpool(db, { marks: { ...NO_MARKS, ...options.marks } });
  const exchange = createExchange({ spool });
  const limits = options.limits ?? createRateLimits(null);
  const time = { now: options.now ?? MONDAY };
  const collector = await openCollector({ config, db, exchange, limits, log: silentLog, clock: () => time.now });
  const server = await startServer(() => new Response('not collected', { status: 418 }), {
    host: '127.0.0.1',
    port: 0,
    before: collector.handle,
  });

  function call(method: string, path: string, body: string | Buffer, headers: Record<string, string>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${server.url}${path}`, { method, headers, agent: false }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('latin1');
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  async function batches(): Promise<VisitBatch[]> {
    const items = await spool.takeBatch(1000);
    await spool.acknowledge(items.map((item) => item.id));
    return items.map((item) => JSON.parse(zstdDecompressSync(item.body).toString('utf8')));
  }

  return {
    collector,
    db,
    spool,
    exchange,
    server,
    get now() {
      return time.now;
    },
    set now(now) {
      time.now = now;
    },
    call,
    send(body, headers = {}) {
      const all = { ...BROWSER, 'x-forwarded-for': '203.0.113.7', ...headers };
      const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
      return call('POST', '/collect', JSON.stringify(body), sent);
    },
    batches,
    events: async () => (await batches()).flatMap((batch) => batch.events),
    async close() {
      exchange.close();
      await server.stop(1_000);
      await collector.close();
      await spool.close();
      await db.destroy();
    },
  };
}
