/** Bytes that are not the message they claim to be. Says nothing of the contents, so that it may be logged. */
export class MalformedMessage extends Error {}

/** Reads forward over bytes of unknown origin; every step past the end throws MalformedMessage. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** A copy, so that what was read does not change with the buffer it came in. */
  take(length: number): Uint8Array<ArrayBuffer> {
    if (length > this.left) throw new MalformedMessage('the message ends too early');
    this.#at += length;
    return new Uint8Array(this.#bytes.subarray(this.#at - length, this.#at));
  }

  /** Big-endian, 1 to 6 bytes. */
  uint(length: number): number {
    if (length > this.left) throw new MalformedMessage('the message ends too early');
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + (this.#bytes[this.#at++] ?? 0);
    return value;
  }

  /** QUIC variable-length integer (RFC 9000 section 16). Longer encodings than needed are allowed (RFC 9292 section 3). */
  varint(): number {
    const first = this.uint(1);
    const rest = this.take((1 << (first >> 6)) - 1);
    let value = first & 0x3f;
    for (const byte of rest) value = value * 256 + byte;
    if (!Number.isSafeInteger(value)) throw new MalformedMessage('a number is too large');
    return value;
  }

  /** A varint length and that many bytes. */
  prefixed(): Uint8Array<ArrayBuffer> {
    return this.take(this.varint());
  }

  /** The next byte, without moving on. */
  peek(): number {
    const next = this.#bytes[this.#at];
    if (next === undefined) throw new MalformedMessage('the message ends too early');
    return next;
  }

  onlyZerosLeft(): boolean {
    return this.#bytes.subarray(this.#at).every((byte) => byte === 0);
  }
}
