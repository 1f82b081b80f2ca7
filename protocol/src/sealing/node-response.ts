/** Encapsulated responses on node:crypto (RFC 9458 section 4.4): sealed by the gateway, opened by the client. */
import { randomFillSync } from 'node:crypto';
import type { Suite } from '../key-config.ts';
import {
  NONCE_BYTES,
  RESPONSE_KEY_LABEL,
  RESPONSE_LABEL,
  RESPONSE_NONCE_LABEL,
  responseSecretBytes,
  TAG_BYTES,
} from './encapsulation.ts';
import { expand, expandInfo, extract } from './node-hkdf.ts';
import { aeadOpen, aeadSeal, exportInfo, exportSecret, type HpkeContext } from './node-hpke.ts';
import { UnreadableAnswer } from './sealer.ts';

const KEY_INFO = expandInfo(RESPONSE_KEY_LABEL);
const NONCE_INFO = expandInfo(RESPONSE_NONCE_LABEL);

/** By AEAD. */
const exportInfos = new Map<number, Buffer>();

function exportInfoOf(suite: Suite, bytes: number): Buffer {
  const info = exportInfos.get(suite.aead) ?? exportInfo(suite, RESPONSE_LABEL, bytes);
  exportInfos.set(suite.aead, info);
  return info;
}

function responseKeys(context: HpkeContext, responseNonce: Uint8Array) {
  const secret = exportSecret(context, exportInfoOf(context.suite, responseNonce.length), responseNonce.length);
  const prk = extract(Buffer.concat([context.enc, responseNonce]), secret);
  return { key: expand(prk, KEY_INFO, context.key.length), nonce: expand(prk, NONCE_INFO, NONCE_BYTES) };
}

/** Random bytes in stock: asking for 16 at a time takes 2 µs. They travel in the clear, so a stock gives nothing away. */
const stock = Buffer.alloc(4096);
let used = stock.length;

function freshNonce(bytes: number): Buffer {
  if (used + bytes > stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  used += bytes;
  return Buffer.from(stock.subarray(used - bytes, used));
}

/** `responseNonce` is random; only the RFC's example fixes it. */
export function sealResponse(
  context: HpkeContext,
  message: Uint8Array,
  responseNonce: Uint8Array = freshNonce(responseSecretBytes(context.key.length)),
): Buffer {
  const { key, nonce } = responseKeys(context, responseNonce);
  return Buffer.concat([responseNonce, ...aeadSeal(context.suite, key, nonce, message)]);
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
