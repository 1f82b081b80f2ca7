/** The last step behind a one-time link: it is spent, and the account is there, or has new secrets. */
import type { Language, Refusal } from '@avow/protocol/refusals';
import { doomDataKey } from '../people/erasure.ts';
import type { Transaction } from '../people/people.ts';
import type { NewAccount } from './challenges.ts';
import type { Invitation } from './invitations.ts';
import { type Member, NO_SECRETS, type Secrets } from './members.ts';
import { issueRecoveryCodes } from './recovery-codes.ts';
import type { StaffHouse } from './staff-house.ts';

interface Opened {
  member: Member;
  recoveryCodes: string[];
}

interface Choice {
  language: Language;
  secrets?: Secrets;
}

export async function openAccount(
  house: StaffHouse,
  tx: Transaction,
  account: NewAccount,
  choice: Choice,
): Promise<Opened | Refusal> {
  const link = await house.invitations.find(tx, account.token, house.today());
  if (!link || !(await house.invitations.spend(tx, link.id))) return { refused: 'link_expired' };
  const member =
    link.staffId === null ? await create(house, tx, account, choice, link) : await renew(house, tx, account, choice);
  if ('refused' in member) return member;
  const recoveryCodes = await issueRecoveryCodes(tx, house.keyring, member.id);
  const act = link.kind === 'renewal' ? 'account-renewed' : 'account-made';
  await house.record(tx, { staff: member.id, act, about: member.roles.join(' ') });
  return { member, recoveryCodes };
}

async function create(
  house: StaffHouse,
  tx: Transaction,
  { staffId: id, name, email }: NewAccount,
  { language, secrets = NO_SECRETS }: Choice,
  { kind, roles, dataKeyId }: Invitation,
): Promise<Member | Refusal> {
  // The link of the first account is good for the first one only, however many of it were printed.
  if (kind === 'first' && !(await house.members.isEmpty(tx))) return { refused: 'link_expired' };
  const key = dataKeyId === null ? await house.keyring.createDataKey() : await house.keyring.dataKey(dataKeyId);
  const made = await house.members.create(tx, { id, name, email, roles, language, secrets, key, day: house.today() });
  if (!made) {
    if (dataKeyId !== null) await doomDataKey(tx, dataKeyId);
    return { refused: 'staff_exists' };
  }
  const member = await house.members.find(tx, id);
  if (!member) throw new Error('a member of staff vanished while being made');
  return member;
}

/** What the member had is void: whoever found it has nothing. */
async function renew(
  house: StaffHouse,
  tx: Transaction,
  { staffId, name }: NewAccount,
  { language, secrets = NO_SECRETS }: Choice,
): Promise<Member | Refusal> {
  const member = await house.members.find(tx, staffId);
  if (!member || member.disabled) return { refused: 'link_expired' };
  await tx.deleteFrom('staff_passkeys').where('staff_id', '=', staffId).execute();
  await house.members.setSecrets(tx, member, secrets);
  await house.sessions.endAll(tx, staffId);
  return house.members.change(tx, member, { name, language });
}
