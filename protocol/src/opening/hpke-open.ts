/** The opening half of HPKE: recovers an encapsulated request with the gateway's private key. */

import type { Suite } from '../key-config.ts';
import { ENC_BYTES, HEADER_BYTES, requestHeader, requestInfo, TAG_BYTES } from '../sealing/encapsulation.ts';
import { aeadOpen, deriveContext, type HpkeContext, prepareSchedule, type Schedule } from '../sealing/node-hpke.ts';
import { importPublicKey } from '../sealing/node-x25519.ts';
import type { GatewayKey } from './gateway-key.ts';

/** Shortest encapsulated request: header, key, and the tag of an empty message. */
export const MIN_ENCAPSULATED_REQUEST = HEADER_BYTES + ENC_BYTES + TAG_BYTES;

/** Goes when the key goes. */
const schedules = new WeakMap<GatewayKey, Map<number, Schedule>>();

function scheduleOf(key: GatewayKey, suite: Suite): Schedule {
  const known = schedules.get(key) ?? new Map<number, Schedule>();
  schedules.set(key, known);
  const schedule = known.get(suite.aead) ?? prepareSchedule(suite, requestInfo(requestHeader(key.config.keyId, suite)));
  known.set(suite.aead, schedule);
  return schedule;
}

/** Throws if the bytes were not sealed to this key with this suite. */
export function openRequest(
  key: GatewayKey,
  suite: Suite,
  bytes: Uint8Array,
): { context: HpkeContext; message: Uint8Array } {
  const enc = new Uint8Array(bytes.subarray(HEADER_BYTES, HEADER_BYTES + ENC_BYTES));
  const schedule = scheduleOf(key, suite);
  const context = deriveContext(schedule, key.privateKey, importPublicKey(enc), enc, key.config.publicKey);
  const sealed = bytes.subarray(HEADER_BYTES + ENC_BYTES);
  return { context, message: aeadOpen(suite, context.key, context.baseNonce, sealed) };
}
