/** What `avow keys status` tells: which keys there are, how old, and what is due. Public facts only. */
import { verifyKeyLog } from '@avow/protocol/key-set';
import type { VaultDatabase } from '../database.ts';
import { addDays, daysBetween, type IsoDay } from '../day.ts';
import { heldGatewayKeys, RETIRED_KEY_DAYS } from './gateway-keys.ts';
import { currentKeySet, keySetsAfter, retiredSince } from './key-log.ts';
import type { Keyring } from './keyring.ts';
import { receiptKey } from './receipt-key.ts';

/** An active key older than this is due for rotation. */
export const ROTATION_DUE_DAYS = 90;

export interface KeysStatus {
  /** Null before the first key set. */
  rootPublicKey: string | null;
  keySetVersion: number | null;
  /** Whether the whole key log verifies against the root key. */
  logVerified: boolean;
  active: { keyId: number; since: IsoDay; ageDays: number; rotationDue: boolean } | null;
  retired: { keyId: number; since: IsoDay; destroyedOn: IsoDay }[];
  serialKeys: { keyId: number; created: IsoDay }[];
  receiptKey: { keyId: string; publicKey: string };
  dataKeys: number;
  /** For people, one sentence each. */
  warnings: string[];
}

export async function keysStatus(options: { db: VaultDatabase; keyring: Keyring; today: IsoDay }): Promise<KeysStatus> {
  const { db, keyring, today } = options;
  const entry = await currentKeySet(db);
  const log = await keySetsAfter(db, 0);
  const status: KeysStatus = {
    rootPublicKey: entry?.rootPublicKey ?? null,
    keySetVersion: entry?.set.version ?? null,
    logVerified: entry !== null && (await verifyKeyLog(log, Buffer.from(entry.rootPublicKey, 'base64url'))),
    active: null,
    retired: [],
    serialKeys: (await keyring.secrets.list('serial'))
      .map(({ name, created }) => ({ keyId: Number(name), created }))
      .sort((one, other) => one.keyId - other.keyId),
    receiptKey: await describeReceiptKey(keyring),
    dataKeys: await keyring.countDataKeys(),
    warnings: [],
  };

  for (const { config, encoded } of await heldGatewayKeys(keyring)) {
    const { keyId } = config;
    const since = log.find((set) => set.active === encoded)?.created;
    const retired = retiredSince(log, encoded);
    if (retired) status.retired.push({ keyId, since: retired, destroyedOn: addDays(retired, RETIRED_KEY_DAYS) });
    else if (since) {
      const ageDays = daysBetween(since, today);
      status.active = { keyId, since, ageDays, rotationDue: ageDays >= ROTATION_DUE_DAYS };
    }
  }
  status.retired.sort((one, other) => one.since.localeCompare(other.since));
  status.warnings = warningsFor(status, today);
  return status;
}

function warningsFor({ active, keySetVersion, logVerified, retired }: KeysStatus, today: IsoDay): string[] {
  if (keySetVersion === null) return ['No key set has been signed yet: nothing can be sealed to this vault.'];
  const warnings: string[] = [];
  if (!active) warnings.push('The private half of the active key is missing from the keyring: nothing can be opened.');
  if (!logVerified) warnings.push('The key log does not verify: browsers will refuse to seal.');
  if (active?.rotationDue) {
    warnings.push(`The active key is ${active.ageDays} days old: rotate it (avow keys rotate) with the root key.`);
  }
  const overdue = retired.filter((key) => key.destroyedOn < today);
  if (overdue.length > 0) {
    warnings.push(`Retired keys that should be destroyed by now: ${overdue.map((key) => key.keyId).join(', ')}.`);
  }
  return warnings;
}

async function describeReceiptKey(keyring: Keyring): Promise<KeysStatus['receiptKey']> {
  const { keyId, rawPublicKey } = await receiptKey(keyring);
  return { keyId, publicKey: rawPublicKey };
}
