/**
 * The printed serial: 25 Crockford symbols in five groups. 24 carry 120 bits (version 4, key id 4, product 8, edition 4,
 * unit 40, tag 60), the last is the check symbol. Here is the format only: whether a serial is genuine is the vault's word.
 */
import { CROCKFORD_ALPHABET, normaliseCrockford, symbolValue } from './crockford.ts';
import { dammCheckSymbol } from './damm.ts';

export interface SerialParts {
  /** 0 to 15. */
  version: number;
  /** 0 to 15: which key made the tag. */
  keyId: number;
  /** 0 to 255. */
  product: number;
  /** 0 to 15. */
  edition: number;
  /** 40 bits, random. */
  unit: bigint;
  /** 60 bits, truncated HMAC. */
  tag: bigint;
}

const PAYLOAD_SYMBOLS = 24;
const SERIAL_SYMBOLS = PAYLOAD_SYMBOLS + 1;

const LAYOUT = [
  ['version', 4n],
  ['keyId', 4n],
  ['product', 8n],
  ['edition', 4n],
  ['unit', 40n],
  ['tag', 60n],
] as const;

/** The 25 canonical symbols, or the text as it is when it has not that form (serials sold before this platform). */
export function normaliseSerial(text: string): string {
  const symbols = normaliseCrockford(text);
  return symbols?.length === SERIAL_SYMBOLS ? symbols : text;
}

/** Alphabet, length and check symbol; every single typing error and every swap of two symbols is noticed. */
export function serialIsWellFormed(text: string): boolean {
  const symbols = normaliseCrockford(text);
  if (symbols?.length !== SERIAL_SYMBOLS) return false;
  return dammCheckSymbol(symbols.slice(0, PAYLOAD_SYMBOLS)) === symbols[PAYLOAD_SYMBOLS];
}

/** `ABCDE-FGHJK-…`, as printed. Expects what `normaliseSerial` gives; other texts come back unchanged. */
export function formatSerial(serial: string): string {
  const isOurs = serial.length === SERIAL_SYMBOLS && normaliseCrockford(serial) === serial;
  return isOurs ? serial.replace(/.{5}(?=.)/g, '$&-') : serial;
}

/** 25 symbols. Throws RangeError if a part is too large for its place. */
export function encodeSerial(parts: SerialParts): string {
  let bits = 0n;
  for (const [name, width] of LAYOUT) {
    const value = BigInt(parts[name]);
    if (value < 0n || value >> width !== 0n) throw new RangeError(`${name} does not fit in ${width} bits`);
    bits = (bits << width) | value;
  }
  let payload = '';
  for (let i = BigInt(PAYLOAD_SYMBOLS) - 1n; i >= 0n; i--) {
    payload += CROCKFORD_ALPHABET[Number((bits >> (i * 5n)) & 31n)];
  }
  return payload + dammCheckSymbol(payload);
}

/** The parts of a well-formed serial as typed; null otherwise. */
export function decodeSerial(text: string): SerialParts | null {
  if (!serialIsWellFormed(text)) return null;
  let bits = 0n;
  for (const symbol of normaliseSerial(text).slice(0, PAYLOAD_SYMBOLS)) {
    bits = (bits << 5n) | BigInt(symbolValue(symbol) ?? 0);
  }
  const take = (width: bigint, after: bigint): bigint => (bits >> after) & ((1n << width) - 1n);
  return {
    version: Number(take(4n, 116n)),
    keyId: Number(take(4n, 112n)),
    product: Number(take(8n, 104n)),
    edition: Number(take(4n, 100n)),
    unit: take(40n, 60n),
    tag: take(60n, 0n),
  };
}

const TAG_DOMAIN = new TextEncoder().encode('avow/serial/1\0');

/** What the tag is the HMAC-SHA-256 of (its first 60 bits): everything before it in the serial. */
export function serialTagInput(parts: Omit<SerialParts, 'tag'>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(TAG_DOMAIN.length + 10);
  bytes.set(TAG_DOMAIN);
  const view = new DataView(bytes.buffer, TAG_DOMAIN.length);
  view.setUint8(0, (parts.version << 4) | parts.keyId);
  view.setUint8(1, parts.product);
  view.setBigUint64(2, (BigInt(parts.edition) << 40n) | parts.unit);
  return bytes;
}
