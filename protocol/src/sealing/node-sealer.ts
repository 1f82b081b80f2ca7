/** Sealing in Node, on synchronous node:crypto. */
import { concatBytes } from '../byte-writer.ts';
import type { KeyConfig } from '../key-config.ts';
import { chooseSuite, requestHeader, requestInfo } from './encapsulation.ts';
import { aeadSeal, deriveContext, prepareSchedule } from './node-hpke.ts';
import { openResponse } from './node-response.ts';
import { generatePrivateJwk, importPrivateKey, importPublicKey, publicKeyOf } from './node-x25519.ts';
import type { SealedRequest, Sealer } from './sealer.ts';

/** `ephemeral`, a private JWK, is new each time; only the RFC's example fixes it. */
export function sealRequest(config: KeyConfig, message: Uint8Array, ephemeral = generatePrivateJwk()): SealedRequest {
  const suite = chooseSuite(config);
  const header = requestHeader(config.keyId, suite);
  const schedule = prepareSchedule(suite, requestInfo(header));
  const recipient = importPublicKey(config.publicKey);
  const own = importPrivateKey(ephemeral);
  const context = deriveContext(schedule, own, recipient, publicKeyOf(ephemeral), config.publicKey);
  return {
    bytes: concatBytes(header, context.enc, ...aeadSeal(suite, context.key, context.baseNonce, message)),
    open: async (response) => openResponse(context, response),
  };
}

export function createNodeSealer(): Sealer {
  return { seal: async (config, message) => sealRequest(config, message) };
}
