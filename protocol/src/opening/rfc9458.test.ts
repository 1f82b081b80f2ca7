import { describe, expect, it } from 'vitest';
import vectors from '../../vectors/rfc9458-vectors.json' with { type: 'json' };
import { decodeRequest, decodeResponse, encodeResponse } from '../binary-http.ts';
import { decodeKeyConfig, decodeKeyConfigs, encodeKeyConfig, encodeKeyConfigs } from '../key-config.ts';
import { requestHeader, requestInfo } from '../sealing/encapsulation.ts';
import { openResponse, sealResponse } from '../sealing/node-response.ts';
import { sealRequest } from '../sealing/node-sealer.ts';
import { loadGatewayKey } from './gateway-key.ts';
import { openRequest } from './hpke-open.ts';

const example = vectors.rfc9458_appendix_a;
const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function jwk(secret: string, publicKey: string) {
  const [d, x] = [secret, publicKey].map((hex) => Buffer.from(hex, 'hex').toString('base64url'));
  return { kty: 'OKP', crv: 'X25519', d: d ?? '', x: x ?? '' };
}

/** The gateway of the example, with the suites it offers there. */
const gatewayKey = {
  ...loadGatewayKey(1, jwk(example.gatewaySecretKey, example.gatewayPublicKey)),
  config: decodeKeyConfig(fromHex(example.keyConfig)),
};
const ephemeral = jwk(example.clientEphemeralSecretKey, example.clientEphemeralPublicKey_enc);

describe('the example of RFC 9458, appendix A', () => {
  it('has the key configuration, alone and as a collection', () => {
    expect(toHex(encodeKeyConfig(gatewayKey.config))).toBe(example.keyConfig);
    const collection = vectors.ohttp_keys_media_type_of_example.hex;
    expect(toHex(encodeKeyConfigs([gatewayKey.config]))).toBe(collection);
    expect(decodeKeyConfigs(fromHex(collection))).toEqual([gatewayKey.config]);
  });

  it('has the HPKE info', () => {
    expect(toHex(requestInfo(requestHeader(1, { kdf: 1, aead: 1 })))).toBe(example.hpkeInfo);
  });

  it('is sealed byte for byte', () => {
    const sealed = sealRequest(gatewayKey.config, fromHex(example.binaryRequest), ephemeral);
    expect(toHex(sealed.bytes)).toBe(example.encapsulatedRequest);
  });

  it('is opened, and answered byte for byte', () => {
    const bytes = fromHex(example.encapsulatedRequest);
    const { context, message } = openRequest(gatewayKey, { kdf: 1, aead: 1 }, bytes);
    expect(toHex(message)).toBe(example.binaryRequest);
    expect(decodeRequest(message)).toEqual({
      method: 'GET',
      scheme: 'https',
      authority: 'example.com',
      path: '/',
      headers: [],
      body: new Uint8Array(),
    });
    const answer = sealResponse(context, fromHex(example.binaryResponse), fromHex(example.responseNonce));
    expect(toHex(answer)).toBe(example.encapsulatedResponse);
    expect(toHex(openResponse(context, answer))).toBe(example.binaryResponse);
  });

  it('has the answer that its client opens', async () => {
    const sealed = sealRequest(gatewayKey.config, fromHex(example.binaryRequest), ephemeral);
    const answer = await sealed.open(fromHex(example.encapsulatedResponse));
    expect(decodeResponse(answer)).toEqual({ status: 200, headers: [], body: new Uint8Array() });
    expect(decodeResponse(encodeResponse(decodeResponse(answer)))).toEqual(decodeResponse(answer));
  });
});
