/**
 * Every inner request the vault accepts through the sealed channel, in one table: it is the gateway's allow-list, the client's
 * types and the timetable of who waits. `durable`: spooled on disk before anything is answered, carried out exactly once
 * (`idempotency-key` header, required). `interactive`: answered now or not at all.
 */
import type { PersonRegistration, ProductRegistration } from './forms/registration.ts';
import type { Language } from './refusals.ts';
import type { Correction, CorrectionRequest, EverythingHeld, HoldAnswer } from './self-service.ts';

/** A token is 26 characters of Crockford base32 (130 bits), made for one act, usable once. */
export type Token = string;

export interface SealedRoutes {
  'POST /registrations': { delivery: 'durable'; body: PersonRegistration; answer: { accepted: true } };
  'POST /product-registrations': { delivery: 'durable'; body: ProductRegistration; answer: { accepted: true } };
  'POST /confirmations': {
    delivery: 'durable';
    body: { token: Token };
    /** `held`: the serial already has an owner, who is being asked. `receipt`: signed, for a product registration. */
    answer: { confirmed: 'person' | 'product'; held: boolean; receipt: RegistrationReceipt | null };
  };
  'POST /sign-in-links': {
    delivery: 'durable';
    body: { email: string; language: Language };
    answer: { accepted: true };
  };
  'POST /sessions': {
    delivery: 'interactive';
    body: { token: Token };
    answer: { session: string; idleMinutes: number };
  };
  'DELETE /sessions': { delivery: 'interactive'; body: null; answer: { ended: true } };
  'GET /me': { delivery: 'interactive'; body: null; answer: EverythingHeld };
  'PATCH /me': { delivery: 'durable'; body: Correction; answer: { changed: string[] } };
  'POST /me/email-changes': { delivery: 'durable'; body: { email: string }; answer: { accepted: true } };
  'POST /email-changes/confirm': { delivery: 'durable'; body: { token: Token }; answer: { changed: true } };
  'POST /email-changes/undo': { delivery: 'durable'; body: { token: Token }; answer: { undone: true } };
  'PUT /me/mailing-choice': {
    delivery: 'durable';
    body: { subscribed: boolean; words: string; language: Language; statementVersion: number };
    answer: { subscribed: boolean };
  };
  'POST /me/products': {
    delivery: 'durable';
    body: { serial: string; transferCode?: string; discVersion?: string; softwareVersion?: string };
    answer: { held: boolean; receipt: RegistrationReceipt | null };
  };
  'POST /me/transfers': {
    delivery: 'durable';
    body: { registrationId: string };
    answer: { code: string; validUntil: string };
  };
  'POST /holds/answer': { delivery: 'durable'; body: { token: Token; answer: HoldAnswer }; answer: { accepted: true } };
  'POST /me/correction-requests': { delivery: 'durable'; body: CorrectionRequest; answer: { accepted: true } };
  /** To a question of staff (U5). A second answer replaces the first. */
  'POST /me/answers': { delivery: 'durable'; body: { questionId: string; answer: string }; answer: { accepted: true } };
}

export type SealedRouteName = keyof SealedRoutes;

/** The same table for the running program. */
export const SEALED_ROUTES = {
  'POST /registrations': 'durable',
  'POST /product-registrations': 'durable',
  'POST /confirmations': 'durable',
  'POST /sign-in-links': 'durable',
  'POST /sessions': 'interactive',
  'DELETE /sessions': 'interactive',
  'GET /me': 'interactive',
  'PATCH /me': 'durable',
  'POST /me/email-changes': 'durable',
  'POST /email-changes/confirm': 'durable',
  'POST /email-changes/undo': 'durable',
  'PUT /me/mailing-choice': 'durable',
  'POST /me/products': 'durable',
  'POST /me/transfers': 'durable',
  'POST /holds/answer': 'durable',
  'POST /me/correction-requests': 'durable',
  'POST /me/answers': 'durable',
} as const satisfies { [R in SealedRouteName]: SealedRoutes[R]['delivery'] };

/**
 * The inner request of a report of the Improvement Programme, which travels in the lane `mixed` only: sent to
 * `POST /relay/reports`, held, shuffled, released with many others. Its body is exactly `reportBytes` (`improvement/report.ts`)
 * under `content-type: application/json`, with no other header. The edge answers `202` once it is on disk. That is enough: the
 * answer, `{ "accepted": true }` or a refusal, all of one length, waits at `location` for whoever wants to know, until the end of
 * the next day or until many newer ones wait. Nonce and plaintext may be sent again, sealed anew; they count once and are answered as the first time.
 */
export const REPORTS_ROUTE = 'POST /reports';

/** Proof of a registration: Ed25519 over RFC 8785 canonical JSON of `claims`, prefixed with `avow/registration-receipt/1` and a zero byte. */
export interface RegistrationReceipt {
  claims: {
    /** SHA-256 of the normalised serial, base64url. */
    serialHash: string;
    product: string;
    edition: string;
    /** ISO date. */
    day: string;
    statementVersion: number;
    keyId: string;
  };
  /** base64url. */
  signature: string;
}
