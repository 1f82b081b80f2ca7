/** Shows what another configuration of the Improvement Programme would change, and signs it. */
import { join } from 'node:path';
import { verifyConfigurationLog } from '@avow/protocol/improvement/configuration';
import type { Change } from '@avow/vault/improvement/compare-configurations';
import {
  ConfigurationNotUsable,
  type Proposal,
  proposeConfiguration,
  signedConfigurations,
  signNext,
} from '@avow/vault/improvement/configuration-log';
import { configuredContent } from '@avow/vault/improvement/configured-content';
import { isoDay } from '@avow/vault/platform/day';
import { currentKeySet } from '@avow/vault/platform/keys/key-log';
import { SecretFileError } from '@avow/vault/platform/keys/secret-file';
import { loadRootKey, type SigningKey } from '@avow/vault/platform/keys/signing-keys';
import { dataDir } from '../place.ts';
import { say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';

export interface ConfigureOptions {
  sign?: true;
  rootKey?: string;
  json?: true;
}

export async function configure({ config, db }: VaultHandle, options: ConfigureOptions): Promise<void> {
  const content = configuredContent(config);
  if (!content) throw new ConfigurationNotUsable('avow.config.ts has no section "improvement": there is no programme');
  const proposal = await proposeConfiguration(db, content, isoDay(new Date()));
  const signed = options.sign && proposal.next ? await signNext(db, proposal.next, await rootKey(options)) : null;
  if (options.json) return say(JSON.stringify({ ...proposal, signed }));
  show(proposal);
  if (signed) {
    say(`Signed: version ${signed.version}, field list ${signed.fieldList}. The edges publish it within seconds.`);
    say('Now take the root key away from this machine again.');
  } else if (proposal.next) {
    say('Nothing is signed yet. To sign it: avow improvement config --sign');
  }
}

function show({ inForce, next, changes }: Proposal): void {
  say(
    inForce
      ? `in force      version ${inForce.version}, field list ${inForce.fieldList}, signed on ${inForce.created}`
      : 'in force      none yet',
  );
  if (!next) {
    say('avow.config.ts says the same. There is nothing to sign.');
    return;
  }
  say(`would become  version ${next.version}, field list ${next.fieldList}`);
  for (const change of changes) say(line(change));
  if (!inForce || next.fieldList === inForce.fieldList) return;
  say('');
  say('More is told than before. Every participant becomes undecided and is asked again;');
  say('until somebody agrees anew, nothing is counted or sent on that machine.');
}

const line = ({ what, widens }: Change): string => `  ${widens ? 'wider' : '     '}  ${what}`;

async function rootKey({ rootKey }: ConfigureOptions): Promise<SigningKey> {
  const file = rootKey ?? process.env.AVOW_ROOT_KEY_FILE ?? join(dataDir(), 'root', 'root.key');
  const key = await loadRootKey(file);
  if (!key) throw new SecretFileError(`${file} is missing: name the root key with --root-key`);
  return key;
}

export async function configurationLog({ db }: VaultHandle, { json }: { json?: true }): Promise<void> {
  const log = await signedConfigurations(db);
  const root = (await currentKeySet(db))?.rootPublicKey ?? '';
  const verified = (await verifyConfigurationLog(log, Buffer.from(root, 'base64url'))) !== null;
  if (json) return say(JSON.stringify({ verified, log }));
  for (const { version, created, fieldList, charts, products } of log) {
    const about = `${charts.length} charts, ${products.length} ${products.length === 1 ? 'product' : 'products'}`;
    say(`${String(version).padStart(4)}  ${created}  field list ${fieldList}  ${about}`);
  }
  if (log.length === 0) return say('No configuration has been signed yet.');
  say(verified ? `all ${log.length} verified` : 'NOT VERIFIED: the log was changed, or signed by another root key');
  if (!verified) process.exitCode = 1;
}
