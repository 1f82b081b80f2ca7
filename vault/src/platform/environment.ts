/** What the vault is told by its surroundings: databases, mail server, keys, edges. Nothing of it is in the configuration file. */
import { type AvowConfig, publicUrl } from '@avow/config/config';
import { required } from '@avow/config/environment';

export interface VaultEnvironment {
  vaultDatabaseUrl: string;
  keyringDatabaseUrl: string;
  clickhouseUrl: string | null;
  /** Null: it is one server, or the engine from npm. */
  clickhouseCluster?: string | null;
  smtpUrl: string;
  keysDir: string;
  /** Folder of caught mails, where the local catcher runs. */
  caughtMail: string | null;
  /** Folder of the built console; null: the vault serves its API only. */
  consoleDist: string | null;
  /** The file of the configuration; null where it came otherwise. */
  configFile?: string | null;
  edges: string[];
  /** After how long without an answer an edge is an alarm. */
  linkDownSeconds?: number | undefined;
  /** Of the client at the identity provider (`staff.openId`); null for a public client. */
  openIdSecret?: string | null;
  port: number;
  publicUrl: string;
}

export function readVaultEnvironment(config: AvowConfig, env: NodeJS.ProcessEnv = process.env): VaultEnvironment {
  const need = (name: string, why: string) => required(name, why, env);
  const port = Number(env.AVOW_VAULT_PORT ?? config.vault.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('AVOW_VAULT_PORT is no port number');
  const edges = env.AVOW_EDGES ? env.AVOW_EDGES.split(',').map((url) => url.trim()) : config.vault.edges;
  return {
    vaultDatabaseUrl: need('VAULT_DATABASE_URL', 'the PostgreSQL database of the vault'),
    keyringDatabaseUrl: need('KEYRING_DATABASE_URL', 'the PostgreSQL database of the keyring'),
    clickhouseUrl: env.CLICKHOUSE_URL || null,
    clickhouseCluster: env.CLICKHOUSE_CLUSTER || null,
    smtpUrl: need('SMTP_URL', 'the mail server, like smtp://user:password@host:587'),
    keysDir: need('AVOW_VAULT_KEYS', 'the folder of master.key and link.key'),
    caughtMail: env.AVOW_CAUGHT_MAIL || null,
    consoleDist: env.AVOW_CONSOLE_DIST || null,
    configFile: env.AVOW_CONFIG || null,
    edges: edges ?? [`http://127.0.0.1:${config.edge.port}`],
    openIdSecret: env.AVOW_OPENID_SECRET || null,
    ...(env.AVOW_LINK_DOWN_SECONDS && { linkDownSeconds: Number(env.AVOW_LINK_DOWN_SECONDS) }),
    port,
    publicUrl: (env.AVOW_PUBLIC_URL || publicUrl(config)).replace(/\/$/, ''),
  };
}
