import type { KeyConfig } from '../key-config.ts';

/** An answer that was not sealed by whoever opened the request, or was changed on the way. */
export class UnreadableAnswer extends Error {}

export interface SealedRequest {
  /** `message/ohttp-req`. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Opens the `message/ohttp-res` that answers this very request. Throws UnreadableAnswer. */
  open(response: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
}

/** The sealing half of RFC 9458. Each call uses a new HPKE context; nothing is padded here. */
export interface Sealer {
  seal(config: KeyConfig, message: Uint8Array): Promise<SealedRequest>;
}
