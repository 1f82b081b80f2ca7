/**
 * Size classes: an inner message is padded to the next of a few lengths, so that the length of what the edge carries says
 * next to nothing. Padding is zero bytes at the end (RFC 9292 section 3.8).
 */
const REQUEST_CLASSES = [2048, 8192, 32_768, 131_072] as const;
const RESPONSE_CLASSES = [2048, 8192, 32_768, 131_072, 524_288] as const;

/** key id 1, kem 2, kdf 2, aead 2, enc 32, tag 16. */
export const REQUEST_OVERHEAD = 55;
/** Response nonce 16 (AES-128-GCM: max(Nn, Nk)), tag 16. */
export const RESPONSE_OVERHEAD = 32;

/** In bytes. */
export const MAX_ENCAPSULATED_REQUEST = 131_072 + REQUEST_OVERHEAD;

export class TooLarge extends Error {}

function pad(message: Uint8Array, classes: readonly number[]): Uint8Array<ArrayBuffer> {
  const length = classes.find((size) => size >= message.length);
  if (length === undefined) throw new TooLarge(`${message.length} bytes fit in no size class`);
  const padded = new Uint8Array(length);
  padded.set(message);
  return padded;
}

/** Throws TooLarge beyond the largest class. */
export function padRequest(message: Uint8Array): Uint8Array<ArrayBuffer> {
  return pad(message, REQUEST_CLASSES);
}

/** Throws TooLarge beyond the largest class. */
export function padResponse(message: Uint8Array): Uint8Array<ArrayBuffer> {
  return pad(message, RESPONSE_CLASSES);
}

/** Whether an encapsulated request of this length (bytes) holds exactly one size class. */
export function isRequestClass(encapsulatedLength: number): boolean {
  return REQUEST_CLASSES.some((size) => size + REQUEST_OVERHEAD === encapsulatedLength);
}

/** Every encapsulated report of the Improvement Programme has this length, and every answer to one, in bytes. */
export const REPORT_REQUEST_BYTES = REQUEST_CLASSES[0] + REQUEST_OVERHEAD;
export const REPORT_RESPONSE_BYTES = RESPONSE_CLASSES[0] + RESPONSE_OVERHEAD;
