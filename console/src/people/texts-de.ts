import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { plural, day } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Personen',
  find: {
    title: 'Jemanden suchen',
    hint: 'Mit der ganzen E-Mail-Adresse oder der ganzen Seriennummer. Eine Liste der Personen gibt es nicht.',
    label: 'E-Mail-Adresse oder Seriennummer',
    button: 'Suchen',
    nobody: 'Damit ist niemand registriert.',
    nobodyHint:
      'Vergleichen Sie Zeichen für Zeichen. Adressen werden nur ganz gefunden, Seriennummern mit und ohne Striche.',
    found: 'Damit ist jemand registriert.',
    facts: (since: string, country: string, language: string) =>
      `Registriert am ${day(since)} · ${country} · liest ${language}`,
    products: (count: number) => plural(count, { one: '# Produkt', other: '# Produkte' }),
    masked: 'Persönliche Daten bleiben verschlossen, bis Sie sagen, wozu Sie sie brauchen.',
    open: 'Die Daten öffnen',
    command: (text: string) => `${text} suchen`,
  },
  purpose: {
    title: 'Wozu brauchen Sie die Daten?',
    hint: 'Der Zweck wird festgehalten, und die Person sieht ihn bei ihren Daten.',
    choices: {
      'customer-service-issue': 'Ein Anliegen des Kundendiensts',
      'clarify-inaccurate-information': 'Um etwas zu klären, das vielleicht nicht stimmt',
      'usage-patterns': 'Um allgemeine Nutzungsmuster zu sehen',
    },
    hints: {
      'customer-service-issue': 'Jemand hat geschrieben oder angerufen, und Sie kümmern sich.',
      'clarify-inaccurate-information': 'Eine Angabe sieht falsch aus, oder die Person wünscht eine Berichtigung.',
      'usage-patterns': 'Selten braucht das eine einzelne Person: Vielleicht genügen die Zahlen.',
    },
    ticket: 'Vorgang',
    optional: 'freiwillig',
    open: 'Öffnen',
  },
  waiting: {
    requests: 'Gewünschte Berichtigungen',
    requestsHint:
      'Was das System nicht annahm und eine Person nun von Ihnen wünscht. Jede bleibt zu, bis Sie sie öffnen.',
    noRequests: 'Keine offenen Wünsche',
    noRequestsHint:
      'Wird eine Berichtigung in der Selbstauskunft abgelehnt, kann die Person Sie darum bitten. Der Wunsch steht dann hier.',
    answers: 'Antworten auf Ihre Fragen',
    answersHint: (count: number) =>
      count === 0
        ? 'Keine Frage ist offen.'
        : plural(count, { one: '# Frage ist offen.', other: '# Fragen sind offen.' }),
    noAnswers: 'Keine neuen Antworten',
    noAnswersHint: 'Fragen Sie eine Person von ihren Daten aus; die Antwort kommt hier an.',
    columns: { field: 'Worüber', language: 'Sprache', day: 'Tag', act: 'Öffnen' },
    open: 'Öffnen',
    openOf: (field: string, since: string) => `${field} vom ${day(since)} öffnen`,
  },
  languages: { en: 'Englisch', de: 'Deutsch' },
  other: 'Etwas anderes',
  record: {
    title: 'Eine Person',
    gone: 'Diese Daten sind für Sie nicht mehr offen',
    goneHint:
      'Ein Zugriff gilt für den, der ihn geöffnet hat, bis Mitternacht (UTC). Suchen Sie die Person noch einmal.',
    again: 'Jemanden suchen',
    openedFor: (purpose: string, ticket: string | null) =>
      ticket ? `Offen für: ${purpose}, Vorgang ${ticket}` : `Offen für: ${purpose}`,
    close: 'Die Daten schließen',
    fields: 'Daten',
    acts: {
      registration: 'Registrierung',
      'product-registration': 'Produktregistrierung',
      correction: 'Berichtigung',
      'email-change': 'Adressänderung',
      'email-undo': 'Adressänderung rückgängig gemacht',
      'staff-email-change': 'von uns vorgeschlagene Adresse',
    },
    proposeEmail: 'Neue Adresse vorschlagen',
    source: (act: string, since: string) => `${act}, ${day(since)}`,
    columns: { field: 'Angabe', value: 'Wert', source: 'Woher' },
    correct: 'Berichtigen',
    ask: 'Die Person fragen',
    products: 'Produkte',
    noProducts: 'Kein Produkt ist registriert',
    productColumns: { product: 'Produkt', serial: 'Seriennummer', version: 'Version', state: 'Stand', day: 'Tag' },
    states: { registered: 'registriert', 'on hold': 'angehalten', transferred: 'weitergegeben', refused: 'abgelehnt' },
    changes: 'Verlauf',
    noChanges: 'Nichts wurde geändert',
    changeColumns: { day: 'Tag', field: 'Angabe', before: 'Vorher', after: 'Nachher', by: 'Von' },
    by: { person: 'der Person', staff: 'uns' },
    empty: '(leer)',
    consents: 'Mailingliste',
    noConsents: 'Nichts wurde gewählt',
    given: 'möchte Mails',
    notGiven: 'möchte keine Mails',
    consentOf: (version: number, since: string) => `Erklärung Fassung ${version}, ${day(since)}`,
    mails: 'Mails',
    mailsHint: 'Wozu sie waren und was aus ihnen wurde. Ihre Worte werden nicht gezeigt.',
    noMails: 'Keine Mails in den letzten Wochen',
    mailStates: {
      queued: 'wartet',
      claimed: 'wird gesendet',
      'handing over': 'wird gesendet',
      'handed over': 'übergeben',
      failed: 'abgelehnt',
      unknown: 'ungewiss',
    },
    mailColumns: { purpose: 'Wozu', state: 'Stand', day: 'Tag' },
    accesses: 'Wer hineingesehen hat',
    accessesHint: 'Die Person sieht diese Liste, ohne Namen.',
    accessColumns: { day: 'Tag', purpose: 'Zweck', staff: 'Wer' },
    operator: 'Betrieb, am Server selbst',
    former: 'ehemaliges Mitglied',
    questions: 'Fragen an die Person',
    unanswered: 'noch nicht beantwortet',
    askedOn: (since: string) => `Gefragt am ${day(since)}`,
    answeredOn: (since: string) => `Beantwortet am ${day(since)}`,
    proposed: {
      person: (address, until) => `Möchte zu ${address} wechseln. Das muss dort bestätigt werden, bis ${day(until)}.`,
      staff: (address, until) =>
        `Von uns vorgeschlagen: ${address}. Das muss dort bestätigt werden, bis ${day(until)}.`,
    },
    objected: (address, since) =>
      `Von uns vorgeschlagen: ${address}. Die jetzige Adresse hat am ${day(since)} widersprochen, deshalb wurde nichts geändert.`,
    dealtWith: 'Das ist erledigt',
    requests: 'Von uns gewünscht',
  },
  newEmail: {
    title: 'Eine neue E-Mail-Adresse vorschlagen',
    hint: 'Für jemanden, der von einer neuen Adresse schreibt, weil es das alte Postfach nicht mehr gibt.',
    address: 'Neue E-Mail-Adresse',
    how: 'An die neue Adresse geht ein Link: Erst wenn sie dort bestätigt wird, gilt sie. Die jetzige Adresse bekommt sofort Bescheid, kann widersprechen und eine Änderung noch sieben Tage lang rückgängig machen. Ob die neue Adresse jemand anderem gehört, erfährt niemand.',
    send: 'Vorschlagen',
    sent: 'Vorgeschlagen. Sie gilt, sobald sie an der neuen Adresse bestätigt ist.',
  },
  correction: {
    title: 'Die Daten berichtigen',
    hint: 'Gespeichert wird nur, was Sie ändern. Die Person erfährt per Mail, welche Angaben es waren, und sieht alten und neuen Wert.',
    email:
      'Die E-Mail-Adresse muss bestätigt werden: Die Person ändert sie in der Selbstauskunft, oder Sie schlagen eine neue vor.',
    save: 'Die Berichtigung speichern',
    saved: (count: number) =>
      count === 0
        ? 'Es war nichts anders.'
        : plural(count, {
            one: '# Angabe wurde berichtigt. Die Person erfährt es per Mail.',
            other: '# Angaben wurden berichtigt. Die Person erfährt es per Mail.',
          }),
  },
  question: {
    title: 'Die Person fragen',
    hint: 'In der Mail steht nur, um welche Angabe es geht. Die Frage selbst liest und beantwortet die Person in der Selbstauskunft.',
    field: 'Worüber',
    text: 'Ihre Frage',
    send: 'Die Frage senden',
    sent: 'Die Frage ist unterwegs.',
  },
  request: {
    title: 'Gewünschte Berichtigung',
    wanted: 'Was da stehen soll',
    message: 'Was die Person schrieb',
    held: 'Was da steht',
    outcome: 'Was haben Sie getan?',
    outcomes: { changed: 'Ich habe es berichtigt', declined: 'Es lässt sich nicht ändern' },
    answer: 'Ihre Antwort, wie sie per Mail hinausgeht',
    send: 'Antworten und schließen',
    closed: 'Beantwortet. Der Wunsch ist erledigt und gelöscht.',
  },
  answered: { closed: 'Erledigt. Frage und Antwort sind gelöscht.' },
};
