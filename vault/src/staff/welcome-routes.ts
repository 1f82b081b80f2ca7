/** A one-time link opened: the first account, an invitation, or a new start for a member who lost every way to sign in. */
import { randomUUID } from 'node:crypto';
import type { Refusal } from '@avow/protocol/refusals';
import { z } from 'zod';
import type { StaffRoute } from '../platform/feature.ts';
import { beginAct, endAct, findBegun, type NewAccount } from './challenges.ts';
import { contractRoute } from './contract-route.ts';
import { openAccount } from './open-account.ts';
import { acceptPasskey, keepPasskey, offerPasskey, passkeyHost } from './passkeys.ts';
import { hashPassword, isWeakPassword } from './passwords.ts';
import {
  ceremony,
  code,
  credential,
  email,
  label,
  language,
  name,
  newAuthenticator,
  newPassword,
  role,
  token,
  welcomed,
} from './schemas.ts';
import type { StaffHouse } from './staff-house.ts';
import { createTotp, totpStep } from './totp.ts';

const CEREMONY_MINUTES = 15;

export function welcomeRoutes(house: StaffHouse): StaffRoute[] {
  const { config, db, members, invitations, clock } = house;

  const how = () => ({ minutes: CEREMONY_MINUTES, now: clock() });

  /** The account that the link would make, under the address that the link is for. */
  async function newAccount(asked: { token: string; name: string; email: string }): Promise<NewAccount | Refusal> {
    const found = await invitations.find(db, asked.token, house.today());
    if (!found) return { refused: 'link_expired' };
    const renewed = found.staffId === null ? null : await members.find(db, found.staffId);
    const meant = renewed?.email ?? found.email;
    if (meant !== null && meant.toLowerCase() !== asked.email.toLowerCase()) {
      return { refused: 'invalid_fields', fields: { email: 'value_unknown' } };
    }
    return { ...asked, email: meant ?? asked.email, staffId: renewed?.id ?? randomUUID() };
  }

  return [
    contractRoute('POST /welcome/look', {
      permission: 'anyone',
      summary: 'What a one-time link is for. Changes nothing.',
      body: z.strictObject({ token }),
      answer: z.strictObject({
        email: z.string().nullable(),
        name: z.string().nullable(),
        roles: z.array(role),
        first: z.boolean(),
      }),
      async handle({ body }) {
        const found = await invitations.find(db, body.token, house.today());
        if (!found) return { refused: 'link_expired' };
        const renewed = found.staffId === null ? null : await members.find(db, found.staffId);
        const { kind, roles } = found;
        return {
          email: renewed?.email ?? found.email,
          name: renewed?.name ?? null,
          roles: renewed?.roles ?? roles,
          first: kind === 'first',
        };
      },
    }),
    contractRoute('POST /welcome/passkey/options', {
      permission: 'anyone',
      summary: 'What a new passkey has to sign (WebAuthn).',
      body: z.strictObject({ token, name, email }),
      answer: ceremony,
      async handle({ body }, { browser: { origin } }) {
        const host = passkeyHost(origin);
        if (host === null) return { refused: 'passkeys_need_name' };
        const account = await newAccount(body);
        if ('refused' in account) return account;
        const offered = await offerPasskey(db, { origin, host, vendor: config.vendor.name }, account);
        return {
          challenge: await beginAct(db, 'welcome with passkey', { ...account, ...offered.ceremony }, how()),
          options: offered.options as Record<string, unknown>,
        };
      },
    }),
    contractRoute('POST /welcome/passkey', {
      permission: 'anyone',
      summary: 'Make the account with the new passkey, and sign in.',
      body: z.strictObject({ token, challenge: token, response: credential, label, language }),
      answer: welcomed,
      handle: ({ body }, { browser }) =>
        house.transaction(async (tx) => {
          const begun = await findBegun(tx, 'welcome with passkey', body.challenge, clock());
          if (begun?.token !== body.token) return { refused: 'challenge_expired' };
          const passkey = await acceptPasskey(begun, body.response);
          if (!passkey) return { refused: 'passkey_refused' };
          const opened = await openAccount(house, tx, begun, { language: body.language });
          if ('refused' in opened) return opened;
          const whose = { staffId: opened.member.id, label: body.label, day: house.today() };
          if (!(await keepPasskey(tx, passkey, whose))) throw new Error('a new passkey has the id of another one');
          await endAct(tx, body.challenge);
          const session = await house.signIn(tx, opened.member, browser, 'passkey');
          return { session, recoveryCodes: opened.recoveryCodes };
        }),
    }),
    contractRoute('POST /welcome/totp/options', {
      permission: 'anyone',
      summary: 'Password chosen: the secret for an authenticator.',
      body: z.strictObject({ token, name, email, password: newPassword }),
      answer: newAuthenticator,
      async handle({ body: { password, ...asked } }) {
        const account = await newAccount(asked);
        if ('refused' in account) return account;
        if (isWeakPassword(password, account)) {
          return { refused: 'invalid_fields', fields: { password: 'password_weak' } };
        }
        const { secret, otpauth } = createTotp(account.email, config.vendor.name);
        const passwordHash = await hashPassword(password);
        const challenge = await beginAct(db, 'welcome with password', { ...account, passwordHash, secret }, how());
        return { challenge, otpauth, secret };
      },
    }),
    contractRoute('POST /welcome/totp', {
      permission: 'anyone',
      summary:
        'Make the account with password and authenticator, whose first code proves that the secret was taken over, and sign in.',
      body: z.strictObject({ token, challenge: token, code, language }),
      answer: welcomed,
      handle: ({ body }, { browser }) =>
        house.transaction(async (tx) => {
          const begun = await findBegun(tx, 'welcome with password', body.challenge, clock());
          if (begun?.token !== body.token) return { refused: 'challenge_expired' };
          const step = totpStep(begun.secret, body.code, clock());
          if (step === null) return { refused: 'code_wrong' };
          const secrets = { passwordHash: begun.passwordHash, totp: begun.secret };
          const opened = await openAccount(house, tx, begun, { language: body.language, secrets });
          if ('refused' in opened) return opened;
          await members.useTotpStep(tx, opened.member.id, step);
          await endAct(tx, body.challenge);
          const session = await house.signIn(tx, opened.member, browser, 'password');
          return { session, recoveryCodes: opened.recoveryCodes };
        }),
    }),
  ];
}
