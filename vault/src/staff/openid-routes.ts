/** Signing in through the vendor's identity provider. Two navigations, not calls: each answers with where to go next. */
import { randomUUID } from 'node:crypto';
import type { RefusalCode } from '@avow/protocol/refusals';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Transaction } from '../people/people.ts';
import { withoutContents } from '../platform/database-errors.ts';
import { type StaffRoute, staffRoute } from '../platform/feature.ts';
import { beginAct, endAct, findBegun } from './challenges.ts';
import { changeStaff } from './manage-staff.ts';
import { type Member, NO_SECRETS } from './members.ts';
import type { OpenIdProvider, OpenIdWho } from './openid-provider.ts';
import type { StaffHouse } from './staff-house.ts';

/** Who changes roles, as the audit log names it. */
export const BY_OPENID = 'openid';

const AWAY_MINUTES = 15;
const CALLBACK = '/api/session/openid/callback';

function goTo(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}

const back = (refused: RefusalCode) => goTo(`/sign-in?refused=${refused}`);

export function openIdRoutes(house: StaffHouse, provider: OpenIdProvider | null, log: Logger): StaffRoute[] {
  const { db, clock } = house;

  function away(error: unknown): Response {
    log.warn({ error: withoutContents(error) }, 'the identity provider cannot be reached');
    return back('openid_away');
  }

  return [
    staffRoute({
      method: 'GET',
      path: '/session/openid',
      permission: 'anyone',
      summary: 'To the identity provider (OpenID Connect): a page to go to, not one to fetch.',
      answer: { mediaType: 'text/html' },
      async handle(_, { browser }) {
        if (!provider) return { refused: 'not_found' };
        try {
          const { url, begun } = await provider.begin(`${browser.origin}${CALLBACK}`);
          const how = { minutes: AWAY_MINUTES, now: clock() };
          browser.keepReturn(await beginAct(db, 'openid sign-in', begun, how));
          return goTo(url);
        } catch (error) {
          return away(error);
        }
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/session/openid/callback',
      permission: 'anyone',
      summary: 'Back from the identity provider.',
      query: z.looseObject({}),
      answer: { mediaType: 'text/html' },
      async handle({ query }, { browser }) {
        if (!provider) return { refused: 'not_found' };
        const { returning } = browser;
        browser.forgetReturn();
        // Whoever was sent here with somebody else's code has not begun anything: the cookie is the beginner's.
        const begun = returning === null ? null : await findBegun(db, 'openid sign-in', returning, clock());
        if (returning === null || !begun) return back('challenge_expired');
        await endAct(db, returning);
        let who: OpenIdWho | null;
        try {
          who = await provider.finish(begun, new URLSearchParams(query as Record<string, string>));
        } catch (error) {
          return away(error);
        }
        if (!who) return back('openid_refused');
        const known = who;
        return house.transaction(async (tx) => {
          const member = await memberOf(house, tx, known);
          if (!member || member.disabled) return back('openid_refused');
          await house.signIn(tx, member, browser, 'openid');
          return goTo('/');
        });
      },
    }),
  ];
}

/** Known by issuer and subject; the first time by an address that the provider has proven. The provider decides about the roles. */
async function memberOf(house: StaffHouse, tx: Transaction, who: OpenIdWho): Promise<Member | null> {
  const { keyring, members } = house;
  const subject_index = keyring.blindIndex('staff-openid', JSON.stringify([who.issuer, who.subject]));
  const row = await tx
    .selectFrom('staff_openid')
    .select('staff_id')
    .where('subject_index', '=', subject_index)
    .executeTakeFirst();
  if (row) {
    const member = await members.find(tx, row.staff_id);
    return member && withRoles(house, tx, member, who);
  }
  const present = await members.findByEmail(tx, who.email);
  if (present && !who.emailVerified) return null;
  const member = present ?? (await create(house, tx, who));
  if (!member) return null;
  await tx.insertInto('staff_openid').values({ subject_index, staff_id: member.id }).execute();
  return withRoles(house, tx, member, who);
}

async function create(house: StaffHouse, tx: Transaction, { name, email, roles }: OpenIdWho): Promise<Member | null> {
  const { keyring, members } = house;
  // The first account is made with the link that the operator was shown.
  if (await members.isEmpty(tx)) return null;
  const id = randomUUID();
  const key = await keyring.createDataKey();
  const told = { id, name, email, roles, language: 'en' as const, secrets: NO_SECRETS, key, day: house.today() };
  if (!(await members.create(tx, told))) return null;
  await house.record(tx, { staff: id, act: 'account-made', about: roles.join(' ') });
  return members.find(tx, id);
}

async function withRoles(house: StaffHouse, tx: Transaction, member: Member, { roles }: OpenIdWho): Promise<Member> {
  const same = roles.length === member.roles.length && roles.every((role) => member.roles.includes(role));
  if (same || member.disabled) return member;
  const changed = await changeStaff(house, tx, member.id, { roles }, BY_OPENID);
  // The only administrator stays one, whatever the provider says.
  return 'refused' in changed ? member : changed;
}
