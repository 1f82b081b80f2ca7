/**
 * How often somebody may guess: at one account, and at all together. An attempt is counted before it is looked at, so that many
 * at once gain nothing, and by the address that was typed, so that nobody learns whether it has an account.
 */
import { sql } from 'kysely';
import { normaliseEmail } from '../people/normalise-email.ts';
import type { VaultDatabase } from '../platform/database.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import './tables.ts';

export const ATTEMPTS = { ofAccount: 8, ofAll: 100, minutes: 15 } as const;

const WINDOW_MS = ATTEMPTS.minutes * 60_000;

export interface Attempts {
  /** Counts one. Not `free` when there were too many in this quarter of an hour; `locked now` once, with the first one too many. */
  take(email: string, now: Date): Promise<'free' | 'locked now' | 'locked'>;
  /** Signed in: what was counted of the account is forgotten. */
  clear(email: string): Promise<void>;
  forgetOld(now: Date): Promise<void>;
}

/** On connections of its own: what is refused is counted too. */
export function createAttempts(db: VaultDatabase, keyring: Keyring): Attempts {
  const accountOf = (email: string) => keyring.blindIndex('staff-attempt', normaliseEmail(email));
  const everybody = keyring.blindIndex('staff-attempt', '');

  async function count(account: Buffer, now: Date): Promise<number> {
    const fresh = sql<boolean>`staff_attempts.since > ${new Date(now.getTime() - WINDOW_MS)}`;
    const { failures } = await db
      .insertInto('staff_attempts')
      .values({ account, failures: 1, since: now })
      .onConflict((row) =>
        row.column('account').doUpdateSet({
          failures: sql<number>`CASE WHEN ${fresh} THEN staff_attempts.failures + 1 ELSE 1 END`,
          since: sql<Date>`CASE WHEN ${fresh} THEN staff_attempts.since ELSE excluded.since END`,
        }),
      )
      .returning('failures')
      .executeTakeFirstOrThrow();
    return failures;
  }

  return {
    async take(email, now) {
      const [ofAccount, ofAll] = [await count(accountOf(email), now), await count(everybody, now)];
      if (ofAccount <= ATTEMPTS.ofAccount && ofAll <= ATTEMPTS.ofAll) return 'free';
      return ofAccount === ATTEMPTS.ofAccount + 1 || ofAll === ATTEMPTS.ofAll + 1 ? 'locked now' : 'locked';
    },
    async clear(email) {
      await db.deleteFrom('staff_attempts').where('account', '=', accountOf(email)).execute();
    },
    async forgetOld(now) {
      const before = new Date(now.getTime() - WINDOW_MS);
      await db.deleteFrom('staff_attempts').where('since', '<=', before).execute();
    },
  };
}
