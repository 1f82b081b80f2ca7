/** The one byte string of a JSON value (RFC 8785), so that it can be signed and hashed. */
import canonicalize from 'canonicalize';

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** UTF-8. Throws for what JSON cannot say: NaN, infinities, lone surrogates. */
export function canonicalJson(value: JsonValue): Uint8Array<ArrayBuffer> {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return new TextEncoder().encode(text);
}

/** `domain`, a zero byte, canonical JSON: a signature made for one purpose then fits no other. */
export function signedBytes(domain: string, value: JsonValue): Uint8Array<ArrayBuffer> {
  const prefix = new TextEncoder().encode(`${domain}\0`);
  const json = canonicalJson(value);
  const bytes = new Uint8Array(prefix.length + json.length);
  bytes.set(prefix);
  bytes.set(json, prefix.length);
  return bytes;
}
