import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countRecords, startRecord } from './start-record.ts';

describe('a start record', () => {
  test('is what the contract for native programs says, byte for byte', () => {
    const record = Buffer.from(startRecord(0x0203));
    expect(record.subarray(0, 4)).toEqual(Buffer.from([0x41, 0x56, 0x03, 0x02]));
    expect(record.readUInt32LE(4)).toBe(crc32(record.subarray(0, 4)));
    expect(record).toHaveLength(8);
  });

  test('is counted by application', () => {
    const bytes = Buffer.concat([1, 2, 1, 65_535, 1].map(startRecord));
    expect(Object.fromEntries(countRecords(bytes))).toEqual({ 1: 3, 2: 1, 65535: 1 });
    expect(() => startRecord(65_536)).toThrow(RangeError);
  });

  test('is counted whatever was torn before, between and after', () => {
    const torn = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 7 }));
    fc.assert(
      fc.property(fc.array(torn, { maxLength: 40 }), fc.integer({ min: 0, max: 7 }), (parts, tail) => {
        const whole = new Map<number, number>();
        const pieces = parts.flatMap(([application, length]) => {
          whole.set(application, (whole.get(application) ?? 0) + 1);
          return [startRecord(99).subarray(0, length), startRecord(application)];
        });
        const bytes = Buffer.concat([...pieces, startRecord(98).subarray(0, tail)]);
        expect(countRecords(bytes)).toEqual(whole);
      }),
    );
  });

  test('that was damaged is not counted', () => {
    const record = startRecord(5);
    for (let bit = 0; bit < 64; bit++) {
      const damaged = Buffer.from(record);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(countRecords(damaged).size).toBe(0);
    }
  });
});
