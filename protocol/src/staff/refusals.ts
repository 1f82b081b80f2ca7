/** What only staff, their programs, and readers of shared links can be refused for: part of the closed list in `../refusals.ts`. */
import type { RefusalText } from '../refusals.ts';

export const STAFF_REFUSALS = {
  value_unknown: {
    status: 422,
    en: 'This is not one of the possible values.',
    de: 'Das ist keiner der möglichen Werte.',
  },
  period_empty: {
    status: 422,
    en: 'The last day lies before the first.',
    de: 'Der letzte Tag liegt vor dem ersten.',
  },
  period_too_long: {
    status: 422,
    en: 'The period is too long for this.',
    de: 'Der Zeitraum ist dafür zu lang.',
  },
  day_past: { status: 422, en: 'This day is in the past.', de: 'Dieser Tag liegt in der Vergangenheit.' },
  password_too_short: {
    status: 422,
    en: 'Please take at least eight characters.',
    de: 'Bitte nehmen Sie mindestens acht Zeichen.',
  },
  segment_not_of_visits: {
    status: 422,
    en: 'This segment chooses single pages or events. Please take one that chooses visits.',
    de: 'Dieses Segment wählt einzelne Seiten oder Ereignisse. Bitte nehmen Sie eines, das Besuche wählt.',
  },
  shared_password_wrong: {
    status: 422,
    en: 'This is not the password of the link.',
    de: 'Das ist nicht das Passwort dieses Links.',
  },
  token_unknown: {
    status: 401,
    en: 'There is no such API token, or it is no longer valid.',
    de: 'Dieses API-Token gibt es nicht, oder es gilt nicht mehr.',
  },
  permission_missing: {
    status: 403,
    en: 'This needs a permission that you, or the API token, do not have.',
    de: 'Das braucht eine Berechtigung, die Sie oder das API-Token nicht haben.',
  },
  // Signing in to the console.
  sign_in_refused: {
    status: 403,
    en: 'E-mail address and password do not fit together.',
    de: 'E-Mail-Adresse und Passwort passen nicht zusammen.',
  },
  code_wrong: {
    status: 422,
    en: 'This code is not right, or was already used. Please take the next one.',
    de: 'Dieser Code stimmt nicht oder wurde schon benutzt. Bitte nehmen Sie den nächsten.',
  },
  recovery_refused: {
    status: 403,
    en: 'No account with passkeys alone has this address and this code. If yours has a password, sign in with it first.',
    de: 'Kein Konto, das nur Passkeys hat, gehört zu dieser Adresse und diesem Code. Hat Ihres ein Passwort, melden Sie sich zuerst damit an.',
  },
  passkey_refused: {
    status: 403,
    en: 'This passkey is not known here, or did not prove who you are.',
    de: 'Dieser Passkey ist hier nicht bekannt oder hat nicht bewiesen, wer Sie sind.',
  },
  passkeys_need_name: {
    status: 409,
    en: 'Passkeys work only at an address with a name. Please open http://localhost instead of http://127.0.0.1, or use a password.',
    de: 'Passkeys gibt es nur an einer Adresse mit einem Namen. Bitte öffnen Sie http://localhost statt http://127.0.0.1, oder benutzen Sie ein Passwort.',
  },
  stores_away: {
    status: 503,
    en: 'A database of this house does not answer at the moment. Please try again when it is back, and look whether your last change was made.',
    de: 'Eine Datenbank dieses Hauses antwortet gerade nicht. Bitte versuchen Sie es erneut, wenn sie wieder da ist, und sehen Sie nach, ob Ihre letzte Änderung gemacht wurde.',
  },
  address_objected: {
    status: 409,
    en: 'The address in use has objected to a new one. For some days nobody but the person can propose one.',
    de: 'Die jetzige Adresse hat einer neuen widersprochen. Einige Tage lang kann nur die Person selbst eine vorschlagen.',
  },
  account_not_disabled: {
    status: 409,
    en: 'Only an account that is disabled can be erased. Please disable it first.',
    de: 'Nur ein gesperrtes Konto lässt sich löschen. Bitte sperren Sie es zuerst.',
  },
  challenge_expired: {
    status: 410,
    en: 'This took too long or was already done. Please begin again.',
    de: 'Das hat zu lange gedauert oder ist schon geschehen. Bitte beginnen Sie neu.',
  },
  too_many_attempts: {
    status: 429,
    en: 'There were too many attempts. Please wait a quarter of an hour, or sign in with a passkey.',
    de: 'Es waren zu viele Versuche. Bitte warten Sie eine Viertelstunde, oder melden Sie sich mit einem Passkey an.',
  },
  foreign_page: {
    status: 403,
    en: 'This request did not come from a page of the console, or the page is out of date. Please load it again.',
    de: 'Diese Anfrage kam nicht von einer Seite der Konsole, oder die Seite ist veraltet. Bitte laden Sie sie neu.',
  },
  password_weak: {
    status: 422,
    en: 'Please choose a password of 12 characters or more, which is not built around your name or address.',
    de: 'Bitte wählen Sie ein Passwort mit mindestens 12 Zeichen, das nicht aus Ihrem Namen oder Ihrer Adresse gebaut ist.',
  },
  password_wrong: {
    status: 422,
    en: 'This is not your present password.',
    de: 'Das ist nicht Ihr jetziges Passwort.',
  },
  last_factor: {
    status: 409,
    en: 'This is your only way to sign in. Please set up another one first.',
    de: 'Anders können Sie sich nicht anmelden. Bitte richten Sie zuerst einen anderen Weg ein.',
  },
  last_administrator: {
    status: 409,
    en: 'This is the only administrator. Please make somebody else one first.',
    de: 'Das ist die einzige Person mit der Administration. Bitte übertragen Sie sie zuerst auch jemand anderem.',
  },
  openid_refused: {
    status: 403,
    en: 'The identity provider did not say that you may use this console.',
    de: 'Der Anmeldedienst hat nicht bestätigt, dass Sie diese Konsole benutzen dürfen.',
  },
  openid_away: {
    status: 502,
    en: 'The identity provider does not answer. Please try again, or sign in another way.',
    de: 'Der Anmeldedienst antwortet nicht. Bitte versuchen Sie es erneut, oder melden Sie sich anders an.',
  },
  staff_exists: {
    status: 409,
    en: 'Somebody with this e-mail address has an account already.',
    de: 'Mit dieser E-Mail-Adresse gibt es bereits ein Konto.',
  },
  question_too_heavy: {
    status: 422,
    en: 'This question takes too much time or memory. Please ask about fewer days or fewer values.',
    de: 'Diese Frage braucht zu viel Zeit oder Speicher. Bitte fragen Sie nach weniger Tagen oder weniger Werten.',
  },
  import_under_way: {
    status: 409,
    en: 'A job is bringing this import in right now. Cancel the job, or wait for its end.',
    de: 'Ein Auftrag liest diesen Import gerade ein. Brechen Sie den Auftrag ab, oder warten Sie sein Ende ab.',
  },
  too_many_alerts: {
    status: 409,
    en: 'There are as many alerts as are possible. Please delete one first.',
    de: 'Mehr Alarme sind nicht möglich. Bitte löschen Sie zuerst einen.',
  },
  too_many_shared_links: {
    status: 409,
    en: 'There are as many shared links as are possible. Please withdraw one first.',
    de: 'Mehr geteilte Links sind nicht möglich. Bitte ziehen Sie zuerst einen zurück.',
  },
  shared_link_closed: {
    status: 410,
    en: 'This link does not exist, or it was withdrawn, or its last day is over. Please ask the person who gave it to you.',
    de: 'Diesen Link gibt es nicht, oder er wurde zurückgezogen, oder sein letzter Tag ist vorbei. Bitte fragen Sie, wer ihn Ihnen gegeben hat.',
  },
  shared_link_locked: {
    status: 401,
    en: 'This link has a password. Please enter it.',
    de: 'Dieser Link hat ein Passwort. Bitte geben Sie es ein.',
  },
  shared_link_paused: {
    status: 429,
    en: 'Too many wrong passwords were tried on this link. Please wait 15 minutes.',
    de: 'Für diesen Link wurden zu viele falsche Passwörter versucht. Bitte warten Sie 15 Minuten.',
  },
  shared_reading_over: {
    status: 401,
    en: 'Please open the link again.',
    de: 'Bitte öffnen Sie den Link noch einmal.',
  },
  not_shared: {
    status: 403,
    en: 'This is not part of what the link shows.',
    de: 'Das gehört nicht zu dem, was der Link zeigt.',
  },
} as const satisfies Record<string, RefusalText>;
