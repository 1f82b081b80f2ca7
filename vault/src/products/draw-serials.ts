/** New serials with random unit ids: never in sequence, never one twice in a run, never one that is stored already. */
import { type KeyObject, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { encodeSerial, formatSerial } from '@avow/protocol/serial';
import type { Keyring } from '../platform/keys/keyring.ts';
import type { EditionSold } from './products-sold.ts';
import { serialIndex } from './recognise-serial.ts';
import type { SerialStore } from './serial-store.ts';
import { serialTag } from './serial-tag.ts';

/** Layout version of the serials made today. */
const SERIAL_VERSION = 1;
const UNIT_BYTES = 5;
const SLICE = 500;

export interface FreshSerial {
  printed: string;
  index: Buffer;
}

export type Draw = (count: number) => FreshSerial[];

export function createDraw(options: {
  keyring: Pick<Keyring, 'blindIndex'>;
  sold: Pick<EditionSold, 'productCode' | 'editionCode'>;
  keyId: number;
  key: KeyObject;
  random?: (bytes: number) => Buffer;
}): Draw {
  const { keyring, sold, keyId, key, random = randomBytes } = options;
  const head = { version: SERIAL_VERSION, keyId, product: sold.productCode, edition: sold.editionCode };
  const drawn = new Set<number>();

  function serialOf(unit: bigint): FreshSerial {
    const serial = encodeSerial({ ...head, unit, tag: serialTag(key, { ...head, unit }) });
    return { printed: formatSerial(serial), index: serialIndex(keyring, serial) };
  }

  return (wanted) => {
    const fresh: FreshSerial[] = [];
    while (fresh.length < wanted) {
      const bytes = random(UNIT_BYTES * (wanted - fresh.length));
      for (let at = 0; at < bytes.length; at += UNIT_BYTES) {
        const unit = bytes.readUIntBE(at, UNIT_BYTES);
        if (drawn.has(unit)) continue;
        drawn.add(unit);
        fresh.push(serialOf(BigInt(unit)));
      }
    }
    return fresh;
  };
}

/** Drawing keeps the program busy: between slices it sends what PostgreSQL waits for. */
export async function drawInSlices(draw: Draw, wanted: number): Promise<FreshSerial[]> {
  const fresh: FreshSerial[] = [];
  while (fresh.length < wanted) {
    fresh.push(...draw(Math.min(SLICE, wanted - fresh.length)));
    await setImmediate();
  }
  return fresh;
}

/** With a million sold, every second batch of a million draws one that an earlier batch has: those are drawn again. */
export async function replaceStored(
  store: Pick<SerialStore, 'findStored'>,
  draw: Draw,
  chunk: FreshSerial[],
): Promise<FreshSerial[]> {
  for (;;) {
    const stored = await store.findStored(chunk.map(({ index }) => index));
    if (stored.size === 0) return chunk;
    const again = draw(stored.size);
    for (const position of stored.keys()) {
      const replacement = again.pop();
      if (replacement) chunk[position] = replacement;
    }
  }
}
