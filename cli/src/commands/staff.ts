/** `avow staff`: accounts of the console, from the vault's own machine: also when nobody can sign in any more. */
import { STAFF_ROLES } from '@avow/config/staff';
import type { Language } from '@avow/protocol/refusals';
import type { Role } from '@avow/protocol/staff/roles';
import { OPERATOR } from '@avow/vault/platform/audit/audit-log';
import { LINK_DAYS } from '@avow/vault/staff/invitations';
import { changeStaff, eraseStaff, inviteStaff, renewStaff } from '@avow/vault/staff/manage-staff';
import type { Member } from '@avow/vault/staff/members';
import { createStaffHouse, type StaffHouse } from '@avow/vault/staff/staff-house';
import { Command, Option } from 'commander';
import { consoleAddress } from '../house/console-address.ts';
import { readPort } from '../house/ports.ts';
import { onOneLine, remark, say } from '../say.ts';
import { type VaultContext, type VaultHandle, withVault } from '../vault-handle.ts';

interface InviteFlags {
  role: Role[];
  language: Language;
  json?: true;
}

export function staffCommand(context: VaultContext): Command {
  const staff = new Command('staff').description('who may use the console, and links to get in');
  const act = (work: (house: StaffHouse, vault: VaultHandle) => Promise<void>) =>
    withVault(context, (vault) => work(houseOf(vault), vault));
  staff
    .command('list')
    .description('accounts and open invitations')
    .option('--json', 'as JSON')
    .action((flags: { json?: true }) => act((house) => list(house, flags)));
  staff
    .command('invite')
    .description('a one-time link that makes an account')
    .argument('<email>', 'of the new member; it will be their name at sign-in')
    .addOption(new Option('--role <roles...>', 'what they may do').choices(STAFF_ROLES).makeOptionMandatory())
    .addOption(new Option('--language <code>', 'of the console').choices(['en', 'de']).default('en'))
    .option('--json', 'as JSON')
    .action((email: string, flags: InviteFlags) => act((house, vault) => invite(house, vault, email, flags)));
  staff
    .command('link')
    .description(
      'a one-time link for somebody who lost every way to sign in; without an address: for the first account',
    )
    .argument('[email]', 'of the member')
    .option('--json', 'as JSON')
    .action((email: string | undefined, flags: { json?: true }) =>
      act((house, vault) => (email ? renew(house, vault, email, flags) : first(house, vault, flags))),
    );
  for (const [name, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    staff
      .command(name)
      .description(disabled ? 'end the sessions and let nobody in with the account' : 'let a disabled account in again')
      .argument('<email>', 'of the member')
      .action((email: string) => act((house) => setDisabled(house, email, disabled)));
  }
  staff
    .command('erase')
    .description('forget the name and address of somebody who left; what they did stays on record')
    .argument('<email>', 'of the member, whose account is disabled')
    .action((email: string) => act((house) => erase(house, email)));
  return staff;
}

function houseOf({ config, db, keyringDb, keyring }: VaultHandle): StaffHouse {
  return createStaffHouse({ config, db, keyringDb, keyring, clock: () => new Date() });
}

async function list({ members, invitations, db, today }: StaffHouse, { json }: { json?: true }): Promise<void> {
  const staff = await members.list(db);
  const open = await invitations.list(db, today());
  if (json) return say(JSON.stringify({ staff: staff.map(({ dataKeyId, ...told }) => told), invitations: open }));
  if (staff.length === 0) say('There are no accounts. "avow staff link" prints the link to the first one.');
  for (const member of staff) say(lineOf(member));
  for (const { email, roles, validThrough } of open) {
    say(`${onOneLine(email ?? '')}  ${roles.join(' ')}  invited, valid through ${validThrough}`);
  }
}

function lineOf({ name, email, roles, lastSeen, disabled }: Member): string {
  const state = disabled ? 'disabled' : `last seen ${lastSeen}`;
  return `${onOneLine(email)}  ${onOneLine(name)}  ${roles.join(' ')}  ${state}`;
}

async function invite(house: StaffHouse, vault: VaultHandle, email: string, flags: InviteFlags): Promise<void> {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return fail('this is no e-mail address');
  const wish = { email, roles: flags.role, language: flags.language };
  const issued = await house.transaction((tx) => inviteStaff(house, tx, wish, OPERATOR));
  if ('refused' in issued) return fail('somebody with this address has an account already');
  showLink(vault, issued, flags);
}

async function renew(house: StaffHouse, vault: VaultHandle, email: string, flags: { json?: true }): Promise<void> {
  const member = await house.members.findByEmail(house.db, email);
  if (!member) return fail('nobody with this address has an account');
  const issued = await house.transaction((tx) => renewStaff(house, tx, member, OPERATOR));
  if (!issued) return fail('this account is disabled; "avow staff enable" comes first');
  showLink(vault, issued, flags);
  if (!flags.json) remark('Passkeys, password, authenticator and recovery codes of before are void once it is used.');
}

async function first(house: StaffHouse, vault: VaultHandle, flags: { json?: true }): Promise<void> {
  if (!(await house.members.isEmpty(house.db))) return fail('there are accounts: name the address of one');
  showLink(vault, await house.transaction((tx) => house.invitations.issueFirst(tx, house.today())), flags);
}

async function setDisabled(house: StaffHouse, email: string, disabled: boolean): Promise<void> {
  const member = await house.members.findByEmail(house.db, email);
  if (!member) return fail('nobody with this address has an account');
  const changed = await house.transaction((tx) => changeStaff(house, tx, member.id, { disabled }, OPERATOR));
  if ('refused' in changed) return fail('this is the only administrator; make somebody else one first');
  say(disabled ? 'Disabled. All sessions have ended.' : 'Enabled.');
}

async function erase(house: StaffHouse, email: string): Promise<void> {
  const member = await house.members.findByEmail(house.db, email);
  if (!member) return fail('nobody with this address has an account');
  const erased = await house.transaction((tx) => eraseStaff(house, tx, member.id, OPERATOR));
  if ('refused' in erased) return fail('this account is in use; "avow staff disable" comes first');
  say('Erased. The audit log says "former member" from now on.');
}

function showLink(
  { config }: VaultHandle,
  issued: { token: string; validThrough: string },
  flags: { json?: true },
): void {
  const port = readPort('AVOW_VAULT_PORT') ?? config.vault.port;
  const link = `${consoleAddress(config, `http://${config.vault.host}:${port}`)}/welcome#${issued.token}`;
  if (flags.json) {
    say(JSON.stringify({ link, validThrough: issued.validThrough }));
    return;
  }
  say(link);
  remark(`It works once and for ${LINK_DAYS} days. Whoever opens it has the account: pass it on with care.`);
}

function fail(why: string): void {
  remark(`avow: ${why}`);
  process.exitCode = 1;
}
