/** One's own ways to sign in: passkeys, password, authenticator, recovery codes. A change ends one's other sessions. */
import type { AuditAct } from '@avow/protocol/staff/audit';
import type { OwnFactors } from '@avow/protocol/staff/session';
import { z } from 'zod';
import type { Transaction } from '../people/people.ts';
import type { StaffRoute } from '../platform/feature.ts';
import { asMember } from './account-routes.ts';
import { beginAct, endAct, findBegun } from './challenges.ts';
import { contractRoute } from './contract-route.ts';
import type { Member } from './members.ts';
import { acceptPasskey, keepPasskey, offerPasskey, passkeyHost } from './passkeys.ts';
import { hashPassword, isWeakPassword, verifyPassword } from './passwords.ts';
import { issueRecoveryCodes } from './recovery-codes.ts';
import {
  ceremony,
  code,
  credential,
  factors,
  label,
  newAuthenticator,
  newPassword,
  nothing,
  token,
  triedPassword,
} from './schemas.ts';
import type { StaffHouse } from './staff-house.ts';
import { createTotp, totpStep } from './totp.ts';

const CEREMONY_MINUTES = 15;

export function factorRoutes(house: StaffHouse): StaffRoute[] {
  const { config, db, members, attempts, clock } = house;
  const how = () => ({ minutes: CEREMONY_MINUTES, now: clock() });
  const answer = z.strictObject({ factors });

  /** On record, and whoever else is signed in with the old one is not any more. */
  async function changed(
    tx: Transaction,
    own: Member,
    sessionId: string,
    act: AuditAct,
  ): Promise<{ factors: OwnFactors }> {
    await house.sessions.endAll(tx, own.id, sessionId);
    const now = await house.factorsOf(tx, own);
    await house.record(tx, { staff: own.id, act });
    return { factors: now };
  }

  return [
    contractRoute('POST /account/passkeys/options', {
      permission: 'own account',
      summary: 'What another passkey has to sign (WebAuthn).',
      body: nothing,
      answer: ceremony,
      handle: (_, context) =>
        asMember(house, context, async (tx, own) => {
          const { origin } = context.browser;
          const host = passkeyHost(origin);
          if (host === null) return { refused: 'passkeys_need_name' };
          const whose = { staffId: own.id, name: own.name, email: own.email };
          const offered = await offerPasskey(tx, { origin, host, vendor: config.vendor.name }, whose);
          const begun = { staffId: own.id, ...offered.ceremony };
          return {
            challenge: await beginAct(tx, 'add passkey', begun, how()),
            options: offered.options as Record<string, unknown>,
          };
        }),
    }),
    contractRoute('POST /account/passkeys', {
      permission: 'own account',
      summary: 'Add a passkey.',
      body: z.strictObject({ challenge: token, response: credential, label }),
      answer,
      handle: ({ body }, context) =>
        asMember(house, context, async (tx, own, sessionId) => {
          const begun = await findBegun(tx, 'add passkey', body.challenge, clock());
          if (begun?.staffId !== own.id) return { refused: 'challenge_expired' };
          await endAct(tx, body.challenge);
          const passkey = await acceptPasskey(begun, body.response);
          const whose = { staffId: own.id, label: body.label, day: house.today() };
          if (!passkey || !(await keepPasskey(tx, passkey, whose))) return { refused: 'passkey_refused' };
          return changed(tx, own, sessionId, 'passkey-added');
        }),
    }),
    contractRoute('DELETE /account/passkeys/:id', {
      permission: 'own account',
      summary: 'Remove a passkey.',
      answer,
      handle: ({ params }, context) =>
        asMember(house, context, async (tx, own, sessionId) => {
          const now = await house.factorsOf(tx, own);
          if (!now.passkeys.some(({ id }) => id === params.id)) return { refused: 'not_found' };
          if (now.passkeys.length === 1 && !(now.password && now.totp)) return { refused: 'last_factor' };
          await tx
            .deleteFrom('staff_passkeys')
            .where('staff_id', '=', own.id)
            .where('id', '=', params.id ?? '')
            .execute();
          return changed(tx, own, sessionId, 'passkey-removed');
        }),
    }),
    contractRoute('PUT /account/password', {
      permission: 'own account',
      summary: 'Set or change one’s own password; `current` is null where there is none yet.',
      body: z.strictObject({ current: triedPassword.nullable(), password: newPassword }),
      answer,
      async handle({ body }, context) {
        const { caller } = context;
        const own = caller.kind === 'member' ? await members.find(db, caller.staffId) : null;
        if (!own) return { refused: 'not_signed_in' };
        if (!(await house.mayTry(own.email))) return { refused: 'too_many_attempts' };
        const { passwordHash } = await members.secrets(db, own);
        if (passwordHash !== null && !(await verifyPassword(body.current ?? '', passwordHash))) {
          return { refused: 'invalid_fields', fields: { current: 'password_wrong' } };
        }
        if (isWeakPassword(body.password, own)) {
          return { refused: 'invalid_fields', fields: { password: 'password_weak' } };
        }
        const fresh = await hashPassword(body.password);
        await attempts.clear(own.email);
        return asMember(house, context, async (tx, member, sessionId) => {
          await members.setSecrets(tx, member, { ...(await members.secrets(tx, member)), passwordHash: fresh });
          return changed(tx, member, sessionId, 'password-changed');
        });
      },
    }),
    contractRoute('POST /account/totp/options', {
      permission: 'own account',
      summary: 'The secret for another authenticator.',
      body: nothing,
      answer: newAuthenticator,
      handle: (_, context) =>
        asMember(house, context, async (tx, own) => {
          const { secret, otpauth } = createTotp(own.email, config.vendor.name);
          const begun = { staffId: own.id, secret };
          return { challenge: await beginAct(tx, 'change authenticator', begun, how()), otpauth, secret };
        }),
    }),
    contractRoute('POST /account/totp', {
      permission: 'own account',
      summary: 'Change the authenticator; its first code proves that the secret was taken over.',
      body: z.strictObject({ challenge: token, code }),
      answer,
      handle: ({ body }, context) =>
        asMember(house, context, async (tx, own, sessionId) => {
          const begun = await findBegun(tx, 'change authenticator', body.challenge, clock());
          if (begun?.staffId !== own.id) return { refused: 'challenge_expired' };
          const step = totpStep(begun.secret, body.code, clock());
          if (step === null || !(await members.useTotpStep(tx, own.id, step))) return { refused: 'code_wrong' };
          await endAct(tx, body.challenge);
          await members.setSecrets(tx, own, { ...(await members.secrets(tx, own)), totp: begun.secret });
          return changed(tx, own, sessionId, 'authenticator-changed');
        }),
    }),
    contractRoute('POST /account/recovery-codes', {
      permission: 'own account',
      summary: 'New recovery codes, shown once; those from before are void.',
      body: nothing,
      answer: z.strictObject({ recoveryCodes: z.array(z.string()) }),
      handle: (_, context) =>
        asMember(house, context, async (tx, own) => {
          const recoveryCodes = await issueRecoveryCodes(tx, house.keyring, own.id);
          await house.record(tx, { staff: own.id, act: 'recovery-codes-made' });
          return { recoveryCodes };
        }),
    }),
  ];
}
