import { createTestDatabase } from '@avow/engines/testing';
import { openTestStaff, type TestStaff } from '@avow/vault/test-staff';
import { openTestVault, type TestVault } from '@avow/vault/test-vault';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { VaultHandle } from '../vault-handle.ts';
import { auditCommand } from './audit.ts';
import { staffCommand } from './staff.ts';

let vault: TestVault;
let staff: TestStaff;
let output: string;
let remarks: string;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  staff = await openTestStaff(vault);
});
afterAll(() => vault.close());

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    remarks += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

async function run(make: typeof staffCommand, ...words: string[]): Promise<string> {
  output = '';
  remarks = '';
  process.exitCode = 0;
  const handle: VaultHandle = { ...vault, config: staff.config, close: async () => {} };
  const command = make({ openVault: async () => handle });
  for (const one of [command, ...command.commands]) one.exitOverride();
  await command.parseAsync(words, { from: 'user' });
  return output;
}

const tokenOf = (link: string) => /\/welcome#([0-9A-Z]{26})$/.exec(link.trim())?.[1] ?? '';

test('without accounts there is a link to the first one, which leads to the console by its name', async () => {
  expect(await run(staffCommand, 'list')).toContain('avow staff link');
  const link = await run(staffCommand, 'link');
  expect(link).toMatch(/^http:\/\/localhost:8090\/welcome#/);
  expect(await staff.browser().answer('POST', '/welcome/look', { token: tokenOf(link) })).toMatchObject({
    first: true,
  });
});

test('an invitation, a new start and a disabled account, from the vault’s own machine and on record', async () => {
  const admin = await staff.member('administrator');
  expect(await run(staffCommand, 'link')).toBe('');
  expect(remarks).toContain('name the address');

  const { link } = JSON.parse(await run(staffCommand, 'invite', 'eve@staff.example', '--role', 'support', '--json'));
  expect(await staff.browser().answer('POST', '/welcome/look', { token: tokenOf(link) })).toMatchObject({
    email: 'eve@staff.example',
    roles: ['support'],
  });
  expect(await run(staffCommand, 'list')).toContain('eve@staff.example  support  invited');

  const support = await staff.member('support');
  const renewal = tokenOf(await run(staffCommand, 'link', support.email));
  expect(await staff.browser().answer('POST', '/welcome/look', { token: renewal })).toMatchObject({
    email: support.email,
    first: false,
  });
  expect(await run(staffCommand, 'disable', support.email)).toContain('Disabled');
  expect((await support.load()).state).toBe('signed-out');
  expect(
    await staff.browser().refusal('POST', '/welcome/passkey/options', {
      token: renewal,
      name: 'Eve',
      email: 'other@staff.example',
    }),
  ).toBe('422 invalid_fields');
  await run(staffCommand, 'disable', admin.email);
  expect(remarks).toContain('only administrator');
  expect(process.exitCode).toBe(1);
  expect(await run(staffCommand, 'enable', support.email)).toBe('Enabled.\n');

  const log = JSON.parse(await run(auditCommand, 'log', '--json')) as { act: string; staff: string }[];
  expect(log.map(({ act }) => act)).toEqual(['account-enabled', 'account-disabled', 'renewal-link-made', 'invited']);
  expect(new Set(log.map(({ staff: by }) => by))).toEqual(new Set(['operator']));
});

test('U5: the audit log says whether it holds, and which entry breaks it', async () => {
  expect(await run(auditCommand, 'log', '--verify')).toContain('The audit log holds: 4 entries.');
  await vault.db.updateTable('audit_log').set({ about: 'administrator' }).where('number', '=', 1).execute();
  await run(auditCommand, 'log', '--verify');
  expect(remarks).toContain('breaks at entry 1: its contents were changed');
  expect(process.exitCode).toBe(1);
});
