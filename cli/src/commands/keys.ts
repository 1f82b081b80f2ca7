/** `avow keys`: which keys there are and how old, a new one for the gateway, and the public log of them. */
import { join } from 'node:path';
import { decodeKeyConfig } from '@avow/protocol/key-config';
import { verifyKeyLog } from '@avow/protocol/key-set';
import { isoDay } from '@avow/vault/platform/day';
import { RETIRED_KEY_DAYS } from '@avow/vault/platform/keys/gateway-keys';
import { currentKeySet, keySetsAfter } from '@avow/vault/platform/keys/key-log';
import { type KeysStatus, keysStatus } from '@avow/vault/platform/keys/keys-status';
import { rotateGatewayKey } from '@avow/vault/platform/keys/rotate-gateway-key';
import { SecretFileError } from '@avow/vault/platform/keys/secret-file';
import { loadRootKey } from '@avow/vault/platform/keys/signing-keys';
import { Command } from 'commander';
import { dataDir } from '../place.ts';
import { remark, say } from '../say.ts';
import { type VaultContext, type VaultHandle, withVault } from '../vault-handle.ts';

interface Shown {
  json?: true;
}

interface RotateOptions extends Shown {
  rootKey?: string;
}

export function keysCommand(context: VaultContext): Command {
  const keys = new Command('keys').description('the keys of the vault');
  keys
    .command('status')
    .description('which keys there are, how old they are and what is due')
    .option('--json', 'as JSON')
    .action((options: Shown) => withVault(context, (vault) => status(vault, options)));
  keys
    .command('rotate')
    .description('make a new gateway key and sign the new key set with the root key')
    .option(
      '--root-key <file>',
      'the root key; bring it for this command and take it away again. Default: root/root.key in the data folder',
    )
    .option('--json', 'as JSON')
    .action((options: RotateOptions) => withVault(context, (vault) => rotate(vault, options)));
  keys
    .command('log')
    .description('every key set ever published, checked from the first to the last')
    .option('--json', 'as JSON')
    .action((options: Shown) => withVault(context, (vault) => log(vault, options)));
  return keys;
}

async function status({ db, keyring }: VaultHandle, { json }: Shown): Promise<void> {
  const found = await keysStatus({ db, keyring, today: isoDay(new Date()) });
  if (json) return say(JSON.stringify(found));
  say(`root key      ${found.rootPublicKey ?? 'none yet'} (public half)`);
  say(`key set       ${found.keySetVersion ?? 'none yet'}${found.logVerified ? ', whole log verified' : ''}`);
  say(`gateway key   ${describeActive(found)}`);
  for (const { keyId, since, destroyedOn } of found.retired) {
    say(`  retired     ${keyId}, since ${since}, will be destroyed on ${destroyedOn}`);
  }
  for (const { keyId, created } of found.serialKeys) say(`serial key    ${keyId}, made ${created}`);
  say(`receipt key   ${found.receiptKey.keyId}, public half ${found.receiptKey.publicKey}`);
  say(`data keys     ${found.dataKeys}`);
  for (const warning of found.warnings) remark(`WARNING: ${warning}`);
}

function describeActive({ active }: KeysStatus): string {
  if (!active) return 'none';
  return `${active.keyId}, ${active.ageDays} ${active.ageDays === 1 ? 'day' : 'days'} old (since ${active.since})`;
}

async function rotate({ db, keyring }: VaultHandle, options: RotateOptions): Promise<void> {
  const file = options.rootKey ?? process.env.AVOW_ROOT_KEY_FILE ?? join(dataDir(), 'root', 'root.key');
  const rootKey = await loadRootKey(file);
  if (!rootKey) throw new SecretFileError(`${file} is missing: name the root key with --root-key`);
  const set = await rotateGatewayKey({ db, keyring, rootKey, today: isoDay(new Date()) });
  if (options.json) return say(JSON.stringify(set));
  say(`Key set ${set.version} is signed; its active key has the id ${keyIdOf(set.active)}.`);
  say(`The vault publishes it within a minute. The key before stays for ${RETIRED_KEY_DAYS} days.`);
  say('Now take the root key away from this machine again.');
}

async function log({ db }: VaultHandle, { json }: Shown): Promise<void> {
  const entry = await currentKeySet(db);
  const sets = await keySetsAfter(db, 0);
  const verified = entry !== null && (await verifyKeyLog(sets, Buffer.from(entry.rootPublicKey, 'base64url')));
  if (json) return say(JSON.stringify({ verified, sets }));
  for (const { version, created, active, retired } of sets) {
    const kept = retired.length > 0 ? `, retired ${retired.map(keyIdOf).join(', ')}` : '';
    say(`${version}  ${created}  active ${keyIdOf(active)}${kept}`);
  }
  say(verified ? 'Every set is signed by the root key and names the one before it.' : 'THE LOG DOES NOT VERIFY.');
}

function keyIdOf(config: string): number {
  return decodeKeyConfig(Buffer.from(config, 'base64url')).keyId;
}
