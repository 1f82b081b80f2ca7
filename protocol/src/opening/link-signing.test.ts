import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from '../base64url.ts';
import { contentDigest, type ReceivedLinkRequest, signatureBase, verifyLinkRequest } from '../link-signature.ts';
import { signLinkRequest } from './link-signing.ts';

const pair = generateKeyPairSync('ed25519');
const publicKey = decodeBase64url(pair.publicKey.export({ format: 'jwk' }).x ?? '') ?? new Uint8Array();
const body = Buffer.from('{"answers":[],"want":64,"waitSeconds":25}');
const now = new Date('2026-11-23T12:00:00.400Z');
const url = 'https://edge.example:8443/link';

const sent = { method: 'POST', url, body, privateKey: pair.privateKey, now };
const headers = signLinkRequest(sent);
const received: ReceivedLinkRequest = {
  method: 'POST',
  authority: 'edge.example:8443',
  path: '/link',
  headers,
  body,
  publicKey,
  now,
  seenNonce: () => false,
};

describe('a signed link request', () => {
  it('is accepted as it was sent', () => {
    expect(verifyLinkRequest(received)).toBe(true);
  });

  it.each<[string, Partial<ReceivedLinkRequest>]>([
    ['method', { method: 'PUT' }],
    ['edge', { authority: 'other.example' }],
    ['path', { path: '/link/' }],
    ['body', { body: Buffer.concat([body, Buffer.from(' ')]) }],
    ['digest', { headers: { ...headers, 'content-digest': contentDigest(Buffer.from('x')) } }],
    ['key', { publicKey: new Uint8Array(32).fill(3) }],
  ])('is refused with another %s', (_what, change) => {
    expect(verifyLinkRequest({ ...received, ...change })).toBe(false);
  });

  it('is refused when body and digest were changed together', () => {
    const other = Buffer.from('{}');
    const changed = { ...headers, 'content-digest': contentDigest(other) };
    expect(verifyLinkRequest({ ...received, body: other, headers: changed })).toBe(false);
  });

  it('is refused when a header is missing or a parameter was changed', () => {
    for (const name of Object.keys(headers)) {
      expect(verifyLinkRequest({ ...received, headers: { ...headers, [name]: undefined } })).toBe(false);
      expect(verifyLinkRequest({ ...received, headers: { ...headers, [name]: `${headers[name]} ` } })).toBe(false);
    }
    const input = headers['signature-input'] ?? '';
    const later = input.replace(/created=\d+/, (text) => `created=${Number(text.slice(8)) + 1}`);
    const otherNonce = input.replace(/nonce="./, (text) => (text.endsWith('A') ? 'nonce="B' : 'nonce="A'));
    const fewer = input.replace(' "content-digest"', '');
    const otherAlgorithm = input.replace('ed25519', 'hmac-sha256');
    for (const changed of [later, otherNonce, fewer, otherAlgorithm]) {
      expect(changed).not.toBe(input);
      expect(verifyLinkRequest({ ...received, headers: { ...headers, 'signature-input': changed } })).toBe(false);
    }
  });

  it('is good for a minute either way', () => {
    const at = (seconds: number) => verifyLinkRequest({ ...received, now: new Date(now.getTime() + seconds * 1000) });
    expect([at(-59), at(0), at(59)]).toEqual([true, true, true]);
    expect([at(-62), at(61), at(3600)]).toEqual([false, false, false]);
  });

  it('is accepted once', () => {
    const nonces = new Set<string>();
    const seenNonce = (nonce: string) => nonces.has(nonce) || !nonces.add(nonce);
    expect(verifyLinkRequest({ ...received, seenNonce })).toBe(true);
    expect(verifyLinkRequest({ ...received, seenNonce })).toBe(false);
    expect(verifyLinkRequest({ ...received, headers: signLinkRequest(sent), seenNonce })).toBe(true);
  });

  it('costs a forger no nonce', () => {
    const seenNonce = () => expect.fail('a nonce was remembered for a request that was not signed');
    verifyLinkRequest({ ...received, body: Buffer.from('x'), seenNonce });
    verifyLinkRequest({ ...received, now: new Date(0), seenNonce });
    verifyLinkRequest({ ...received, path: '/', seenNonce });
  });
});

describe('the signature base', () => {
  it('is that of RFC 9421, appendix B.2.6', () => {
    const der = 'MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF';
    const key = createPrivateKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'pkcs8' });
    const base = signatureBase(
      [
        ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
        ['@method', 'POST'],
        ['@path', '/foo'],
        ['@authority', 'example.com'],
        ['content-type', 'application/json'],
        ['content-length', '18'],
      ],
      '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    );
    const signature = 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==';
    expect(sign(null, base, key).toString('base64')).toBe(signature);
  });
});
