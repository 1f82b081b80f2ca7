/** Sealing in browsers, on WebCrypto. AES-128-GCM only: browsers have no ChaCha20-Poly1305 there. */
import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke';
import { concatBytes } from '../byte-writer.ts';
import { AEAD_AES_128_GCM as AES_128_GCM, KDF_HKDF_SHA256 as HKDF_SHA256 } from '../key-config.ts';
import {
  chooseSuite,
  NONCE_BYTES,
  RESPONSE_KEY_LABEL,
  RESPONSE_LABEL,
  RESPONSE_NONCE_LABEL,
  requestHeader,
  requestInfo,
  TAG_BYTES,
} from './encapsulation.ts';
import { type Sealer, UnreadableAnswer } from './sealer.ts';

/** max(Nn, Nk) of AES-128-GCM. */
const SECRET_BYTES = 16;

async function openAnswer(
  secret: Uint8Array<ArrayBuffer>,
  enc: Uint8Array,
  response: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  if (response.length < SECRET_BYTES + TAG_BYTES) throw new UnreadableAnswer('the answer is too short');
  const salt = concatBytes(enc, response.subarray(0, SECRET_BYTES));
  const hkdf = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const derive = (info: Uint8Array<ArrayBuffer>, bytes: number) =>
    crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, hkdf, bytes * 8);
  const key = await crypto.subtle.importKey('raw', await derive(RESPONSE_KEY_LABEL, 16), 'AES-GCM', false, ['decrypt']);
  const iv = await derive(RESPONSE_NONCE_LABEL, NONCE_BYTES);
  try {
    const sealed = new Uint8Array(response.subarray(SECRET_BYTES));
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed));
  } catch (cause) {
    throw new UnreadableAnswer('the answer cannot be opened', { cause });
  }
}

export function createWebSealer(): Sealer {
  const hpke = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
  return {
    async seal(config, message) {
      const suite = chooseSuite(config, ({ kdf, aead }) => kdf === HKDF_SHA256 && aead === AES_128_GCM);
      const header = requestHeader(config.keyId, suite);
      const publicKey = await hpke.DeserializePublicKey(config.publicKey);
      const { encapsulatedSecret: enc, ctx } = await hpke.SetupSender(publicKey, { info: requestInfo(header) });
      const sealed = await ctx.Seal(message);
      const secret = new Uint8Array(await ctx.Export(RESPONSE_LABEL, SECRET_BYTES));
      return {
        bytes: concatBytes(header, enc, sealed),
        open: (response) => openAnswer(secret, enc, response),
      };
    },
  };
}
