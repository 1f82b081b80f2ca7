/** Who may do what: members, roles, invitations, sessions of others. */
import type { Refusal } from '@avow/protocol/refusals';
import { z } from 'zod';
import { staffOf } from '../platform/audit/audit-log.ts';
import type { StaffRoute } from '../platform/feature.ts';
import type { Mail } from '../platform/mail/outbox.ts';
import { contractRoute } from './contract-route.ts';
import { LINK_DAYS } from './invitations.ts';
import { invitationMail } from './mails.ts';
import { changeStaff, eraseStaff, inviteStaff, renewStaff } from './manage-staff.ts';
import { type Member, toldMember } from './members.ts';
import { email, isUuid, language, member, nothing, role } from './schemas.ts';
import type { StaffHouse } from './staff-house.ts';

const roles = z.array(role).min(1).max(20);
const link = z.strictObject({ id: z.uuid(), link: z.string(), validUntil: z.string() });
const isId = (text: string | undefined): text is string => text !== undefined && isUuid(text);

export function staffRoutes(house: StaffHouse, mail: Mail): StaffRoute[] {
  const { config, db, members, invitations } = house;

  /** Words for a table: `passkey`, `password`. */
  async function factorsOf(one: Member): Promise<string[]> {
    const { passkeys, password, totp } = await house.factorsOf(db, one);
    const openId = await db
      .selectFrom('staff_openid')
      .select('staff_id')
      .where('staff_id', '=', one.id)
      .executeTakeFirst();
    return [
      ...(passkeys.length > 0 ? ['passkey'] : []),
      ...(password && totp ? ['password', 'totp'] : []),
      ...(openId ? ['openid'] : []),
    ];
  }

  const linkTo = (origin: string, token: string) => `${origin}/welcome#${token}`;

  return [
    contractRoute('GET /staff', {
      permission: 'staff:read',
      summary: 'Members of staff and invitations.',
      answer: z.strictObject({
        staff: z.array(
          member.extend({
            created: z.string(),
            lastSeen: z.string().nullable(),
            factors: z.array(z.string()),
            disabled: z.boolean(),
          }),
        ),
        invitations: z.array(
          z.strictObject({ id: z.uuid(), email: z.string(), roles: z.array(role), validUntil: z.string() }),
        ),
      }),
      async handle() {
        const all = await members.list(db);
        const open = await invitations.list(db, house.today());
        const told = all.map(async (one) => {
          const { created, lastSeen, disabled } = one;
          return { ...toldMember(one), created, lastSeen, factors: await factorsOf(one), disabled };
        });
        return {
          staff: await Promise.all(told),
          invitations: open.map(({ id, email: address, roles: granted, validThrough }) => ({
            id,
            email: address ?? '',
            roles: granted,
            validUntil: validThrough,
          })),
        };
      },
    }),
    contractRoute('POST /staff/invitations', {
      permission: 'staff:write',
      summary: 'Invite somebody; the one-time link is also mailed.',
      body: z.strictObject({ email, roles, language }),
      answer: link,
      handle: ({ body }, { caller, browser }) =>
        house.transaction(async (tx) => {
          const issued = await inviteStaff(house, tx, body, staffOf(caller));
          if ('refused' in issued) return issued;
          const url = linkTo(browser.origin, issued.token);
          const words = { language: body.language, vendor: config.vendor.name, url, days: LINK_DAYS };
          await mail.queueMail(tx, {
            to: body.email,
            content: invitationMail(words),
            dataKeyId: null,
            purpose: 'invite staff',
          });
          return { id: issued.id, link: url, validUntil: issued.validThrough };
        }),
    }),
    contractRoute('DELETE /staff/invitations/:id', {
      permission: 'staff:write',
      summary: 'Withdraw an invitation.',
      answer: z.strictObject({ deleted: z.literal(true) }),
      handle: ({ params: { id } }, { caller }) =>
        house.transaction(async (tx) => {
          if (!isId(id) || !(await invitations.withdraw(tx, id))) return { refused: 'not_found' };
          await house.record(tx, { staff: staffOf(caller), act: 'invitation-withdrawn' });
          return { deleted: true };
        }),
    }),
    contractRoute('POST /staff/:id/link', {
      permission: 'staff:write',
      summary: 'A one-time link for a member who lost every way to sign in: what they had is void once it is used.',
      body: nothing,
      answer: link,
      handle: ({ params: { id } }, { caller, browser }) =>
        house.transaction(async (tx) => {
          const lost = isId(id) ? await members.find(tx, id) : null;
          const issued = lost && (await renewStaff(house, tx, lost, staffOf(caller)));
          if (!issued) return { refused: 'not_found' };
          return { id: issued.id, link: linkTo(browser.origin, issued.token), validUntil: issued.validThrough };
        }),
    }),
    contractRoute('PATCH /staff/:id', {
      permission: 'staff:write',
      summary: 'Change somebody’s roles; disable or enable the account.',
      body: z.strictObject({ roles: roles.exactOptional(), disabled: z.boolean().exactOptional() }),
      answer: z.strictObject({ staff: member }),
      handle: ({ params: { id }, body }, { caller }) =>
        house.transaction(async (tx) => {
          if (!isId(id)) return { refused: 'not_found' };
          const changed = await changeStaff(house, tx, id, body, staffOf(caller));
          return 'refused' in changed ? changed : { staff: toldMember(changed) };
        }),
    }),
    contractRoute('DELETE /staff/:id', {
      permission: 'staff:write',
      summary:
        'Erase the account of somebody who left; it has to be disabled. What they did stays on record, without a name.',
      answer: z.strictObject({ erased: z.literal(true) }),
      handle: ({ params: { id } }, { caller }) =>
        house.transaction<{ erased: true } | Refusal>(async (tx) =>
          isId(id) ? eraseStaff(house, tx, id, staffOf(caller)) : { refused: 'not_found' },
        ),
    }),
    contractRoute('DELETE /staff/:id/sessions', {
      permission: 'staff:write',
      summary: 'End all sessions of somebody.',
      answer: z.strictObject({ ended: z.number() }),
      handle: ({ params: { id } }, { caller }) =>
        house.transaction(async (tx) => {
          if (!isId(id) || !(await members.find(tx, id))) return { refused: 'not_found' };
          const ended = await house.sessions.endAll(tx, id);
          await house.record(tx, { staff: staffOf(caller), act: 'session-ended', about: id });
          return { ended };
        }),
    }),
  ];
}
