/** Port and passwords of a cluster, in a file beside its data directory. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeDurably } from '../system/durable-file.ts';
import { findPort } from '../system/ports.ts';
import type { Role } from './roles.ts';

interface Access {
  /** Kept, so that programs that hold a URL find the cluster again after a restart. */
  port: number;
  administrator: string;
  roles: Record<string, string>;
}

export const ADMINISTRATOR = 'postgres';

/** Reads the file and adds what is missing for the wanted roles. Passwords are on disk before anything is protected by them. */
export async function prepareAccess(
  dir: string,
  wanted: { roles: Role[]; port?: number },
  clusterExists: boolean,
): Promise<Access> {
  const known = await findAccess(dir);
  if (!known && clusterExists) {
    throw new Error(
      `${accessFile(dir)} with the passwords of the database is missing: bring it back, or remove ${dir} to begin anew`,
    );
  }
  const access = known ?? { port: wanted.port ?? (await findPort()), administrator: createPassword(), roles: {} };
  for (const { name } of wanted.roles) access.roles[name] ??= createPassword();
  await saveAccess(dir, access);
  return access;
}

export async function saveAccess(dir: string, access: Access): Promise<void> {
  const content = `${JSON.stringify(access, null, 2)}\n`;
  if (content !== (await readAccess(dir))) await writeDurably(accessFile(dir), content);
}

export function databaseUrl(access: Access, role: string, database: string): string {
  const password = role === ADMINISTRATOR ? access.administrator : access.roles[role];
  if (password === undefined) throw new Error(`no password is known for the role ${role}`);
  return `postgres://${role}:${password}@127.0.0.1:${access.port}/${database}`;
}

async function findAccess(dir: string): Promise<Access | null> {
  const content = await readAccess(dir);
  return content === null ? null : (JSON.parse(content) as Access);
}

async function readAccess(dir: string): Promise<string | null> {
  try {
    return await readFile(accessFile(dir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function accessFile(dir: string): string {
  return `${dir}.access.json`;
}

function createPassword(): string {
  return randomBytes(24).toString('base64url');
}
