import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPublishedKeys } from '../platform/published-keys.ts';
import { emptyTables, nextKeySet, startTestEdge, type TestEdge } from '../testing.ts';
import { createRelay } from './relay.ts';
import { createPlainFormSealer, type SealPlainForm } from './seal-plain-form.ts';

let database: TestDatabase;
let edge: TestEdge;
let seal: SealPlainForm;

async function startWith(keySets: number): Promise<void> {
  const keys = await openPublishedKeys(edge.db, edge.root.publicKey);
  if (keySets > 0) await keys.offer(await nextKeySet(edge.root, null));
  seal = createPlainFormSealer(createRelay({ exchange: edge.exchange, keys }), keys, 'vault.example');
}

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await emptyTables(database.url);
  edge = await startTestEdge(database.url);
});

afterEach(async () => {
  await edge.close();
});

const form = { email: 'MARKED-NAME@example.org', language: 'en' } as const;

test('a plain form is spooled sealed: its words are nowhere in the spool', async () => {
  await startWith(1);
  const sent = seal('POST /sign-in-links', form, 'en');
  const { items } = await edge.dial({ want: 1, waitSeconds: 10 });
  const body = Buffer.from(items[0]?.body ?? '', 'base64');
  expect(body.length).toBe(2048 + 55);
  expect(body.toString('latin1')).not.toContain('MARKED');
  expect(items[0]?.awaited).toBe(true);
  const { rows } = await sql`SELECT FROM spool_items WHERE position('MARKED'::bytea IN body) > 0`.execute(edge.db);
  expect(rows).toEqual([]);
  await edge.dial({ answers: [{ id: items[0]?.id ?? '', refused: 'malformed' }] });
  expect(await sent).toMatchObject({ kind: 'refused', error: { code: 'malformed' } });
});

test('it is accepted, and the answer can be asked for later, when the vault takes its time', async () => {
  await startWith(1);
  const sent = seal('POST /sign-in-links', form, 'de');
  await edge.dial({ want: 1, waitSeconds: 10 });
  edge.exchange.close();
  const outcome = await sent;
  expect(outcome.kind).toBe('accepted');
  expect(outcome.kind === 'accepted' && (await outcome.answerLater())).toBe(null);
});

test('before the vault has brought its key, nothing is sealed and nothing is kept', async () => {
  await startWith(0);
  expect(await seal('POST /sign-in-links', form, 'de')).toMatchObject({
    kind: 'refused',
    error: { code: 'vault_away' },
  });
  expect((await edge.dial()).items).toEqual([]);
});
