/** Encapsulated responses on node:crypto (RFC 9458 section 4.4): sealed by the gateway, opened by the client. */
import { randomBytes } from 'node:crypto';
import {
  NONCE_BYTES,
  RESPONSE_KEY_LABEL,
  RESPONSE_LABEL,
  RESPONSE_NONCE_LABEL,
  responseSecretBytes,
  TAG_BYTES,
} from './encapsulation.ts';
import { expand, extract } from './node-hkdf.ts';
import { aeadOpen, aeadSeal, exportSecret, type HpkeContext } from './node-hpke.ts';
import { UnreadableAnswer } from './sealer.ts';

function responseKeys(context: HpkeContext, responseNonce: Uint8Array) {
  const secret = exportSecret(context, RESPONSE_LABEL, responseNonce.length);
  const prk = extract(Buffer.concat([context.enc, responseNonce]), secret);
  return {
    key: expand(prk, RESPONSE_KEY_LABEL, context.key.length),
    nonce: expand(prk, RESPONSE_NONCE_LABEL, NONCE_BYTES),
  };
}

/** `responseNonce` is random; only the RFC's example fixes it. */
export function sealResponse(
  context: HpkeContext,
  message: Uint8Array,
  responseNonce: Uint8Array = randomBytes(responseSecretBytes(context.key.length)),
): Buffer {
  const { key, nonce } = responseKeys(context, responseNonce);
  return Buffer.concat([responseNonce, aeadSeal(context.suite, key, nonce, message)]);
}

/** Throws UnreadableAnswer. */
export function openResponse(context: HpkeContext, response: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonceBytes = responseSecretBytes(context.key.length);
  if (response.length < nonceBytes + TAG_BYTES) throw new UnreadableAnswer('the answer is too short');
  const { key, nonce } = responseKeys(context, response.subarray(0, nonceBytes));
  try {
    return new Uint8Array(aeadOpen(context.suite, key, nonce, response.subarray(nonceBytes)));
  } catch (cause) {
    throw new UnreadableAnswer('the answer cannot be opened', { cause });
  }
}
