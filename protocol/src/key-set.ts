/** A set of the gateway's keys, signed by the vendor's offline root key. */
export interface SignedKeySet {
  version: number;
  /** SHA-256 of the previous set, base64url; empty for the first: the sets form a chain that anyone can check. */
  previous: string;
  /** ISO date. */
  created: string;
  /** The one active key configuration (RFC 9458 section 3.1), base64url. */
  active: string;
  /** Earlier configurations whose private keys still exist, base64url. */
  retired: string[];
  /** Ed25519 by the root key, base64url. */
  signature: string;
}
