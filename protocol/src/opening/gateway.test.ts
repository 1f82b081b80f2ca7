import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinaryRequest, decodeResponse, encodeRequest } from '../binary-http.ts';
import { AEAD_CHACHA20_POLY1305, type KeyConfig } from '../key-config.ts';
import { MAX_ENCAPSULATED_REQUEST, padRequest, TooLarge } from '../padding.ts';
import { createNodeSealer, sealRequest } from '../sealing/node-sealer.ts';
import { type Sealer, UnreadableAnswer } from '../sealing/sealer.ts';
import { createWebSealer } from '../sealing/web-sealer.ts';
import { createGateway, type Opened, type OpenedRequest } from './gateway.ts';
import { createGatewayKey, loadGatewayKey } from './gateway-key.ts';

const { key, privateJwk } = createGatewayKey(7);
const gateway = createGateway({
  keys: (keyId) => (keyId === 7 ? key : null),
  authority: 'vault.example',
  allows: (method, path) => method === 'POST' && path === '/registrations',
});
const chachaOnly: KeyConfig = {
  ...key.config,
  suites: key.config.suites.filter((s) => s.aead === AEAD_CHACHA20_POLY1305),
};

const request: BinaryRequest = {
  method: 'POST',
  scheme: 'https',
  authority: 'vault.example',
  path: '/registrations',
  headers: [['content-type', 'application/json']],
  body: new Uint8Array(Buffer.from('{"name":"Ada"}')),
};
const message = padRequest(encodeRequest(request));

function opened(result: Opened): OpenedRequest {
  if (!result.ok) throw new Error(`refused: ${result.refused}`);
  return result;
}

const senders: [string, Sealer, KeyConfig][] = [
  ['the browser', createWebSealer(), key.config],
  ['Node', createNodeSealer(), key.config],
  ['Node with ChaCha20-Poly1305', createNodeSealer(), chachaOnly],
];

