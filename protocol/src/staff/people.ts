/**
 * Persons in the console, as both ends see them. Every path stands under `/api`; what is looked up never stands in an address.
 *
 * There is no list of persons (U4). A look-up is exact and tells what may be told without a purpose; opening a record names one of
 * the declared purposes (U5), is on record, and gives an *access*: everything done with the record names that access, which is good
 * for the member of staff who opened it, until the end of the day (UTC).
 */
import type { Language } from '../refusals.ts';
import type {
  EverythingHeld,
  HeldChange,
  HeldConsent,
  HeldField,
  HeldProduct,
  HeldProposal,
  HeldQuestion,
} from '../self-service.ts';
import type { StaffPurpose } from './purposes.ts';

/** What may be told of a person without a purpose. */
export interface FoundPerson {
  personId: string;
  /** ISO date. */
  day: string;
  country: string;
  language: Language;
  products: number;
  by: 'e-mail' | 'serial';
}

export type MailState = 'queued' | 'claimed' | 'handing over' | 'handed over' | 'failed' | 'unknown';

/** Never its contents. */
export interface PersonMail {
  purpose: string;
  state: MailState;
  day: string;
}

export interface PersonAccess {
  day: string;
  purpose: StaffPurpose;
  /** A name, or `operator` (whoever has the vault's machine); null of somebody who is no member of staff any more. */
  staff: string | null;
}

export interface OpenedPerson {
  access: string;
  purpose: StaffPurpose;
  ticket: string | null;
  personId: string;
  day: string;
  country: string;
  language: Language;
  fields: HeldField[];
  changes: HeldChange[];
  consents: HeldConsent[];
  products: Omit<HeldProduct, 'receipt'>[];
  proposedEmail: HeldProposal | null;
  requests: EverythingHeld['requests'];
  questions: HeldQuestion[];
  mails: PersonMail[];
  /** Newest first, this one included. */
  accesses: PersonAccess[];
}

/** Something that waits for staff. Who it is about stays closed until it is opened for a purpose. */
export interface WaitingCase {
  id: string;
  /** ISO date. */
  day: string;
  /** Path of the field, or what else it is about. */
  field: string;
  language: Language;
}

export interface OpenedRequest {
  id: string;
  field: string;
  wanted: string;
  message: string;
  day: string;
  person: OpenedPerson;
}

export interface OpenedQuestion extends HeldQuestion {
  person: OpenedPerson;
}

interface Purpose {
  purpose: StaffPurpose;
  /** Of the customer-service issue; empty without one. */
  ticket: string;
}

export interface PeopleRoutes {
  'POST /people/find': { body: { text: string }; answer: { found: FoundPerson | null } };
  'POST /people/open': { body: { personId: string } & Purpose; answer: OpenedPerson };
  /** Again, under the access that was given before. */
  'POST /people/record': { body: { access: string }; answer: OpenedPerson };
  /** New values by field path; an empty one clears an optional field. The person is told by mail. */
  'POST /people/corrections': {
    body: { access: string; changes: Record<string, string> };
    answer: { changed: string[]; person: OpenedPerson };
  };
  /** A new address, since somebody wrote from it: it is used once it is proven, and the address in use is told and can object. */
  'POST /people/email-proposals': {
    body: { access: string; email: string };
    answer: { proposed: true; person: OpenedPerson };
  };
  /** Asks the person by mail to clarify; the answer comes through self-service. */
  'POST /people/questions': {
    body: { access: string; field: string; question: string };
    answer: { asked: true; person: OpenedPerson };
  };

  /** Corrections that persons asked of staff (W8), oldest first. */
  'GET /people/requests': { body: null; answer: { requests: WaitingCase[] } };
  'POST /people/requests/open': { body: { id: string } & Purpose; answer: OpenedRequest };
  /** Mails the answer to the person, and closes the request. */
  'POST /people/requests/answer': {
    body: { access: string; id: string; outcome: 'changed' | 'declined'; answer: string };
    answer: { closed: true };
  };

  /** Questions that persons have answered, oldest first; and how many wait for one. */
  'GET /people/questions': { body: null; answer: { answered: WaitingCase[]; unanswered: number } };
  'POST /people/questions/open': { body: { id: string } & Purpose; answer: OpenedQuestion };
  'POST /people/questions/close': { body: { access: string; id: string }; answer: { closed: true } };
}
