/**
 * Signed key sets: the gateway's keys, vouched for by the vendor's offline root key, whose public half is pinned in browser
 * bundle and SDK. Whoever serves the keys cannot put a key of their own in place.
 */
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { canonicalJson, signedBytes } from './canonical-json.ts';
import { verifyEd25519 } from './ed25519.ts';
import { decodeKeyConfig, type KeyConfig } from './key-config.ts';

/** A set of the gateway's keys, signed by the vendor's offline root key. */
export interface SignedKeySet {
  /** 1, 2, 3 and so on. */
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

/** What `GET /keys.json` answers: the set in force, and every set ever published, oldest first, the current one included. */
export interface PublishedKeys {
  current: SignedKeySet;
  log: SignedKeySet[];
}

const FIELDS = ['active', 'created', 'previous', 'retired', 'signature', 'version'];

/** What the root key signs. */
export function keySetBytes(set: Omit<SignedKeySet, 'signature'>): Uint8Array<ArrayBuffer> {
  const { version, previous, created, active, retired } = set;
  return signedBytes('avow/key-set/1', { version, previous, created, active, retired });
}

/** SHA-256 of the whole set with its signature, base64url: the `previous` of the next one. */
export async function keySetHash(set: SignedKeySet): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', canonicalJson({ ...set }));
  return encodeBase64url(new Uint8Array(hash));
}

function hasShape(set: unknown): set is SignedKeySet {
  if (typeof set !== 'object' || set === null) return false;
  const fields = new Map<string, unknown>(Object.entries(set));
  const version = fields.get('version');
  const previous = fields.get('previous');
  const created = fields.get('created');
  const retired = fields.get('retired');
  return (
    [...fields.keys()].sort().join() === FIELDS.join() &&
    typeof version === 'number' &&
    Number.isSafeInteger(version) &&
    version >= 1 &&
    typeof previous === 'string' &&
    (version === 1 ? previous === '' : /^[\w-]{43}$/.test(previous)) &&
    typeof created === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(created) &&
    typeof fields.get('active') === 'string' &&
    Array.isArray(retired) &&
    retired.every((entry) => typeof entry === 'string') &&
    typeof fields.get('signature') === 'string'
  );
}

function decodeConfig(text: string): KeyConfig | null {
  const bytes = decodeBase64url(text);
  try {
    return bytes && decodeKeyConfig(bytes);
  } catch {
    return null;
  }
}

/**
 * The active key configuration, or null if anything about the set is wrong: shape, signature, or any key configuration in it.
 * `root`: 32 raw bytes. Takes anything that came over a wire.
 */
export async function verifyKeySet(set: unknown, root: Uint8Array): Promise<KeyConfig | null> {
  if (!hasShape(set)) return null;
  const signature = decodeBase64url(set.signature);
  if (signature === null || !(await verifyEd25519(root, signature, keySetBytes(set)))) return null;
  const active = decodeConfig(set.active);
  const retired = set.retired.map(decodeConfig);
  const ids = [active, ...retired].map((config) => config?.keyId);
  return retired.includes(null) || new Set(ids).size < ids.length ? null : active;
}

/** Whether the sets are signed, number 1, 2, 3 … without a gap, and each names the hash of the one before. */
export async function verifyKeyLog(sets: readonly SignedKeySet[], root: Uint8Array): Promise<boolean> {
  let previous = '';
  for (const [index, set] of sets.entries()) {
    if ((await verifyKeySet(set, root)) === null) return false;
    if (set.version !== index + 1 || set.previous !== previous) return false;
    previous = await keySetHash(set);
  }
  return sets.length > 0;
}

/** The active key of `/keys.json`, if its log is whole and ends with the current set; else null. Takes anything. */
export async function verifyPublishedKeys(published: unknown, root: Uint8Array): Promise<KeyConfig | null> {
  if (typeof published !== 'object' || published === null) return null;
  const { current, log } = published as Partial<Record<keyof PublishedKeys, unknown>>;
  if (!hasShape(current) || !Array.isArray(log) || !(await verifyKeyLog(log, root))) return null;
  const last = log.at(-1);
  return hasShape(last) && (await keySetHash(last)) === (await keySetHash(current))
    ? verifyKeySet(current, root)
    : null;
}