describe('the gateway', () => {
  it.each(senders)('opens what %s sealed, and its answer is opened there', async (_name, sealer, config) => {
    const sealed = await sealer.seal(config, message);
    const result = opened(gateway.open(sealed.bytes));
    expect(result).toMatchObject({ keyId: 7, request, destinationRefused: false, malformed: false });
    expect(result.enc).toEqual(sealed.bytes.slice(7, 39));
    const answer = { status: 200, headers: [['content-type', 'application/json']], body: new Uint8Array([1, 2]) };
    const bytes = result.seal(answer as Parameters<OpenedRequest['seal']>[0]);
    expect(decodeResponse(await sealed.open(bytes))).toEqual(answer);
  });

  it.each(senders)('gives %s answers that cannot be changed, cut or swapped', async (_name, sealer, config) => {
    const sealed = await sealer.seal(config, message);
    const other = await sealer.seal(config, message);
    const bytes = opened(gateway.open(sealed.bytes)).seal({ status: 200, headers: [], body: new Uint8Array() });
    await expect(other.open(bytes)).rejects.toThrow(UnreadableAnswer);
    for (const length of [0, 15, 31, 47, bytes.length - 1]) {
      await expect(sealed.open(bytes.subarray(0, length))).rejects.toThrow(UnreadableAnswer);
    }
    for (const index of [0, 15, 16, 40, bytes.length - 1]) {
      const changed = new Uint8Array(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      await expect(sealed.open(changed)).rejects.toThrow(UnreadableAnswer);
    }
  });

  it('seals each answer under a nonce of its own', async () => {
    const { seal } = opened(gateway.open((await createNodeSealer().seal(key.config, message)).bytes));
    const answers = Array.from({ length: 600 }, () => seal({ status: 200, headers: [], body: new Uint8Array() }));
    expect(new Set(answers.map((bytes) => Buffer.from(bytes.subarray(0, 16)).toString('hex'))).size).toBe(600);
  });

  it('pads every answer to a size class', async () => {
    const sealed = await createNodeSealer().seal(key.config, message);
    const { seal } = opened(gateway.open(sealed.bytes));
    const sizes = [0, 1500, 3000, 100_000, 400_000].map(
      (length) => seal({ status: 200, headers: [], body: new Uint8Array(length) }).length - 32,
    );
    expect(sizes).toEqual([2048, 2048, 8192, 131_072, 524_288]);
    expect(() => seal({ status: 200, headers: [], body: new Uint8Array(524_288) })).toThrow(TooLarge);
  });

  it('refuses every flipped bit and every truncation', () => {
    const { bytes } = sealRequest(key.config, message);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (index, bit) => {
        const changed = new Uint8Array(bytes);
        changed[index] = (changed[index] ?? 0) ^ (1 << bit);
        expect(gateway.open(changed).ok).toBe(false);
        expect(gateway.open(bytes.subarray(0, index)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
    for (let bit = 0; bit < 55 * 8; bit++) {
      const changed = new Uint8Array(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(gateway.open(changed).ok).toBe(false);
    }
  });

  it('refuses whatever is no encapsulated request', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(gateway.open(bytes).ok).toBe(false);
        expect(gateway.open(Uint8Array.of(7, 0, 0x20, 0, 1, 0, 1, ...bytes)).ok).toBe(false);
      }),
    );
    expect(gateway.open(new Uint8Array(MAX_ENCAPSULATED_REQUEST + 1))).toEqual({ ok: false, refused: 'malformed' });
  });

  it('says which of the three plain refusals it is', () => {
    const { bytes } = sealRequest(key.config, message);
    const changed = (index: number, value: number) => new Uint8Array(bytes).fill(value, index, index + 1);
    expect(gateway.open(bytes.subarray(0, 54))).toEqual({ ok: false, refused: 'malformed' });
    expect(gateway.open(changed(0, 8))).toEqual({ ok: false, refused: 'key_unknown' });
    expect(gateway.open(changed(2, 0x10))).toEqual({ ok: false, refused: 'key_unknown' });
    expect(gateway.open(changed(6, 2))).toEqual({ ok: false, refused: 'key_unknown' });
    expect(gateway.open(bytes.subarray(0, 55))).toEqual({ ok: false, refused: 'not_decryptable' });
    const otherKey = createGatewayKey(7).key;
    expect(gateway.open(sealRequest(otherKey.config, message).bytes)).toEqual({
      ok: false,
      refused: 'not_decryptable',
    });
  });

  it('reads a view into a larger buffer', () => {
    const { bytes } = sealRequest(key.config, message);
    const buffer = Buffer.concat([Buffer.alloc(13, 9), bytes, Buffer.alloc(5, 9)]);
    expect(opened(gateway.open(buffer.subarray(13, 13 + bytes.length))).request).toEqual(request);
  });

  it.each([
    ['authority', { authority: 'other.example' }],
    ['scheme', { scheme: 'http' }],
    ['method', { method: 'GET' }],
    ['path', { path: '/registrations/1' }],
    ['query', { path: '/registrations?a=1' }],
  ])('opens a request for another %s only to refuse it under seal', async (_what, change) => {
    const sealed = await createNodeSealer().seal(key.config, encodeRequest({ ...request, ...change }));
    const result = opened(gateway.open(sealed.bytes));
    expect(result).toMatchObject({ destinationRefused: true, malformed: false });
    const refusal = result.seal({ status: 403, headers: [], body: new Uint8Array() });
    expect(decodeResponse(await sealed.open(refusal)).status).toBe(403);
  });

  it('answers a sealed message that is no request under seal', async () => {
    const sealed = await createNodeSealer().seal(key.config, Uint8Array.of(0, 3, 71));
    const result = opened(gateway.open(sealed.bytes));
    expect(result).toMatchObject({ destinationRefused: true, malformed: true });
    const refusal = result.seal({ status: 400, headers: [], body: new Uint8Array() });
    expect(decodeResponse(await sealed.open(refusal)).status).toBe(400);
  });

  it('opens with a key that was stored and loaded again, and with no other kind', () => {
    const again = createGateway({ keys: () => loadGatewayKey(7, privateJwk), authority: 'v', allows: () => true });
    expect(again.open(sealRequest(key.config, message).bytes).ok).toBe(true);
    const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    expect(() => loadGatewayKey(7, ed25519)).toThrow(TypeError);
  });
});

describe('the sealers', () => {
  it('use a new key for each request', async () => {
    for (const [, sealer, config] of senders) {
      const [a, b] = [await sealer.seal(config, message), await sealer.seal(config, message)];
      expect(a.bytes.slice(7, 39)).not.toEqual(b.bytes.slice(7, 39));
    }
  });

  it('seal nothing when the gateway offers no suite they know', async () => {
    const unknown: KeyConfig = {
      ...key.config,
      suites: [
        { kdf: 3, aead: 1 },
        { kdf: 1, aead: 2 },
      ],
    };
    await expect(createNodeSealer().seal(unknown, message)).rejects.toThrow('no supported suite');
    await expect(createWebSealer().seal(unknown, message)).rejects.toThrow('no supported suite');
    await expect(createWebSealer().seal(chachaOnly, message)).rejects.toThrow('no supported suite');
  });
});
