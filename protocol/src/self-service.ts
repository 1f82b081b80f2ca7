/** What a person sees of what is held about them, and what they may ask for. */
import type { Language } from './refusals.ts';
import type { StaffPurpose } from './staff/purposes.ts';
import type { Role } from './staff/roles.ts';

/** One held value, with where it came from, what it serves and until when it is kept. */
export interface HeldField {
  /** Path, e.g. `email`, `givenName`, `address.postalCode`. */
  field: string;
  value: string;
  /** How it came here, e.g. `registration 2026-11-23`. Machine part only: the page words it. */
  source: { act: string; day: string };
  /** Promise ids, e.g. `['W3']`. */
  promises: string[];
  purpose: { en: string; de: string };
  keptUntil: { en: string; de: string };
  /** Whether the person can correct it here. */
  correctable: boolean;
}

export interface HeldChange {
  field: string;
  before: string;
  after: string;
  day: string;
  by: 'person' | 'staff';
}

export interface HeldProduct {
  registrationId: string;
  product: string;
  edition: string;
  serial: string;
  discVersion: string | null;
  softwareVersion: string | null;
  day: string;
  /** `on hold`: the first owner is being asked. `refused`: the first owner, or silence, did not confirm it. */
  state: 'registered' | 'on hold' | 'transferred' | 'refused';
  receipt: import('./sealed-routes.ts').RegistrationReceipt | null;
}

export interface HeldConsent {
  purpose: 'mailing list';
  given: boolean;
  words: string;
  language: Language;
  statementVersion: number;
  day: string;
}

/** A correction asked of staff (W8), until it is dealt with. */
export interface HeldRequest extends CorrectionRequest {
  requestId: string;
  day: string;
}

/** What staff asked a person to clarify (U5), until it is dealt with. */
export interface HeldQuestion {
  questionId: string;
  /** Path of the field it is about. */
  field: string;
  question: string;
  /** ISO dates. */
  day: string;
  /** Null until the person has answered. */
  answer: string | null;
  answeredOn: string | null;
}

/** A look that staff took at the person's data (U5). */
export interface HeldAccess {
  day: string;
  purpose: StaffPurpose;
  /** Of the member of staff; none: whoever runs the private server, or a program of the vendor's. */
  roles: Role[];
  /** Only where the vendor chose to tell it. */
  name: string | null;
}

/** A new e-mail address that still has to be proven. */
export interface HeldProposal {
  address: string;
  by: 'person' | 'staff';
  /** ISO dates; the last day it can be proven. */
  day: string;
  until: string;
  /** When the address in use objected, so that nothing comes of it. */
  objectedOn: string | null;
}

export interface EverythingHeld {
  fields: HeldField[];
  changes: HeldChange[];
  products: HeldProduct[];
  /** Newest first; the first one is in force. */
  consents: HeldConsent[];
  proposedEmail: HeldProposal | null;
  /** Newest first. */
  requests: HeldRequest[];
  /** Newest first. */
  questions: HeldQuestion[];
  /** Newest day first; of the last year. */
  accesses: HeldAccess[];
  /** The address to write to when a change is not accepted (W8). */
  contactEmail: string;
}

/** New values by field path; an empty string clears an optional field. */
export interface Correction {
  changes: Record<string, string>;
}

/** Asks staff to make a change the system refused (W8). */
export interface CorrectionRequest {
  field: string;
  wanted: string;
  message: string;
}

/** What the first owner of a serial says when somebody else registers it too. */
export type HoldAnswer = 'household' | 'sold' | 'stolen' | 'mistake';
