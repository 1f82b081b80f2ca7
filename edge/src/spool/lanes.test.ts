import { randomBytes, randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import type { Lane } from '@avow/protocol/link';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyTables, startTestEdge, type TestEdge } from '../testing.ts';

let database: TestDatabase;
let edge: TestEdge;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await emptyTables(database.url);
  edge = await startTestEdge(database.url);
});

afterEach(() => edge.close());

async function put(lane: Lane, bytes = 100): Promise<string> {
  const id = randomUUID();
  await edge.spool.put({ id, lane, body: randomBytes(bytes) });
  return id;
}

describe('the lanes of the link', () => {
  test('a request that somebody waits for is not kept waiting by batches of visits', async () => {
    for (let n = 0; n < 5; n++) await put('visits');
    const prompt = await put('prompt');
    const [first, second] = await edge.spool.takeBatch(2);
    expect(first?.id === prompt || second?.id === prompt).toBe(true);
  });

  test('a vault may ask for one of them only', async () => {
    const visits = await put('visits');
    const prompt = await put('prompt');
    expect((await edge.dial({ lanes: ['prompt'] })).items.map((item) => item.id)).toEqual([prompt]);
    expect((await edge.dial({ lanes: ['prompt'] })).items).toEqual([]);
    expect((await edge.dial()).items).toMatchObject([{ id: visits, lane: 'visits', awaited: false }]);
  });

  test('one answer holds no more bytes than the vault will read, and the rest comes next', async () => {
    for (let n = 0; n < 5; n++) await put('visits', 1000);
    expect(await edge.spool.takeBatch(64, { maxBytes: 2500 })).toHaveLength(2);
    expect(await edge.spool.takeBatch(64, { maxBytes: 2500 })).toHaveLength(2);
    expect(await edge.spool.takeBatch(64, { maxBytes: 2500 })).toHaveLength(1);
  });

  test('an answer without a body acknowledges a batch of visits: it goes for good', async () => {
    await edge.exchange.keep('visits', Buffer.from('{}'));
    const { items } = await edge.dial();
    expect(items).toMatchObject([{ lane: 'visits', body: 'e30=' }]);
    await edge.dial({ answers: items.map(({ id }) => ({ id })), want: 0 });
    expect(await edge.exchange.depth()).toBe(0);
    expect(await edge.exchange.collect(items[0]?.id ?? '')).toBe('unknown');
  });

  test('a vault that waits is told of a new batch at once', async () => {
    const dialled = edge.dial({ waitSeconds: 20 });
    await edge.exchange.keep('visits', Buffer.from('{}'));
    expect((await dialled).items).toHaveLength(1);
  });
});
