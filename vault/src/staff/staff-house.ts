/** What the routes of staff work with, made once. */
import { permissionsOf } from '@avow/protocol/staff/roles';
import type { OwnFactors, SessionState } from '@avow/protocol/staff/session';
import type { Transaction } from '../people/people.ts';
import { type AuditEntry, NOBODY, recordAct } from '../platform/audit/audit-log.ts';
import { inTransaction } from '../platform/closing-writes.ts';
import type { KeyringDatabase } from '../platform/database.ts';
import { type IsoDay, isoDay } from '../platform/day.ts';
import type { StaffBrowser } from '../platform/feature.ts';
import type { Authentication } from '../platform/http/authentication.ts';
import type { Services } from '../platform/services.ts';
import { createAttempts } from './attempts.ts';
import { createInvitations } from './invitations.ts';
import { createMembers, type Member, toldMember } from './members.ts';
import { passkeyHost } from './passkeys.ts';
import { countRecoveryCodes } from './recovery-codes.ts';
import { isUuid } from './schemas.ts';
import { createSessions, csrfOf, type OpenSession } from './sessions.ts';

export type StaffServices = Pick<Services, 'config' | 'db' | 'keyring' | 'clock'> & {
  keyringDb: KeyringDatabase;
};

export function createStaffHouse(services: StaffServices) {
  const { config, db, keyring, clock } = services;
  const members = createMembers(keyring);
  const sessions = createSessions(config.staff);
  const attempts = createAttempts(db, keyring);
  const today = (): IsoDay => isoDay(clock());

  /** What the console is told of itself. `signedIn` with its secret; null without a session. */
  async function stateOf(
    tx: Transaction,
    browser: StaffBrowser,
    signedIn: { member: Member; session: OpenSession; secret: string } | null,
  ): Promise<SessionState> {
    const told = {
      vendor: config.vendor.name,
      openIdProvider: config.staff.openId?.name ?? null,
      passkeys: passkeyHost(browser.origin) !== null,
    };
    if (!signedIn) {
      const state = (await members.isEmpty(tx)) ? 'setup' : 'signed-out';
      const nothing = { csrf: null, staff: null, permissions: [], idleEnds: null, absoluteEnds: null };
      return { state, ...told, ...nothing };
    }
    const { member, session, secret } = signedIn;
    return {
      state: 'signed-in',
      ...told,
      csrf: csrfOf(secret),
      staff: toldMember(member),
      permissions: permissionsOf(member.roles),
      idleEnds: session.idleEnds.toISOString(),
      absoluteEnds: session.absoluteEnds.toISOString(),
    };
  }

  async function find(tx: Transaction, secret: string | null) {
    const session = secret === null ? null : await sessions.find(tx, secret, clock());
    const member = session && (await members.find(tx, session.staffId));
    return secret !== null && session && member && !member.disabled ? { member, session, secret } : null;
  }

  const authentication: Authentication = {
    async findSession(secret) {
      const found = await find(db, secret);
      if (!found) return null;
      const { id: staffId, name, roles } = found.member;
      return {
        caller: { kind: 'member', staffId, name, roles, sessionId: found.session.id },
        permissions: permissionsOf(roles),
        csrf: csrfOf(secret),
      };
    },
    async permissionsOf(staffId) {
      const member = await members.find(db, staffId);
      return member && !member.disabled ? permissionsOf(member.roles) : [];
    },
    async nameOf(staffId) {
      return isUuid(staffId) ? ((await members.find(db, staffId))?.name ?? null) : null;
    },
  };

  return {
    ...services,
    members,
    sessions,
    invitations: createInvitations(keyring),
    attempts,
    authentication,
    today,
    stateOf,
    find,

    /** With its mails and its entry in the audit log, or not at all. */
    transaction: <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => inTransaction(db, work),

    record: (tx: Transaction, entry: Omit<AuditEntry, 'day'>): Promise<void> =>
      recordAct(tx, keyring, { ...entry, day: today() }),

    /** Whether somebody may try to prove that they are who has this address. That it was locked is on record, once. */
    async mayTry(email: string): Promise<boolean> {
      const taken = await attempts.take(email, clock());
      if (taken !== 'locked now') return taken === 'free';
      const member = await members.findByEmail(db, email);
      const entry = { day: today(), staff: NOBODY, act: 'locked-out' as const, ...(member && { about: member.id }) };
      await inTransaction(db, (tx) => recordAct(tx, keyring, entry));
      return false;
    },

    /** Signs in: a session under a new secret, the one of before ended. */
    async signIn(tx: Transaction, member: Member, browser: StaffBrowser, by: string): Promise<SessionState> {
      if (browser.secret !== null) await sessions.endBySecret(tx, browser.secret);
      const { secret, session } = await sessions.begin(tx, member.id, browser.userAgent, clock());
      await members.seen(tx, member.id, today());
      const state = await stateOf(tx, browser, { member, session, secret });
      await recordAct(tx, keyring, { day: today(), staff: member.id, act: 'signed-in', about: by });
      browser.keepSession(secret);
      return state;
    },

    async factorsOf(tx: Transaction, member: Member): Promise<OwnFactors> {
      const passkeys = await tx
        .selectFrom('staff_passkeys')
        .select(['id', 'label', 'created', 'last_used'])
        .where('staff_id', '=', member.id)
        .orderBy('created')
        .orderBy('id')
        .execute();
      const { passwordHash, totp } = await members.secrets(tx, member);
      return {
        passkeys: passkeys.map(({ last_used, ...passkey }) => ({ ...passkey, lastUsed: last_used })),
        password: passwordHash !== null,
        totp: totp !== null,
        recoveryCodesLeft: await countRecoveryCodes(tx, member.id),
      };
    },
  };
}

export type StaffHouse = ReturnType<typeof createStaffHouse>;
