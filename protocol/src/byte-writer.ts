/** The other direction of `ByteReader`. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];

  bytes(part: Uint8Array): this {
    this.#parts.push(part);
    return this;
  }

  /** Big-endian. */
  uint(value: number, length: number): this {
    const part = new Uint8Array(length);
    for (let i = length - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) part[i] = rest % 256;
    return this.bytes(part);
  }

  /** QUIC variable-length integer in its shortest form (RFC 9000 section 16), below 2^30: no message here is longer. */
  varint(value: number): this {
    if (value < 0x40) return this.uint(value, 1);
    if (value < 0x4000) return this.uint(value + 0x4000, 2);
    if (value < 0x4000_0000) return this.uint(value + 0x8000_0000, 4);
    throw new RangeError('longer than any message here can be');
  }

  prefixed(part: Uint8Array): this {
    return this.varint(part.length).bytes(part);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return concatBytes(...this.#parts);
  }
}

export function concatBytes(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
