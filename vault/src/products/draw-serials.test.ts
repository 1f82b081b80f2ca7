import { randomBytes } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import { decodeSerial } from '@avow/protocol/serial';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDraw, drawInSlices, replaceStored } from './draw-serials.ts';
import { writeSerials } from './serial-store.ts';
import { tagKey } from './serial-tag.ts';
import { openTestProducts, type TestProducts } from './test-products.ts';

let house: TestProducts;
beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
});
afterAll(() => house.close());

const key = tagKey(randomBytes(32));
/** Draws these unit ids first, then what chance gives. */
function drawing(...units: number[]) {
  const random = (bytes: number) => {
    const buffer = randomBytes(bytes);
    for (let at = 0; at < bytes && units.length > 0; at += 5) buffer.writeUIntBE(units.shift() ?? 0, at, 5);
    return buffer;
  };
  return createDraw({ keyring: house.keyring, sold: { productCode: 8, editionCode: 3 }, keyId: 0, key, random });
}
const unitOf = (serial: { printed: string } | undefined) => Number(decodeSerial(serial?.printed ?? '')?.unit);

test('a unit id that chance gives twice is used once', () => {
  const drawn = drawing(7, 7, 9, 7)(4).map(unitOf);
  expect(drawn.slice(0, 2)).toEqual([7, 9]);
  expect(new Set(drawn).size).toBe(4);
});

test('as many are drawn as wanted, the smallest and the largest unit id among them', async () => {
  const drawn = await drawInSlices(drawing(0, 2 ** 40 - 1), 1201);
  expect(drawn).toHaveLength(1201);
  expect(drawn.slice(0, 2).map(unitOf)).toEqual([0, 2 ** 40 - 1]);
});

test('one that an earlier batch has is drawn again, and so is a replacement that it has too', async () => {
  const sold = drawing(1, 2, 3)(3);
  await writeSerials(house.vaultUrl, async (store) => {
    const id = crypto.randomUUID();
    const about = { product: 'nordlicht-suite', edition: 'studio', note: '', day: '2026-11-23' };
    await store.addBatch({ id, kind: 'unit', keyId: 0, serials: 3, ...about });
    await store.addSerials(
      id,
      sold.map(({ index }) => index),
    );
    const draw = drawing(4, 1, 2, 5, 3, 6, 8);
    const chunk = await replaceStored(store, draw, draw(4));
    expect(chunk.map(unitOf).sort()).toEqual([4, 5, 6, 8]);
    return 'roll back';
  });
});
