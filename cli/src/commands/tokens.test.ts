import { createTestDatabase } from '@avow/engines/testing';
import { openVaultDatabase, type VaultDatabase } from '@avow/vault/platform/database';
import { isoDay } from '@avow/vault/platform/day';
import { findApiToken } from '@avow/vault/platform/http/api-tokens';
import { migrateVaultDatabase } from '@avow/vault/platform/migrate';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { VaultHandle } from '../vault-handle.ts';
import { tokensCommand } from './tokens.ts';

const database = await createTestDatabase();
let db: VaultDatabase;
let output: string;

beforeAll(async () => {
  db = openVaultDatabase(database.url);
  await migrateVaultDatabase(db);
});

afterAll(async () => {
  await db.destroy();
  await database.drop();
});

beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      output += String(text);
      return true;
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

async function run(...words: string[]): Promise<string> {
  output = '';
  // These commands use nothing else of the vault.
  const vault = { db, close: async () => {} } as VaultHandle;
  const command = tokensCommand({ openVault: async () => vault });
  for (const one of [command, ...command.commands]) one.exitOverride();
  await command.parseAsync(words, { from: 'user' });
  return output;
}

test('a token is made, shown once, listed without its secret, and revoked', async () => {
  expect(await run('list')).toContain('There are no API tokens');
  const made = JSON.parse(
    await run('create', '--label', 'a\nboard', '--permission', 'visits:read', 'visits:export', '--json'),
  );
  const today = isoDay(new Date());
  expect(await findApiToken(db, made.token, today)).toMatchObject({ permissions: ['visits:read', 'visits:export'] });

  const list = await run('list');
  expect(list).toContain(`${made.id}  a board  visits:read visits:export  created ${today}  valid until revoked`);
  expect(list).not.toContain(made.token.slice(5));

  expect(await run('revoke', made.id)).toContain('Revoked');
  expect(await findApiToken(db, made.token, today)).toBeNull();
  expect(await run('revoke', made.id)).toContain('no API token');
  expect(process.exitCode).toBe(1);
});

test('a token can end by itself, and may only read unless it is told otherwise', async () => {
  const token = (await run('create', '--label', 'x', '--days', '2')).split('\n')[0] ?? '';
  const inDays = (days: number) => isoDay(new Date(Date.now() + days * 86_400_000));
  expect(await findApiToken(db, token, inDays(2))).toMatchObject({ permissions: ['visits:read'] });
  expect(await findApiToken(db, token, inDays(3))).toBeNull();
  await expect(run('create', '--label', 'x', '--days', '0')).rejects.toThrow(/whole number/);
  await expect(run('create', '--label', 'x', '--permission', 'persons:read')).rejects.toThrow(/persons:read/);
});
