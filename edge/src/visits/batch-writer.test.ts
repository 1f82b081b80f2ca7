import { zstdDecompressSync } from 'node:zlib';
import { createTestDatabase } from '@avow/engines/testing';
import type { VisitBatch } from '@avow/protocol/visits';
import { expect, test } from 'vitest';
import { openEdgeDatabase } from '../platform/database.ts';
import { createExchange } from '../spool/exchange.ts';
import { openSpool } from '../spool/spool.ts';
import { emptyTables, NO_MARKS } from '../testing.ts';
import { createBatchWriter } from './batch-writer.ts';
import { createDropCounts } from './drop-counts.ts';

test('drops that found the storage full are told, once, when there is room again', async () => {
  const database = await createTestDatabase();
  await emptyTables(database.url);
  const db = openEdgeDatabase(database.url);
  const marks = { ...NO_MARKS, spoolMaxBytes: 10 };
  const spool = await openSpool(db, { marks });
  const exchange = createExchange({ spool });
  const drops = createDropCounts();
  const writer = createBatchWriter({
    keep: (body) => exchange.keep('visits', body),
    drops,
    active: () => [],
    clock: Date.now,
  });
  const at = { hour: 1_795_431_600, day: '2026-11-23' };
  try {
    drops.count('main', 'malformed', at);
    await expect(writer.flush()).rejects.toThrow();
    drops.count('main', 'malformed', at);
    marks.spoolMaxBytes = NO_MARKS.spoolMaxBytes;
    await writer.flush();
    await writer.flush();
    const told = (await spool.takeBatch(10)).flatMap(
      ({ body }) => (JSON.parse(zstdDecompressSync(body).toString()) as VisitBatch).drops,
    );
    expect(told).toEqual([{ ...at, site: 'main', reason: 'malformed', count: 2 }]);
  } finally {
    exchange.close();
    await spool.close();
    await db.destroy();
    await database.drop();
  }
});
