/**
 * What every feature is given when it is made. The shared ground adds `people` by declaration merging (platform imports no
 * feature): `people/provided.ts`.
 */
import type { AvowConfig } from '@avow/config/config';
import type { Logger } from 'pino';
import type { VaultDatabase } from './database.ts';
import type { Keyring } from './keys/keyring.ts';
import type { Mail } from './mail/outbox.ts';

export interface Services {
  config: AvowConfig;
  db: VaultDatabase;
  keyring: Keyring;
  mail: Mail;
  clock: () => Date;
  /** The public address of the edge, for links in mails; without a slash at the end. */
  publicUrl: string;
  /** Never given contents: no field, address or token of a person. */
  log: Logger;
}
