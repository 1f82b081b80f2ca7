/** W10 and W6 from the other side: an address goes into the access log and the count of failures, and nowhere else. */
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEdgeDatabase } from '../platform/database.ts';
import { createRateLimits } from '../platform/rate-limits.ts';
import { sealedBytes, startTestEdge } from '../testing.ts';

const ADDRESS = '198.51.100.77';
/** Plain, in hexadecimal as `::ffff:` addresses may be written, and as bytes in base64. */
const SHAPES = [ADDRESS, 'c633:644d', 'c633644d', Buffer.from([198, 51, 100, 77]).toString('base64').slice(0, 5)];

let database: TestDatabase;
const FEW = { perMinute: 1, burst: 6 };
const logged: string[] = [];
const answers: string[] = [];
let handedToVault = '';

beforeAll(async () => {
  database = await createTestDatabase();
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  const edge = await startTestEdge(database.url, {
    log,
    limits: createRateLimits({ pages: FEW, relay: FEW, collect: FEW, reports: FEW }),
  });
  const socket = { incoming: { socket: { remoteAddress: `::ffff:${ADDRESS}` } } };
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await edge.app.request(path, init, socket);
    answers.push(JSON.stringify([...response.headers]), await response.text());
  };
  const relayed = { 'content-type': 'message/ohttp-req', prefer: 'respond-async, wait=0', 'x-forwarded-for': ADDRESS };
  await send('/register');
  await send('/nowhere', { headers: { accept: 'text/html' } });
  await send('/relay', { method: 'POST', body: sealedBytes(), headers: relayed });
  await send('/relay', { method: 'POST', body: sealedBytes(), headers: relayed });
  await send('/register', { method: 'POST', body: new URLSearchParams({ givenName: 'Ada' }) });
  await send('/link', { method: 'POST', body: '{}' });
  for (let n = 0; n < 8; n++) await send('/sign-in');
  // A mistake of our own is logged, too.
  await sql`ALTER TABLE spool_items RENAME TO away`.execute(edge.db);
  await send('/relay', { method: 'POST', body: sealedBytes(), headers: relayed });
  await sql`ALTER TABLE away RENAME TO spool_items`.execute(edge.db);
  handedToVault = JSON.stringify(await edge.dial());
  await edge.close();
});

afterAll(() => database.drop());

const findIn = (text: string): string[] => SHAPES.filter((shape) => text.includes(shape));

test('in the database the address is in the access log and the count of failures, in no other table', async () => {
  const db = openEdgeDatabase(database.url);
  const { rows } = await sql<{ name: string }>`
    SELECT quote_ident(relname) AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace`.execute(db);
  const holding: string[] = [];
  for (const { name } of rows) {
    const dump = await sql<{ row: string }>`SELECT t::text AS row FROM ${sql.raw(name)} AS t`.execute(db);
    if (findIn(dump.rows.map(({ row }) => row).join('\n')).length > 0) holding.push(name);
  }
  await db.destroy();
  expect(holding.sort()).toEqual(['access_log', 'failure_counts']);
});

test('the log of the program, mistakes included, does not have it', () => {
  expect(logged.join('')).toContain('request failed');
  expect(findIn(logged.join(''))).toEqual([]);
});

test('what the vault is handed does not have it', () => {
  expect(JSON.parse(handedToVault).items).toHaveLength(2);
  expect(findIn(handedToVault)).toEqual([]);
});

test('no answer has it: neither a header, nor a page, nor a refusal', () => {
  expect(answers.join('')).toContain('too_many_requests');
  expect(findIn(answers.join(''))).toEqual([]);
});
