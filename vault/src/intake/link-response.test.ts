import { randomUUID } from 'node:crypto';
import { MAX_ENCAPSULATED_REQUEST } from '@avow/protocol/padding';
import { MAX_VISIT_BATCH_BYTES } from '@avow/protocol/visits';
import { expect, test } from 'vitest';
import { readLinkResponse } from './link-response.ts';

const answer = (lane: string, bytes: number) =>
  Response.json({
    items: [{ id: randomUUID(), lane, body: Buffer.alloc(bytes).toString('base64'), awaited: false }],
    depth: 0,
    keySetVersion: null,
  });

test.each([
  ['prompt', MAX_ENCAPSULATED_REQUEST],
  ['visits', MAX_VISIT_BATCH_BYTES],
])('an item of the lane %s is taken up to its own size and not beyond', async (lane, bytes) => {
  expect((await readLinkResponse(answer(lane, bytes), 1)).items).toHaveLength(1);
  await expect(readLinkResponse(answer(lane, bytes + 3), 1)).rejects.toThrow('the wrong shape');
});

test('an item of a lane that nobody knows is not taken', async () => {
  await expect(readLinkResponse(answer('toString', 1), 1)).rejects.toThrow('the wrong shape');
});
