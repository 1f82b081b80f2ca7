/** One's own account: name and language, sessions. */
import type { Refusal } from '@avow/protocol/refusals';
import { z } from 'zod';
import type { Transaction } from '../people/people.ts';
import type { StaffContext, StaffRoute } from '../platform/feature.ts';
import { contractRoute } from './contract-route.ts';
import { type Member, toldMember } from './members.ts';
import { factors, isUuid, language, member, name, sessions } from './schemas.ts';
import type { StaffHouse } from './staff-house.ts';

/** Does the work for whoever is signed in, in one transaction. The account is locked: of two changes at once, each sees the other or waits. */
export async function asMember<Answer extends object>(
  house: StaffHouse,
  { caller }: StaffContext,
  work: (tx: Transaction, own: Member, sessionId: string) => Promise<Answer | Refusal>,
): Promise<Answer | Refusal> {
  if (caller.kind !== 'member') return { refused: 'not_signed_in' };
  return house.transaction<Answer | Refusal>(async (tx) => {
    await tx.selectFrom('staff_members').select('id').where('id', '=', caller.staffId).forUpdate().execute();
    const own = await house.members.find(tx, caller.staffId);
    return own && !own.disabled ? work(tx, own, caller.sessionId) : { refused: 'not_signed_in' };
  });
}

export function accountRoutes(house: StaffHouse): StaffRoute[] {
  const { members, clock } = house;
  return [
    contractRoute('GET /account', {
      permission: 'own account',
      summary: 'One’s own account: ways to sign in, sessions.',
      answer: z.strictObject({ staff: member, factors, sessions }),
      handle: (_, context) =>
        asMember(house, context, async (tx, own, sessionId) => ({
          staff: toldMember(own),
          factors: await house.factorsOf(tx, own),
          sessions: await house.sessions.list(tx, own.id, sessionId, clock()),
        })),
    }),
    contractRoute('PATCH /account', {
      permission: 'own account',
      summary: 'Change one’s own name or language.',
      body: z.strictObject({ name: name.exactOptional(), language: language.exactOptional() }),
      answer: z.strictObject({ staff: member }),
      handle: ({ body }, context) =>
        asMember(house, context, async (tx, own) => {
          const changed = await members.change(tx, own, body);
          await house.record(tx, { staff: own.id, act: 'account-changed' });
          return { staff: toldMember(changed) };
        }),
    }),
    contractRoute('DELETE /account/sessions/:id', {
      permission: 'own account',
      summary: 'End one of one’s own sessions.',
      answer: z.strictObject({ sessions }),
      handle: ({ params }, context) =>
        asMember(house, context, async (tx, own, sessionId) => {
          const { id = '' } = params;
          if (!isUuid(id)) return { refused: 'not_found' };
          if (!(await house.sessions.end(tx, own.id, id))) return { refused: 'not_found' };
          if (id === sessionId) context.browser.forgetSession();
          await house.record(tx, { staff: own.id, act: 'session-ended', about: own.id });
          return { sessions: await house.sessions.list(tx, own.id, sessionId, clock()) };
        }),
    }),
  ];
}
