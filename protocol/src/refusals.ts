/**
 * The closed list of refusals: every error a person or a program can meet has one code from here, one HTTP status and the
 * same sentence in each language. Retired codes are never used again. `docs/errors.md` is held to this list by a test.
 * Those that only staff and their programs can meet stand in `staff/refusals.ts`.
 */

import { REPORT_REFUSALS } from './improvement/refusals.ts';
import { STAFF_REFUSALS } from './staff/refusals.ts';

export type Language = 'en' | 'de';

export interface RefusalText {
  /** HTTP status of an answer that carries this code. */
  status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 410 | 413 | 415 | 417 | 422 | 429 | 431 | 500 | 502 | 503 | 507;
  en: string;
  de: string;
}

export const PUBLIC_REFUSALS = {
  // What a field can be refused for.
  field_required: { status: 422, en: 'Please fill this in.', de: 'Bitte füllen Sie dieses Feld aus.' },
  field_too_long: { status: 422, en: 'This is too long.', de: 'Das ist zu lang.' },
  field_malformed: { status: 422, en: 'This cannot be read.', de: 'Das ist nicht lesbar.' },
  field_unknown: { status: 422, en: 'This field is not asked for.', de: 'Nach diesem Feld wird nicht gefragt.' },
  email_malformed: {
    status: 422,
    en: 'This is not a complete e-mail address. Example: name@example.org',
    de: 'Das ist keine vollständige E-Mail-Adresse. Beispiel: name@example.org',
  },
  telephone_malformed: {
    status: 422,
    en: 'This is not a telephone number of the chosen country. You can also write it with + and the country code.',
    de: 'Das ist keine Telefonnummer des gewählten Landes. Sie können sie auch mit + und Ländervorwahl schreiben.',
  },
  country_unknown: {
    status: 422,
    en: 'Please choose a country from the list.',
    de: 'Bitte wählen Sie ein Land aus der Liste.',
  },
  postal_code_malformed: {
    status: 422,
    en: 'This is not a postal code of the chosen country.',
    de: 'Das ist keine Postleitzahl des gewählten Landes.',
  },
  serial_mistyped: {
    status: 422,
    en: 'There is a typing error in this serial number. Please compare it with the printed one.',
    de: 'In dieser Seriennummer ist ein Tippfehler. Bitte vergleichen Sie sie mit der gedruckten.',
  },
  serial_unknown: {
    status: 422,
    en: 'We do not know this serial number. Please compare it with the printed one.',
    de: 'Diese Seriennummer ist uns nicht bekannt. Bitte vergleichen Sie sie mit der gedruckten.',
  },
  serial_other_product: {
    status: 422,
    en: 'This serial number belongs to another product.',
    de: 'Diese Seriennummer gehört zu einem anderen Produkt.',
  },
  transfer_code_wrong: {
    status: 422,
    en: 'This transfer code is not valid for this serial number, or it has expired. Please ask the previous owner for a new one.',
    de: 'Dieser Übertragungscode gilt nicht für diese Seriennummer oder ist abgelaufen. Bitte fragen Sie den Vorbesitzer nach einem neuen.',
  },
  registration_not_transferable: {
    status: 409,
    en: 'This registration cannot be handed on: only the owner of a serial number of their own can do that.',
    de: 'Diese Registrierung lässt sich nicht weitergeben: Das kann nur, wem die Seriennummer allein gehört.',
  },
  // What a whole request can be refused for.
  invalid_fields: { status: 422, en: 'Some fields need a correction.', de: 'Einige Felder brauchen eine Korrektur.' },
  malformed: { status: 400, en: 'The request cannot be read.', de: 'Die Anfrage ist nicht lesbar.' },
  unsupported_media_type: {
    status: 415,
    en: 'The request has the wrong content type.',
    de: 'Die Anfrage hat den falschen Inhaltstyp.',
  },
  expectation_refused: {
    status: 417,
    en: 'The header "Expect" is not served here. Please send the request at once.',
    de: 'Die Kopfzeile „Expect“ wird hier nicht bedient. Bitte senden Sie die Anfrage sofort.',
  },
  too_large: { status: 413, en: 'The request is too large.', de: 'Die Anfrage ist zu groß.' },
  headers_too_large: {
    status: 431,
    en: 'The headers of the request are too large.',
    de: 'Die Kopfzeilen der Anfrage sind zu groß.',
  },
  request_too_slow: {
    status: 408,
    en: 'The request did not arrive in time.',
    de: 'Die Anfrage ist nicht rechtzeitig angekommen.',
  },
  not_found: { status: 404, en: 'There is nothing at this address.', de: 'Unter dieser Adresse ist nichts.' },
  method_not_allowed: {
    status: 405,
    en: 'This address does not accept that method.',
    de: 'Diese Adresse nimmt diese Methode nicht an.',
  },
  too_many_requests: {
    status: 429,
    en: 'Too many requests from your network. Please wait a minute.',
    de: 'Zu viele Anfragen aus Ihrem Netz. Bitte warten Sie eine Minute.',
  },
  site_unknown: {
    status: 403,
    en: 'Visits of this website are not counted here.',
    de: 'Besuche dieser Website werden hier nicht gezählt.',
  },
  origin_refused: {
    status: 403,
    en: 'Only a page itself may tell that it was visited.',
    de: 'Nur eine Seite selbst darf melden, dass sie besucht wurde.',
  },
  link_expired: {
    status: 410,
    en: 'This link was already used or has expired. Please ask for a new one.',
    de: 'Dieser Link wurde bereits benutzt oder ist abgelaufen. Bitte fordern Sie einen neuen an.',
  },
  not_signed_in: { status: 401, en: 'Please sign in again.', de: 'Bitte melden Sie sich erneut an.' },
  change_refused: {
    status: 422,
    en: 'We could not accept this change. You can write to us, the address is below.',
    de: 'Wir konnten diese Änderung nicht annehmen. Sie können uns schreiben, die Adresse steht unten.',
  },
  // The sealed channel.
  key_unknown: {
    status: 422,
    en: 'The request is sealed to a key that is not in use.',
    de: 'Die Anfrage ist für einen Schlüssel versiegelt, der nicht in Gebrauch ist.',
  },
  not_decryptable: {
    status: 422,
    en: 'The sealed request cannot be opened.',
    de: 'Die versiegelte Anfrage lässt sich nicht öffnen.',
  },
  replayed: {
    status: 409,
    en: 'This sealed request was already received once.',
    de: 'Diese versiegelte Anfrage ist schon einmal eingegangen.',
  },
  keys_unverified: {
    status: 502,
    en: 'The key of the private server could not be verified. Nothing was sealed and nothing was sent.',
    de: 'Der Schlüssel des privaten Servers ließ sich nicht prüfen. Es wurde nichts versiegelt und nichts gesendet.',
  },
  answer_unreadable: {
    status: 502,
    en: 'The sealed answer cannot be opened; it was changed or damaged on its way. Please try again.',
    de: 'Die versiegelte Antwort lässt sich nicht öffnen; sie wurde unterwegs verändert oder beschädigt. Bitte versuchen Sie es erneut.',
  },
  destination_refused: {
    status: 403,
    en: 'The private server does not serve this address.',
    de: 'Der private Server bedient diese Adresse nicht.',
  },
  link_unauthorized: {
    status: 401,
    en: 'The link request is not signed by the private server.',
    de: 'Die Link-Anfrage ist nicht vom privaten Server unterschrieben.',
  },
  // The state of the house.
  relay_unreachable: {
    status: 503,
    en: 'We could not reach the server. Please check your connection and try again.',
    de: 'Der Server ist nicht erreichbar. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  },
  vault_away: {
    status: 503,
    en: 'The private server is away at the moment. Nothing was sent. Please try again in a few minutes.',
    de: 'Der private Server ist gerade nicht erreichbar. Es wurde nichts gesendet. Bitte versuchen Sie es in einigen Minuten erneut.',
  },
  briefly_unavailable: {
    status: 503,
    en: 'The server cannot answer for a moment. Please try again.',
    de: 'Der Server kann gerade einen Moment nicht antworten. Bitte versuchen Sie es erneut.',
  },
  storage_full: {
    status: 507,
    en: 'Our storage is full, so we could not accept this. Nothing was kept. Please try again later.',
    de: 'Unser Speicher ist voll, deshalb konnten wir das nicht annehmen. Es wurde nichts behalten. Bitte versuchen Sie es später erneut.',
  },
  internal: {
    status: 500,
    en: 'The server made a mistake and has noted it. Nothing was changed. Please try again.',
    de: 'Dem Server ist ein Fehler unterlaufen; er hat ihn vermerkt. Es wurde nichts geändert. Bitte versuchen Sie es erneut.',
  },
} as const satisfies Record<string, RefusalText>;

/** All of them. Where bytes count, in what a visitor's browser loads, only the public ones are known. */
export const REFUSALS: Readonly<Record<RefusalCode, RefusalText>> = /* @__PURE__ */ Object.assign(
  {},
  PUBLIC_REFUSALS,
  REPORT_REFUSALS,
  STAFF_REFUSALS,
);

export type RefusalCode = keyof typeof PUBLIC_REFUSALS | keyof typeof REPORT_REFUSALS | keyof typeof STAFF_REFUSALS;

/** An expected refusal, as a value. `fields` names each refused field by its path in the form (`address.postalCode`). */
export interface Refusal {
  refused: RefusalCode;
  fields?: Record<string, RefusalCode>;
}

/** The JSON shape of every error answer, on every wire. */
export interface ErrorBody {
  error: {
    code: RefusalCode;
    message: string;
    fields?: Record<string, { code: RefusalCode; message: string }>;
  };
}

type Table = Readonly<Partial<Record<RefusalCode, RefusalText>>>;

function bodyFrom(table: Table, refusal: Refusal, language: Language): ErrorBody {
  const wordsOf = (code: RefusalCode) => (table[code] ?? PUBLIC_REFUSALS.internal)[language];
  const error: ErrorBody['error'] = { code: refusal.refused, message: wordsOf(refusal.refused) };
  if (refusal.fields) {
    error.fields = Object.fromEntries(
      Object.entries(refusal.fields).map(([path, code]) => [path, { code, message: wordsOf(code) }]),
    );
  }
  return { error };
}

export function errorBody(refusal: Refusal, language: Language): ErrorBody {
  return bodyFrom(REFUSALS, refusal, language);
}

/** The same for visitors' browsers and suites: it knows the words of the public refusals only. */
export function publicErrorBody(refusal: Refusal, language: Language): ErrorBody {
  return bodyFrom(PUBLIC_REFUSALS, refusal, language);
}

export function refusalStatus(refusal: Refusal): number {
  return REFUSALS[refusal.refused].status;
}
