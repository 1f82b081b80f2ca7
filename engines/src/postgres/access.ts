/** Port and passwords of a cluster. */
import { accessFile, createPassword, findAccess, saveAccess } from '../system/access-file.ts';
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
  const known = await findAccess<Access>(dir);
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

export function databaseUrl(access: Access, role: string, database: string): string {
  const password = role === ADMINISTRATOR ? access.administrator : access.roles[role];
  if (password === undefined) throw new Error(`no password is known for the role ${role}`);
  return `postgres://${role}:${password}@127.0.0.1:${access.port}/${database}`;
}
