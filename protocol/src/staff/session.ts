/**
 * Signing in to the console, as both ends see it. Every path stands under `/api`. The session travels in the cookie
 * `__Host-avow_staff` (`avow_staff` on plain http, where browsers refuse the prefix); every request that changes something carries the
 * header `avow-csrf` with the value that `GET /session` gave.
 *
 * Through an identity provider (OpenID Connect) one signs in by navigating, not by calling: a link to `/api/session/openid`. It comes
 * back to `/`, signed in, or to `/sign-in?refused=<code>` (`openid_refused`, `openid_away`, `challenge_expired`).
 *
 * WebAuthn options and responses are those of `@simplewebauthn` (JSON): opaque here.
 */
import type { Language } from '../refusals.ts';
import type { AuditAct } from './audit.ts';
import type { Permission, Role } from './roles.ts';

export interface StaffMember {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  language: Language;
}

/** What the console knows of itself before and after signing in. */
export interface SessionState {
  /** `setup`: nobody has an account yet; the first one needs the one-time link that `avow up` printed. */
  state: 'setup' | 'signed-out' | 'signed-in';
  vendor: string;
  /** Name on the button of OpenID Connect sign-in; null without. */
  openIdProvider: string | null;
  /** Whether this address has a name; at a bare IP address browsers know no passkeys. */
  passkeys: boolean;
  csrf: string | null;
  staff: StaffMember | null;
  permissions: Permission[];
  /** ISO instants; null when signed out. */
  idleEnds: string | null;
  absoluteEnds: string | null;
}

/** How somebody can prove who they are. */
export interface OwnFactors {
  passkeys: { id: string; label: string; created: string; lastUsed: string | null }[];
  password: boolean;
  totp: boolean;
  recoveryCodesLeft: number;
}

export interface OwnSession {
  id: string;
  current: boolean;
  /** Browser and system in words ("Firefox on Linux"), as the browser said at sign-in. */
  client: string;
  created: string;
  lastUsed: string;
}

export interface SessionRoutes {
  'GET /session': { body: null; answer: SessionState };
  /** With e-mail and password; `needs: totp` asks for the second step with the returned challenge. */
  'POST /session/password': {
    body: { email: string; password: string };
    answer: { needs: 'totp'; challenge: string };
  };
  'POST /session/totp': { body: { challenge: string; code: string }; answer: SessionState };
  'POST /session/recovery': { body: { challenge: string; code: string }; answer: SessionState };
  'POST /session/passkey/options': { body: Record<string, never>; answer: { challenge: string; options: object } };
  'POST /session/passkey': { body: { challenge: string; response: object }; answer: SessionState };
  /** An account that has passkeys only, and lost them: a recovery code stands in, once, and the new passkey takes their place. */
  'POST /session/lost-passkey/options': {
    body: { email: string; code: string };
    answer: { challenge: string; options: object };
  };
  'POST /session/lost-passkey': {
    body: { challenge: string; response: object; label: string };
    answer: SessionState;
  };
  'DELETE /session': { body: null; answer: { ended: true } };

  /** The one-time link of a first administrator or an invitation: `/welcome#TOKEN`. GET-like, changes nothing. */
  'POST /welcome/look': {
    body: { token: string };
    /** `name`: of a member who gets a new start. */
    answer: { email: string | null; name: string | null; roles: Role[]; first: boolean };
  };
  /** Passkey: ask for options, then finish. */
  'POST /welcome/passkey/options': {
    body: { token: string; name: string; email: string };
    answer: { challenge: string; options: object };
  };
  'POST /welcome/passkey': {
    body: { token: string; challenge: string; response: object; label: string; language: Language };
    answer: { session: SessionState; recoveryCodes: string[] };
  };
  /** Password and TOTP: the secret is shown as `otpauth:` URI, the first code proves that it was taken over. */
  'POST /welcome/totp/options': {
    body: { token: string; name: string; email: string; password: string };
    answer: { challenge: string; otpauth: string; secret: string };
  };
  'POST /welcome/totp': {
    body: { token: string; challenge: string; code: string; language: Language };
    answer: { session: SessionState; recoveryCodes: string[] };
  };

  'GET /account': { body: null; answer: { staff: StaffMember; factors: OwnFactors; sessions: OwnSession[] } };
  'PATCH /account': { body: { name?: string; language?: Language }; answer: { staff: StaffMember } };
  'POST /account/passkeys/options': { body: Record<string, never>; answer: { challenge: string; options: object } };
  'POST /account/passkeys': {
    body: { challenge: string; response: object; label: string };
    answer: { factors: OwnFactors };
  };
  'DELETE /account/passkeys/:id': { body: null; answer: { factors: OwnFactors } };
  'PUT /account/password': { body: { current: string | null; password: string }; answer: { factors: OwnFactors } };
  'POST /account/totp/options': {
    body: Record<string, never>;
    answer: { challenge: string; otpauth: string; secret: string };
  };
  'POST /account/totp': { body: { challenge: string; code: string }; answer: { factors: OwnFactors } };
  'POST /account/recovery-codes': { body: Record<string, never>; answer: { recoveryCodes: string[] } };
  'DELETE /account/sessions/:id': { body: null; answer: { sessions: OwnSession[] } };

  'GET /staff': {
    body: null;
    answer: {
      staff: (StaffMember & { created: string; lastSeen: string | null; factors: string[]; disabled: boolean })[];
      invitations: { id: string; email: string; roles: Role[]; validUntil: string }[];
    };
  };
  /** The link is also mailed where mails go out. */
  'POST /staff/invitations': {
    body: { email: string; roles: Role[]; language: Language };
    answer: { id: string; link: string; validUntil: string };
  };
  'DELETE /staff/invitations/:id': { body: null; answer: { deleted: true } };
  /** For a member who lost every way to sign in: a new start behind a one-time link. */
  'POST /staff/:id/link': { body: Record<string, never>; answer: { id: string; link: string; validUntil: string } };
  'PATCH /staff/:id': { body: { roles?: Role[]; disabled?: boolean }; answer: { staff: StaffMember } };
  'DELETE /staff/:id/sessions': { body: null; answer: { ended: number } };
  /** Of somebody who left: the account has to be disabled. Name and address are gone; what they did stays on record. */
  'DELETE /staff/:id': { body: null; answer: { erased: true } };

  'GET /tokens': {
    body: null;
    answer: {
      tokens: {
        id: string;
        label: string;
        permissions: Permission[];
        created: string;
        validThrough: string | null;
        lastUsed: string | null;
        /** Name of the member of staff; null: the operator. */
        madeBy: string | null;
      }[];
    };
  };
  'POST /tokens': {
    body: { label: string; permissions: Permission[]; validThrough: string | null };
    answer: { id: string; token: string };
  };
  'DELETE /tokens/:id': { body: null; answer: { revoked: true } };

  'GET /audit-log': {
    body: null;
    /** `before`: what `next` said. */
    query: { before?: string };
    /**
     * Newest first. `staff` is a name, `operator` (whoever has the vault's machine), `openid` (the identity
     * provider), `nobody` (who tried to get in), `token: <label>`, or empty for who is gone.
     * `about` is a person's id, or whom or what else the act was about (`former` for an account that was erased); null also for
     * persons who were erased, or after a year.
     * `verified`: the chain was checked from its beginning, a minute ago at most.
     */
    answer: {
      entries: {
        number: number;
        day: string;
        staff: string;
        act: AuditAct;
        purpose: string | null;
        ticket: string | null;
        about: string | null;
        hash: string;
      }[];
      next: string | null;
      verified: boolean;
    };
  };
}
