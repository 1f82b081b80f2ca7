/** What may be done to accounts of others, by an administrator in the console or by the operator with `avow staff`; each on record. */
import type { Language, Refusal } from '@avow/protocol/refusals';
import type { Role } from '@avow/protocol/staff/roles';
import { doomDataKey } from '../people/erasure.ts';
import type { Transaction } from '../people/people.ts';
import type { Member } from './members.ts';
import type { StaffHouse } from './staff-house.ts';

interface Link {
  id: string;
  token: string;
  validThrough: string;
}

export async function inviteStaff(
  house: StaffHouse,
  tx: Transaction,
  wish: { email: string; roles: readonly Role[]; language: Language },
  by: string,
): Promise<Link | Refusal> {
  if (await house.members.findByEmail(tx, wish.email)) return { refused: 'staff_exists' };
  const issued = await house.invitations.invite(tx, wish, house.today());
  await house.record(tx, { staff: by, act: 'invited', about: wish.roles.join(' ') });
  return issued;
}

/** For a member who lost every way to sign in. Null for one who is disabled. */
export async function renewStaff(house: StaffHouse, tx: Transaction, member: Member, by: string): Promise<Link | null> {
  if (member.disabled) return null;
  const issued = await house.invitations.renew(tx, member, house.today());
  await house.record(tx, { staff: by, act: 'renewal-link-made', about: member.id });
  return issued;
}

/** A disabled member's sessions end at once, and so does what their tokens may do. */
export async function changeStaff(
  house: StaffHouse,
  tx: Transaction,
  id: string,
  wish: { roles?: readonly Role[]; disabled?: boolean },
  by: string,
): Promise<Member | Refusal> {
  // All rows are locked: two administrators who take the role from each other must not both succeed.
  await tx.selectFrom('staff_members').select('id').orderBy('id').forUpdate().execute();
  const member = await house.members.find(tx, id);
  if (!member) return { refused: 'not_found' };
  const roles = wish.roles ? [...new Set(wish.roles)] : member.roles;
  const disabled = wish.disabled ?? member.disabled;
  const stays = roles.includes('administrator') && !disabled;
  if (!stays && (await isLastAdministrator(house, tx, id))) return { refused: 'last_administrator' };

  const changed = await house.members.change(tx, member, { roles, disabled });
  if (disabled) await house.sessions.endAll(tx, id);
  if (wish.roles) await house.record(tx, { staff: by, act: 'roles-changed', about: `${id} ${roles.join(' ')}` });
  if (wish.disabled !== undefined) {
    await house.record(tx, { staff: by, act: disabled ? 'account-disabled' : 'account-enabled', about: id });
  }
  return changed;
}

/**
 * Forgets somebody who left: name, address and secrets, under a key that is destroyed. What they did stays on record under their id, which
 * leads to nobody any more: the chain of the audit log covers ids only.
 */
export async function eraseStaff(
  house: StaffHouse,
  tx: Transaction,
  id: string,
  by: string,
): Promise<{ erased: true } | Refusal> {
  const member = await house.members.find(tx, id);
  if (!member) return { refused: 'not_found' };
  if (!member.disabled) return { refused: 'account_not_disabled' };
  for (const table of [
    'staff_passkeys',
    'staff_recovery_codes',
    'staff_openid',
    'staff_invitations',
    'staff_sessions',
  ] as const) {
    await tx.deleteFrom(table).where('staff_id', '=', id).execute();
  }
  await tx.deleteFrom('api_tokens').where('made_by', '=', id).execute();
  await tx.deleteFrom('staff_members').where('id', '=', id).execute();
  await doomDataKey(tx, member.dataKeyId);
  await house.record(tx, { staff: by, act: 'account-erased', about: id });
  return { erased: true };
}

async function isLastAdministrator(house: StaffHouse, tx: Transaction, id: string): Promise<boolean> {
  const administrators = (await house.members.list(tx)).filter(
    ({ roles, disabled }) => roles.includes('administrator') && !disabled,
  );
  return administrators.length === 1 && administrators[0]?.id === id;
}
