/**
 * One start of an application: 8 bytes, little-endian: magic `AV` (u16), number of the application (u16), CRC-32 of these four
 * bytes (u32). One record is one append; any number of processes append to the same file.
 */
const RECORD_BYTES = 8;
const MAGIC = 0x5641;
const POLYNOMIAL = 0xedb88320;

/** CRC-32 as in zlib. Bit by bit: there are four bytes, and nothing has to be loaded for it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  // No iterator: in a process that has just started it costs more than the sum.
  for (let at = 0; at < bytes.length; at++) {
    crc ^= bytes[at] ?? 0;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Throws RangeError unless `application` is 0 to 65535. */
export function startRecord(application: number): Buffer {
  const record = Buffer.allocUnsafe(RECORD_BYTES);
  record.writeUInt16LE(MAGIC, 0);
  record.writeUInt16LE(application, 2);
  record.writeUInt32LE(crc32(record.subarray(0, 4)), 4);
  return record;
}

function recordAt(bytes: Buffer, at: number): number | null {
  if (at + RECORD_BYTES > bytes.length || bytes.readUInt16LE(at) !== MAGIC) return null;
  return bytes.readUInt32LE(at + 4) === crc32(bytes.subarray(at, at + 4)) ? bytes.readUInt16LE(at + 2) : null;
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
