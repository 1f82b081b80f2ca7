import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AvowConfig, parseConfig } from '@avow/config/config';
import { createTestDatabase } from '@avow/engines/testing';
import { staffAccesses } from '@avow/vault/people/staff-access';
import { createRootKey } from '@avow/vault/platform/keys/signing-keys';
import { openTestVault, type TestVault } from '@avow/vault/test-vault';
import type { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { VaultContext } from '../vault-handle.ts';
import { keysCommand } from './keys.ts';
import { peopleCommand } from './people.ts';

let vault: TestVault;
let rootKeyFile: string;
let personId: string;
let closed = 0;

const perLanguage = { en: 'x', de: 'x' };
const config: AvowConfig = parseConfig(
  {
    vendor: { name: 'V', contactEmail: 'v@example.org', postalAddress: ['V'], vaultName: 'vault.example' },
    sites: [
      { id: 's', name: 'S', hosts: ['localhost'], accent: { light: '#000', dark: '#fff' }, tagline: perLanguage },
    ],
    suites: [
      {
        id: 'suite',
        name: 'Suite',
        version: '8',
        productCode: 8,
        editions: [{ id: 'home', name: 'Home', code: 1 }],
        applications: [],
      },
    ],
    statement: { version: 8, effective: '2026-11-23', files: perLanguage },
    mail: { from: 'v@example.org' },
  },
  '/',
);

const context: VaultContext = {
  async openVault() {
    const { db, keyringDb, vaultUrl, keyring, people } = vault;
    const close = async () => {
      closed += 1;
    };
    return { config, db, keyringDb, vaultUrl, keyring, people, close };
  },
};

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  rootKeyFile = join(vault.keysDir, 'root.key');
  const made = await vault.people.create(vault.db, {
    fields: { email: 'ada@example.org', givenName: 'Ada\u001b[31m', 'address.streetAddress': '1 Street\nFlat 2' },
    language: 'en',
    country: 'GB',
    act: 'registration',
    day: '2026-11-23',
  });
  if (typeof made !== 'string') throw new Error('the address is taken');
  personId = made;
});

afterAll(() => vault.close());

let output: string;
let remarks: string;

beforeEach(() => {
  output = '';
  remarks = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    remarks += String(text);
    return true;
  });
});

afterEach(() => vi.restoreAllMocks());

/** Each run with commands of its own: commander keeps the options of the run before. */
async function run(make: (context: VaultContext) => Command, ...words: string[]): Promise<string> {
  output = '';
  const command = make(context);
  for (const one of [command, ...command.commands]) one.exitOverride();
  await command.parseAsync(words, { from: 'user' });
  return output;
}

test('a person is found by the address, without any personal field, and nothing is recorded', async () => {
  const text = await run(peopleCommand, 'find', 'ADA@example.org');
  expect(text).toContain(personId);
  expect(text).toMatch(/2026-11-23[\s\S]*GB[\s\S]*products\s+0/);
  // The id is random, and of the letters of such a name.
  expect(text.replaceAll(personId, '')).not.toMatch(/ada|street/i);
  expect(remarks).toContain('--purpose');
  expect(await staffAccesses(vault.db, personId)).toEqual([]);
});

test('with a declared purpose the fields are shown, and the access is on record', async () => {
  const text = await run(peopleCommand, 'find', 'ada@example.org', '--purpose', 'customer-service-issue');
  expect(text).toContain('ada@example.org');
  expect(text).toContain('1 Street Flat 2');
  expect(text).not.toContain('\u001b');
  expect(await staffAccesses(vault.db, personId)).toMatchObject([
    { purpose: 'customer-service-issue', command: 'avow people find', personId },
  ]);
});

test('a purpose that the statement does not know is refused before the vault is opened', async () => {
  const before = closed;
  await expect(run(peopleCommand, 'find', 'ada@example.org', '--purpose', 'curiosity')).rejects.toThrow(/curiosity/);
  expect(closed).toBe(before);
});

test.each(['ada@example.or', 'example.org', '%', '@', 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA', ''])(
  'nobody is found by %j: exact look-ups only',
  async (text) => {
    expect(JSON.parse(await run(peopleCommand, 'find', text, '--json'))).toEqual({ found: false });
  },
);

test('as JSON the same is told, and the vault is closed again', async () => {
  const before = closed;
  expect(JSON.parse(await run(peopleCommand, 'find', 'ada@example.org', '--json'))).toEqual({
    found: true,
    id: personId,
    day: '2026-11-23',
    country: 'GB',
    products: 0,
  });
  expect(closed).toBe(before + 1);
});

test('keys are rotated with the root key only, and status and log tell of it', async () => {
  await expect(run(keysCommand, 'rotate', '--root-key', rootKeyFile)).rejects.toThrow(/is missing/);
  expect(await run(keysCommand, 'status')).toContain('none yet');
  await createRootKey(rootKeyFile);
  expect(JSON.parse(await run(keysCommand, 'rotate', '--root-key', rootKeyFile, '--json')).version).toBe(1);
  expect(await run(keysCommand, 'rotate', '--root-key', rootKeyFile)).toContain('Key set 2');

  const status = JSON.parse(await run(keysCommand, 'status', '--json'));
  expect(status).toMatchObject({ keySetVersion: 2, logVerified: true, active: { keyId: 1, ageDays: 0 }, warnings: [] });
  expect(await run(keysCommand, 'status')).toContain('1, 0 days old');
  expect(JSON.parse(await run(keysCommand, 'log', '--json'))).toMatchObject({ verified: true, sets: [{}, {}] });
  expect(await run(keysCommand, 'log')).toContain('active 1, retired 0');
  await rm(rootKeyFile);
});
