/** What is needed to reach an engine (port, passwords), in `<dir>.access.json` beside its folder, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeDurably } from './durable-file.ts';
import { findPort } from './ports.ts';

export function accessFile(dir: string): string {
  return `${dir}.access.json`;
}

export async function findAccess<Access>(dir: string): Promise<Access | null> {
  const content = await read(dir);
  return content === null ? null : (JSON.parse(content) as Access);
}

export async function saveAccess<Access>(dir: string, access: Access): Promise<void> {
  const content = `${JSON.stringify(access, null, 2)}\n`;
  if (content !== (await read(dir))) await writeDurably(accessFile(dir), content);
}

export function createPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** For an engine with one user: the port and password of last time, another port if that one is taken now. */
export async function prepareAccess(dir: string, wantedPort?: number): Promise<{ port: number; password: string }> {
  const known = await findAccess<{ port: number; password: string }>(dir);
  const port = await findPort(wantedPort ?? known?.port);
  const access = { port, password: known?.password ?? createPassword() };
  await saveAccess(dir, access);
  return access;
}

async function read(dir: string): Promise<string | null> {
  try {
    return await readFile(accessFile(dir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
