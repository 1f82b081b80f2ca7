/**
 * One start of an application: 8 bytes, little-endian: magic `AV` (u16), number of the application (u16), CRC-32 of these four
 * bytes (u32). One record is one append; any number of processes append to the same file.
 */
import type { AtOnce } from '../at-once.ts';

const RECORD_BYTES = 8;
const MAGIC = 0x5641;
const POLYNOMIAL = 0xedb88320;

/** CRC-32, as in zlib, of four bytes from `at` on. Bit by bit: nothing has to be loaded or made for it. */
const crcOfFour = ((bytes: Uint8Array, at: number): number => {
  let crc = 0xffffffff;
  for (let byte = at; byte < at + 4; byte++) {
    crc ^= bytes[byte] ?? 0;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}) satisfies AtOnce;

/** Throws RangeError unless `application` is 0 to 65535. */
export const startRecord = ((application: number): Uint8Array => {
  if (!(application >= 0 && application <= 0xffff)) throw new RangeError('there is no such application number');
  const record = new Uint8Array(RECORD_BYTES);
  record[0] = MAGIC;
  record[1] = MAGIC >>> 8;
  record[2] = application;
  record[3] = application >>> 8;
  const crc = crcOfFour(record, 0);
  for (let byte = 0; byte < 4; byte++) record[4 + byte] = crc >>> (8 * byte);
  return record;
}) satisfies AtOnce;

function recordAt(bytes: Buffer, at: number): number | null {
  if (at + RECORD_BYTES > bytes.length || bytes.readUInt16LE(at) !== MAGIC) return null;
  return bytes.readUInt32LE(at + 4) === crcOfFour(bytes, at) ? bytes.readUInt16LE(at + 2) : null;
}

/** Starts by number of the application. What is torn or damaged is passed over, byte by byte, up to the next whole record. */
export function countRecords(bytes: Buffer): Map<number, number> {
  const starts = new Map<number, number>();
  for (let at = 0; at + RECORD_BYTES <= bytes.length; ) {
    const application = recordAt(bytes, at);
    if (application !== null) starts.set(application, (starts.get(application) ?? 0) + 1);
    at += application === null ? 1 : RECORD_BYTES;
  }
  return starts;
}
