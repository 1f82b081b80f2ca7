import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedMessage } from './byte-reader.ts';
import { concatBytes } from './byte-writer.ts';
import { decodeKeyConfig, decodeKeyConfigs, encodeKeyConfig, encodeKeyConfigs, type KeyConfig } from './key-config.ts';

const configs: fc.Arbitrary<KeyConfig> = fc.record({
  keyId: fc.nat(255),
  publicKey: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes)),
  suites: fc.array(fc.record({ kdf: fc.nat(0xffff), aead: fc.nat(0xffff) }), { minLength: 1, maxLength: 4 }),
});

const good: KeyConfig = { keyId: 1, publicKey: new Uint8Array(32).fill(5), suites: [{ kdf: 1, aead: 1 }] };

describe('key configurations', () => {
  it('read back what they wrote, alone and as a collection', () => {
    fc.assert(
      fc.property(fc.array(configs, { maxLength: 4 }), (list) => {
        expect(decodeKeyConfigs(encodeKeyConfigs(list))).toEqual(list);
        for (const config of list) expect(decodeKeyConfig(encodeKeyConfig(config))).toEqual(config);
      }),
    );
  });

  it('are 45 bytes with two suites', () => {
    expect(
      encodeKeyConfig({
        ...good,
        suites: [
          { kdf: 1, aead: 1 },
          { kdf: 1, aead: 3 },
        ],
      }),
    ).toHaveLength(45);
  });

  it('are refused when cut or extended anywhere', () => {
    const bytes = encodeKeyConfig(good);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeKeyConfig(bytes.subarray(0, length))).toThrow(MalformedMessage);
    }
    expect(() => decodeKeyConfig(concatBytes(bytes, new Uint8Array(1)))).toThrow(MalformedMessage);
    expect(() => decodeKeyConfig(concatBytes(bytes, new Uint8Array(4)))).toThrow(MalformedMessage);
  });

  it('are refused without suites, and with half of one', () => {
    const bytes = encodeKeyConfig(good);
    const empty = new Uint8Array(bytes.subarray(0, 37));
    empty[36] = 0;
    expect(() => decodeKeyConfig(empty)).toThrow(MalformedMessage);
    const half = new Uint8Array(bytes.subarray(0, 39));
    half[36] = 2;
    expect(() => decodeKeyConfig(half)).toThrow(MalformedMessage);
    expect(() => encodeKeyConfig({ ...good, suites: [] })).toThrow(RangeError);
    for (const keyId of [-1, 256, 1.5]) expect(() => encodeKeyConfig({ ...good, keyId })).toThrow(RangeError);
    expect(() => encodeKeyConfig({ ...good, publicKey: new Uint8Array(31) })).toThrow(RangeError);
  });

  it('are thrown away as a collection when one of them is malformed', () => {
    const bytes = encodeKeyConfig(good);
    const entry = concatBytes(Uint8Array.of(0, bytes.length), bytes);
    const cutEntry = concatBytes(Uint8Array.of(0, bytes.length - 1), bytes.subarray(0, -1));
    expect(decodeKeyConfigs(concatBytes(entry, entry))).toHaveLength(2);
    for (const bad of [cutEntry, entry.subarray(0, -1), Uint8Array.of(0), Uint8Array.of(0, 0)]) {
      expect(() => decodeKeyConfigs(concatBytes(entry, bad))).toThrow(MalformedMessage);
      if (bad.length > 2) expect(() => decodeKeyConfigs(concatBytes(bad, entry))).toThrow(MalformedMessage);
    }
    // The old form without lengths.
    expect(() => decodeKeyConfigs(bytes)).toThrow(MalformedMessage);
  });

  it('of another KEM are passed over in a collection, and refused alone', () => {
    const other = encodeKeyConfig(good);
    other[1] = 0x64;
    other[2] = 0x7a;
    const collection = concatBytes(Uint8Array.of(0, other.length), other, encodeKeyConfigs([good]));
    expect(decodeKeyConfigs(collection)).toEqual([good]);
    expect(() => decodeKeyConfig(other)).toThrow(MalformedMessage);
  });
});
