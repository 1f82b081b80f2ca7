import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visitorId } from './visitor-id.ts';

test('W6: a visitor id is the first 64 bits of HMAC-SHA-256 under the salt, whatever the traits', () => {
  const traits = fc.record({
    scope: fc.string(),
    registrableHost: fc.domain(),
    address: fc.oneof(fc.ipV4(), fc.ipV6()),
    userAgent: fc.string({ unit: 'grapheme', maxLength: 600 }),
  });
  const salts = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(salts, traits, (salt, { scope, registrableHost, address, userAgent }) => {
      const text = [scope, registrableHost, address, userAgent].join('\n');
      const expected = createHmac('sha256', salt).update(text).digest();
      const id = visitorId(Buffer.from(salt), { scope, registrableHost, address, userAgent });
      expect(id.text).toBe(expected.readBigUInt64BE().toString());
      expect([id.high, id.low]).toEqual([expected.readUInt32BE(0), expected.readUInt32BE(4)]);
    }),
  );
});
