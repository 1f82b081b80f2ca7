/**
 * What a typed text says of itself, before any table of serials is asked: length, then typing errors, then the tag. Only what
 * passes all of them is worth a look-up.
 */
import type { KeyObject } from 'node:crypto';
import type { AvowConfig } from '@avow/config/config';
import { normaliseCrockford } from '@avow/protocol/crockford';
import type { RefusalCode } from '@avow/protocol/refusals';
import {
  decodeSerial,
  formatSerial,
  normaliseSerial,
  type SerialParts,
  serialIsWellFormed,
} from '@avow/protocol/serial';
import type { Keyring } from '../platform/keys/keyring.ts';
import { findSerialKey } from '../platform/keys/serial-keys.ts';
import { foldLegacySerial, printLegacySerial } from './legacy-serial.ts';
import { findEditionByCodes, hasLegacySerials } from './products-sold.ts';
import { serialTagIsRight, tagKey } from './serial-tag.ts';

/** In UTF-16 units, as typed. The forms allow 64 code points; nothing longer is even normalised. */
export const MAX_TYPED_SERIAL = 128;

const SERIAL_SYMBOLS = 25;

export type RecognisedSerial =
  | {
      ok: true;
      normalised: string;
      printed: string;
      index: Buffer;
      /** What it is refused for where no look-up finds it. A tagged one that was never issued is worth an alarm. */
      unlessKnown: RefusalCode;
      tagged: boolean;
    }
  | { ok: false; code: RefusalCode; wrongTag: boolean };

export type RecogniseSerial = (text: string) => Promise<RecognisedSerial>;

/** Purpose of the blind index: the one name under which serials are stored and looked up. */
export function serialIndex(keyring: Pick<Keyring, 'blindIndex'>, normalised: string): Buffer {
  return keyring.blindIndex('serial', normalised);
}

/** The one form of a serial that was accepted before, whichever kind it is. Throws for anything else. */
export function normaliseAccepted(printed: string): string {
  const normalised = serialIsWellFormed(printed) ? normaliseSerial(printed) : foldLegacySerial(printed);
  if (normalised === null) throw new Error('a stored serial is none');
  return normalised;
}

const refused = (code: RefusalCode, wrongTag = false): RecognisedSerial => ({ ok: false, code, wrongTag });

export function createSerialRecogniser(config: AvowConfig, keyring: Keyring): RecogniseSerial {
  const keys = new Map<number, KeyObject>();

  async function keyOf(keyId: number): Promise<KeyObject | null> {
    const known = keys.get(keyId);
    if (known) return known;
    const bytes = await findSerialKey(keyring, keyId);
    if (!bytes) return null;
    const key = tagKey(bytes);
    keys.set(keyId, key);
    return key;
  }

  async function recogniseTagged(normalised: string, parts: SerialParts): Promise<RecognisedSerial> {
    const key = await keyOf(parts.keyId);
    if (key === null || !serialTagIsRight(key, parts)) return refused('serial_unknown', true);
    if (!findEditionByCodes(config, parts.product, parts.edition)) return refused('serial_other_product');
    const printed = formatSerial(normalised);
    const index = serialIndex(keyring, normalised);
    return { ok: true, normalised, printed, index, unlessKnown: 'serial_unknown', tagged: true };
  }

  return async (text) => {
    if (text.length > MAX_TYPED_SERIAL) return refused('field_too_long');
    const parts = decodeSerial(text);
    if (parts) return recogniseTagged(normaliseSerial(text), parts);

    const normalised = hasLegacySerials(config) ? foldLegacySerial(text) : null;
    if (normalised === null) return refused('serial_mistyped');
    const printed = printLegacySerial(text);
    const index = serialIndex(keyring, normalised);
    // As long as one of ours: then it is one of ours with a typing error.
    const unlessKnown = normaliseCrockford(text)?.length === SERIAL_SYMBOLS ? 'serial_mistyped' : 'serial_unknown';
    return { ok: true, normalised, printed, index, unlessKnown, tagged: false };
  };
}
