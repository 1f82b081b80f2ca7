/**
 * The gateway's keys: private halves wrapped in the keyring, public halves in the signed key log. Which key is active or
 * retired, and since when, is read from the log alone, so that the two databases cannot contradict each other.
 */
import { encodeKeyConfig } from '@avow/protocol/key-config';
import type { SignedKeySet } from '@avow/protocol/key-set';
import { type GatewayKey, loadGatewayKey } from '@avow/protocol/opening/gateway-key';
import type { VaultDatabase } from '../database.ts';
import { addDays, type IsoDay } from '../day.ts';
import { currentKeySet, keySetsAfter, retiredSince } from './key-log.ts';
import type { Keyring } from './keyring.ts';

/** How long what was sealed to a retired key can still be opened: the longest time that a sealed request may wait anywhere. */
export const RETIRED_KEY_DAYS = 35;

export interface HeldGatewayKey extends GatewayKey {
  /** The key configuration as it stands in key sets, base64url. */
  encoded: string;
}

/** Every gateway key whose private half still exists. */
export async function heldGatewayKeys(keyring: Keyring): Promise<HeldGatewayKey[]> {
  const secrets = await keyring.secrets.list('gateway');
  return secrets.map(({ name, bytes }) => {
    const key = loadGatewayKey(Number(name), JSON.parse(bytes.toString('utf8')));
    return { ...key, encoded: Buffer.from(encodeKeyConfig(key.config)).toString('base64url') };
  });
}

export interface GatewayKeys {
  /** For the gateway: the private key with that id, while it exists. */
  find(keyId: number): GatewayKey | null;
  /** The set in force. */
  keySet(): SignedKeySet;
  /** Takes over what another process rotated or destroyed; true when the set in force is another one now. */
  refresh(): Promise<boolean>;
}

export class NoKeySet extends Error {}

/** Throws NoKeySet where none was signed yet (`prepareVault` does that). */
export async function openGatewayKeys(options: { db: VaultDatabase; keyring: Keyring }): Promise<GatewayKeys> {
  const { db, keyring } = options;
  let keys = new Map<number, GatewayKey>();
  let current: SignedKeySet;

  async function load(): Promise<SignedKeySet> {
    const [entry, held] = [await currentKeySet(db), await heldGatewayKeys(keyring)];
    if (!entry)
      throw new NoKeySet('no key set has been signed yet: run `avow up` or `avow keys rotate` with the root key');
    // A key that is in no set (a rotation that was cut off) is nobody's to use.
    const published = new Set([entry.set.active, ...entry.set.retired]);
    keys = new Map(held.filter((key) => published.has(key.encoded)).map((key) => [key.config.keyId, key]));
    return entry.set;
  }

  current = await load();
  return {
    find: (keyId) => keys.get(keyId) ?? null,
    keySet: () => current,
    async refresh() {
      const { version } = current;
      current = await load();
      return current.version !== version;
    },
  };
}

/**
 * For the schedule: destroys private keys that have been retired for RETIRED_KEY_DAYS. Returns their ids. What was sealed to
 * them stays sealed for ever.
 */
export async function destroyRetiredGatewayKeys(options: {
  db: VaultDatabase;
  keyring: Keyring;
  today: IsoDay;
}): Promise<number[]> {
  const { db, keyring, today } = options;
  const log = await keySetsAfter(db, 0);
  const destroyed: number[] = [];
  for (const { config, encoded } of await heldGatewayKeys(keyring)) {
    const retired = retiredSince(log, encoded);
    if (!retired || addDays(retired, RETIRED_KEY_DAYS) > today) continue;
    await keyring.secrets.destroy('gateway', String(config.keyId));
    destroyed.push(config.keyId);
  }
  return destroyed;
}
