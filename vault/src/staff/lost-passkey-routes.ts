/**
 * Back in where passkeys were the only way, and are lost: address and recovery code allow a new passkey to be made, once. Those of before are
 * void, as are the sessions: whoever found the lost device has nothing. Where there is a password, a code stands in for the
 * authenticator alone, so that a found code does not open the account by itself.
 */
import type { Refusal } from '@avow/protocol/refusals';
import type { SessionState } from '@avow/protocol/staff/session';
import { z } from 'zod';
import type { Transaction } from '../people/people.ts';
import type { StaffRoute } from '../platform/feature.ts';
import type { Mail } from '../platform/mail/outbox.ts';
import { beginAct, endAct, findBegun } from './challenges.ts';
import { contractRoute } from './contract-route.ts';
import { passkeyReplacedMail } from './mails.ts';
import type { Member } from './members.ts';
import { acceptPasskey, keepPasskey, offerPasskey, passkeyHost } from './passkeys.ts';
import { isRecoveryCode, spendRecoveryCode } from './recovery-codes.ts';
import { ceremony, code, credential, email, label, state, token } from './schemas.ts';
import type { StaffHouse } from './staff-house.ts';

const CEREMONY_MINUTES = 15;
/** Whose codes are looked at where an address has no account: the same work, and nothing is found. */
const NOBODYS_ID = '00000000-0000-4000-8000-000000000000';

export function lostPasskeyRoutes(house: StaffHouse, mail: Mail): StaffRoute[] {
  const { config, db, keyring, members, attempts, clock } = house;

  /** Whether passkeys are the only way in, so that a code may stand in for them. */
  async function hasPasskeysOnly(tx: Transaction, member: Member): Promise<boolean> {
    const { passkeys, password, totp } = await house.factorsOf(tx, member);
    return passkeys.length > 0 && !(password && totp);
  }

  return [
    contractRoute('POST /session/lost-passkey/options', {
      permission: 'anyone',
      summary:
        'Every passkey lost: with address and recovery code, what a new one has to sign (WebAuthn). Uses nothing up.',
      body: z.strictObject({ email, code }),
      answer: ceremony,
      async handle({ body }, { browser: { origin } }) {
        const host = passkeyHost(origin);
        if (host === null) return { refused: 'passkeys_need_name' };
        if (!(await house.mayTry(body.email))) return { refused: 'too_many_attempts' };
        const member = await members.findByEmail(db, body.email);
        const right = await isRecoveryCode(db, keyring, member?.id ?? NOBODYS_ID, body.code);
        if (!right || !member || member.disabled || !(await hasPasskeysOnly(db, member))) {
          return { refused: 'recovery_refused' };
        }
        const whose = { staffId: member.id, name: member.name, email: member.email };
        const offered = await offerPasskey(db, { origin, host, vendor: config.vendor.name }, whose);
        const begun = { staffId: member.id, code: body.code, ...offered.ceremony };
        return {
          challenge: await beginAct(db, 'lost passkey', begun, { minutes: CEREMONY_MINUTES, now: clock() }),
          options: offered.options as Record<string, unknown>,
        };
      },
    }),
    contractRoute('POST /session/lost-passkey', {
      permission: 'anyone',
      summary: 'Sign in with the new passkey: the code is used up, passkeys and sessions of before are void.',
      body: z.strictObject({ challenge: token, response: credential, label }),
      answer: state,
      async handle({ body }, { browser }) {
        const signedIn = await house.transaction<Refusal | { email: string; state: SessionState }>(async (tx) => {
          const begun = await findBegun(tx, 'lost passkey', body.challenge, clock());
          const member = begun && (await members.find(tx, begun.staffId));
          if (!begun || !member || member.disabled) return { refused: 'challenge_expired' };
          await endAct(tx, body.challenge);
          // A password may have come meanwhile.
          if (!(await hasPasskeysOnly(tx, member))) return { refused: 'challenge_expired' };
          const passkey = await acceptPasskey(begun, body.response);
          if (!passkey) return { refused: 'passkey_refused' };
          const spent = await spendRecoveryCode(tx, keyring, member.id, begun.code);
          if (!spent) return { refused: 'challenge_expired' };
          await tx.deleteFrom('staff_passkeys').where('staff_id', '=', member.id).execute();
          const whose = { staffId: member.id, label: body.label, day: house.today() };
          if (!(await keepPasskey(tx, passkey, whose))) throw new Error('a new passkey has the id of another one');
          await house.sessions.endAll(tx, member.id);
          const words = { language: member.language, vendor: config.vendor.name };
          await mail.queueMail(tx, {
            to: member.email,
            content: passkeyReplacedMail(words),
            dataKeyId: member.dataKeyId,
            purpose: 'tell staff that passkeys were replaced',
          });
          await house.record(tx, { staff: member.id, act: 'recovery-code-used', about: 'passkey' });
          return { email: member.email, state: await house.signIn(tx, member, browser, 'recovery code') };
        });
        if ('refused' in signedIn) return signedIn;
        await attempts.clear(signedIn.email);
        return signedIn.state;
      },
    }),
  ];
}
