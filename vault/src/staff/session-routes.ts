/** Signing in and out. Whether an address has an account is told neither by the answer nor by its time. */
import type { Refusal } from '@avow/protocol/refusals';
import type { SessionState } from '@avow/protocol/staff/session';
import { z } from 'zod';
import type { Transaction } from '../people/people.ts';
import type { StaffContext, StaffRoute } from '../platform/feature.ts';
import { beginAct, endAct, findBegun } from './challenges.ts';
import { contractRoute } from './contract-route.ts';
import type { Member } from './members.ts';
import { askForPasskey, checkPasskey, passkeyHost } from './passkeys.ts';
import { verifyPassword } from './passwords.ts';
import { spendRecoveryCode } from './recovery-codes.ts';
import { ceremony, code, credential, email, nothing, state, token, triedPassword } from './schemas.ts';
import type { StaffHouse } from './staff-house.ts';
import { totpStep } from './totp.ts';

const STEP_MINUTES = 5;

export function sessionRoutes(house: StaffHouse): StaffRoute[] {
  const { db, members, attempts, clock } = house;

  /** The second step of a password sign-in. `proves` says whether the code is right, and spends it. */
  async function secondStep(
    asked: { challenge: string; code: string },
    { browser }: StaffContext,
    by: string,
    proves: (tx: Transaction, member: Member) => Promise<boolean>,
  ): Promise<SessionState | Refusal> {
    const find = async (tx: Transaction) => {
      const begun = await findBegun(tx, 'second step', asked.challenge, clock());
      const member = begun && (await members.find(tx, begun.staffId));
      return member && !member.disabled ? member : null;
    };
    const whose = await find(db);
    if (!whose) return { refused: 'challenge_expired' };
    // Before the transaction: attempts have connections of their own, and many that wait for each other's would take them all.
    if (!(await house.mayTry(whose.email))) return { refused: 'too_many_attempts' };
    const answer = await house.transaction<SessionState | Refusal>(async (tx) => {
      const member = await find(tx);
      if (!member) return { refused: 'challenge_expired' };
      if (!(await proves(tx, member))) return { refused: 'code_wrong' };
      await endAct(tx, asked.challenge);
      return house.signIn(tx, member, browser, by);
    });
    if (!('refused' in answer)) await attempts.clear(whose.email);
    return answer;
  }

  return [
    contractRoute('GET /session', {
      permission: 'anyone',
      summary: 'Who is signed in, and what they may do.',
      answer: state,
      handle: async (_, { browser }) => house.stateOf(db, browser, await house.find(db, browser.secret)),
    }),
    contractRoute('POST /session/password', {
      permission: 'anyone',
      summary: 'The first of two steps: e-mail address and password.',
      body: z.strictObject({ email, password: triedPassword }),
      answer: z.strictObject({ needs: z.literal('totp'), challenge: z.string() }),
      async handle({ body }) {
        if (!(await house.mayTry(body.email))) return { refused: 'too_many_attempts' };
        const member = await members.findByEmail(db, body.email);
        const secrets = member && !member.disabled ? await members.secrets(db, member) : null;
        const right = await verifyPassword(body.password, secrets?.passwordHash ?? null);
        if (!right || !member || !secrets?.totp) return { refused: 'sign_in_refused' };
        const how = { minutes: STEP_MINUTES, now: clock() };
        return { needs: 'totp', challenge: await beginAct(db, 'second step', { staffId: member.id }, how) };
      },
    }),
    contractRoute('POST /session/totp', {
      permission: 'anyone',
      summary: 'The second step: the code of the authenticator.',
      body: z.strictObject({ challenge: token, code }),
      answer: state,
      handle: ({ body }, context) =>
        secondStep(body, context, 'password', async (tx, member) => {
          const { totp } = await members.secrets(tx, member);
          const step = totp === null ? null : totpStep(totp, body.code, clock());
          return step !== null && (await members.useTotpStep(tx, member.id, step));
        }),
    }),
    contractRoute('POST /session/recovery', {
      permission: 'anyone',
      summary: 'The second step without the authenticator: a recovery code, which is used up.',
      body: z.strictObject({ challenge: token, code }),
      answer: state,
      handle: ({ body }, context) =>
        secondStep(body, context, 'recovery code', (tx, member) =>
          spendRecoveryCode(tx, house.keyring, member.id, body.code),
        ),
    }),
    contractRoute('POST /session/passkey/options', {
      permission: 'anyone',
      summary: 'What a passkey has to sign (WebAuthn).',
      body: nothing,
      answer: ceremony,
      async handle(_, { browser: { origin } }) {
        const host = passkeyHost(origin);
        if (host === null) return { refused: 'passkeys_need_name' };
        const asked = await askForPasskey({ origin, host });
        const how = { minutes: STEP_MINUTES, now: clock() };
        return {
          challenge: await beginAct(db, 'passkey sign-in', asked.ceremony, how),
          options: asked.options as Record<string, unknown>,
        };
      },
    }),
    contractRoute('POST /session/passkey', {
      permission: 'anyone',
      summary: 'Sign in with the answer of a passkey.',
      body: z.strictObject({ challenge: token, response: credential }),
      answer: state,
      handle: ({ body }, { browser }) =>
        house.transaction(async (tx) => {
          const begun = await findBegun(tx, 'passkey sign-in', body.challenge, clock());
          if (!begun) return { refused: 'challenge_expired' };
          // One answer to each challenge, right or wrong.
          await endAct(tx, body.challenge);
          const whose = await checkPasskey(tx, begun, body.response, house.today());
          const member = whose && (await members.find(tx, whose.staffId));
          if (!member || member.disabled) return { refused: 'passkey_refused' };
          return house.signIn(tx, member, browser, 'passkey');
        }),
    }),
    contractRoute('DELETE /session', {
      permission: 'own account',
      summary: 'Sign out.',
      answer: z.strictObject({ ended: z.literal(true) }),
      handle: (_, { caller, browser }) =>
        house.transaction(async (tx) => {
          if (browser.secret !== null) await house.sessions.endBySecret(tx, browser.secret);
          if (caller.kind === 'member') await house.record(tx, { staff: caller.staffId, act: 'signed-out' });
          browser.forgetSession();
          return { ended: true };
        }),
    }),
  ];
}
