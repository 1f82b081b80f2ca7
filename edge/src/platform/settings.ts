/** What this process is told by its environment, checked before anything starts. */
import { type AvowConfig, publicUrl as configuredUrl, loadConfig } from '@avow/config/config';
import { required } from '@avow/config/environment';
import { decodeBase64url } from '@avow/protocol/base64url';
import { type RateLimitConfig, readRateLimits } from './rate-limits.ts';

export interface Settings {
  config: AvowConfig;
  databaseUrl: string;
  rootPublicKey: Uint8Array;
  linkPublicKey: Uint8Array;
  browserDist: string;
  port: number;
  publicUrl: string;
  /** Null: lifted. */
  rateLimits: RateLimitConfig | null;
  /** A folder on the disk that the edge's database fills. */
  diskFolder: string;
}

function publicKey(name: string, why: string, env: NodeJS.ProcessEnv): Uint8Array {
  const bytes = decodeBase64url(required(name, why, env));
  if (bytes?.length !== 32) throw new Error(`${name} is no Ed25519 public key (32 bytes in base64url).`);
  return bytes;
}

function portOf(text: string | undefined, configured: number): number {
  if (text === undefined || text === '') return configured;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`AVOW_EDGE_PORT: "${text}" is no port.`);
  return port;
}

export async function readSettings(env: NodeJS.ProcessEnv = process.env): Promise<Settings> {
  const config = await loadConfig(required('AVOW_CONFIG', 'the path of avow.config.ts', env));
  return {
    config,
    databaseUrl: required('EDGE_DATABASE_URL', 'the PostgreSQL of the edge', env),
    rootPublicKey: publicKey('AVOW_ROOT_PUBLIC_KEY', 'it vouches for the keys that the edge publishes', env),
    linkPublicKey: publicKey('AVOW_LINK_PUBLIC_KEY', 'it tells the vault from others who dial', env),
    browserDist: required('AVOW_BROWSER_DIST', 'the folder with the built browser files', env),
    port: portOf(env.AVOW_EDGE_PORT, config.edge.port),
    publicUrl: (env.AVOW_PUBLIC_URL || configuredUrl(config)).replace(/\/$/, ''),
    rateLimits: readRateLimits(env.AVOW_RATE_LIMITS, config.edge.rateLimits),
    diskFolder: env.AVOW_EDGE_DISK || process.cwd(),
  };
}
