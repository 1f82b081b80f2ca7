import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readVisitBatch } from './read-batch.ts';

const rules = { sites: new Set(['main']), today: '2026-11-23' };
const quiet = { day: '2026-11-23', site: 'main', path: '/', views: 3 };
const json = JSON.stringify({ version: 1, events: [], minutes: [], active: [], drops: [], quiet: [quiet] });

test('a batch is read as it is and compressed', () => {
  expect(readVisitBatch(Buffer.from(json), rules)?.quiet).toEqual([quiet]);
  expect(readVisitBatch(zstdCompressSync(json), rules)?.quiet).toEqual([quiet]);
});

test('bytes that would unpack to more than a batch may hold are no batch', () => {
  const bomb = zstdCompressSync(`${json.slice(0, -1)},"more":"${'x'.repeat(64 * 1024 * 1024)}"}`);
  expect(bomb.length).toBeLessThan(100_000);
  expect(readVisitBatch(bomb, rules)).toBeNull();
  expect(readVisitBatch(bomb.subarray(0, 100), rules)).toBeNull();
});
