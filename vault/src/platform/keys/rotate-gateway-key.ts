/** A new active gateway key, signed by the root key. The first rotation makes the first key set. */
import { encodeKeyConfig } from '@avow/protocol/key-config';
import { keySetHash, type SignedKeySet, verifyKeySet } from '@avow/protocol/key-set';
import { createGatewayKey } from '@avow/protocol/opening/gateway-key';
import { signKeySet } from '@avow/protocol/opening/key-set-signing';
import { sql } from 'kysely';
import type { VaultDatabase } from '../database.ts';
import type { IsoDay } from '../day.ts';
import { type HeldGatewayKey, heldGatewayKeys } from './gateway-keys.ts';
import { appendKeySet, currentKeySet } from './key-log.ts';
import type { Keyring } from './keyring.ts';
import type { SigningKey } from './signing-keys.ts';

const KEY_IDS = 256;
/** Any number that nothing else in this database locks. */
const ROTATION_LOCK = 0x61766f77;

/** The sets so far were signed with another root key than the one given: a mistake, or somebody else's keys. */
export class OtherRootKey extends Error {}

/**
 * Makes, signs and records a new key set; the key that was active is retired (and destroyed 5 weeks later by the schedule).
 * Two rotations at once come one after the other. Throws OtherRootKey.
 */
export async function rotateGatewayKey(options: {
  db: VaultDatabase;
  keyring: Keyring;
  rootKey: Pick<SigningKey, 'privateKey' | 'publicKey'>;
  today: IsoDay;
  /** Does nothing, and returns the set in force, when there is one by now. */
  onlyFirst?: boolean;
}): Promise<SignedKeySet> {
  const { db, keyring, rootKey, today, onlyFirst = false } = options;
  return db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${ROTATION_LOCK})`.execute(tx);
    const before = await currentKeySet(tx);
    if (before) await checkRoot(before.set, rootKey.publicKey);
    if (before && onlyFirst) return before.set;

    const known = before ? [before.set.active, ...before.set.retired] : [];
    const held: HeldGatewayKey[] = [];
    for (const key of await heldGatewayKeys(keyring)) {
      if (known.includes(key.encoded)) held.push(key);
      // Left over from a rotation that was cut off before its set was recorded: no one has ever sealed to it.
      else await keyring.secrets.destroy('gateway', String(key.config.keyId));
    }

    const keyId = freeKeyId(before?.set.active, held);
    const { key, privateJwk } = createGatewayKey(keyId);
    await keyring.secrets.getOrCreate('gateway', String(keyId), () => Buffer.from(JSON.stringify(privateJwk)));
    const set = signKeySet(
      {
        version: (before?.set.version ?? 0) + 1,
        previous: before ? await keySetHash(before.set) : '',
        created: today,
        active: Buffer.from(encodeKeyConfig(key.config)).toString('base64url'),
        retired: held.map((one) => one.encoded),
      },
      rootKey.privateKey,
    );
    await appendKeySet(tx, { set, rootPublicKey: rootKey.publicKey });
    return set;
  });
}

/** Throws OtherRootKey unless `set` was signed by that root key (raw, base64url). */
export async function checkRoot(set: SignedKeySet, rootPublicKey: string): Promise<void> {
  if (await verifyKeySet(set, Buffer.from(rootPublicKey, 'base64url'))) return;
  throw new OtherRootKey(
    `key set ${set.version} was not signed by this root key (${rootPublicKey}); browsers that pin it would refuse to seal`,
  );
}

/** The next id after the active one that no private key still has: an id is used again only after its key is destroyed. */
function freeKeyId(active: string | undefined, held: readonly HeldGatewayKey[]): number {
  const taken = new Set(held.map((key) => key.config.keyId));
  const last = held.find((key) => key.encoded === active)?.config.keyId ?? KEY_IDS - 1;
  for (let step = 1; step <= KEY_IDS; step += 1) {
    const candidate = (last + step) % KEY_IDS;
    if (!taken.has(candidate)) return candidate;
  }
  throw new Error('all 256 key ids are in use: wait until retired keys have been destroyed');
}
