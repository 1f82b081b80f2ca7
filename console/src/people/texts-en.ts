import { inLanguage } from '../texts/in-language.ts';

const { plural, day } = inLanguage('en');

export const en = {
  title: 'People',
  find: {
    title: 'Look somebody up',
    hint: 'By the whole e-mail address or the whole serial number. There is no list of persons.',
    label: 'E-mail address or serial number',
    button: 'Look up',
    nobody: 'Nobody is registered with that.',
    nobodyHint: 'Compare it letter by letter. Addresses are found whole, serials with or without hyphens.',
    found: 'Somebody is registered with that.',
    facts: (since: string, country: string, language: string) =>
      `Registered on ${day(since)} · ${country} · reads ${language}`,
    products: (count: number) => plural(count, { one: '# product', other: '# products' }),
    masked: 'Personal data stays closed until you say what you need it for.',
    open: 'Open the record',
    command: (text: string) => `Look up ${text}`,
  },
  purpose: {
    title: 'What do you need it for?',
    hint: 'The purpose is on record, and the person sees it with their data.',
    choices: {
      'customer-service-issue': 'A customer-service issue',
      'clarify-inaccurate-information': 'To clarify something that may not be right',
      'usage-patterns': 'To see overall usage patterns',
    },
    hints: {
      'customer-service-issue': 'Somebody wrote or called, and you follow up.',
      'clarify-inaccurate-information': 'A value looks wrong, or the person asked for a correction.',
      'usage-patterns': 'Rarely needs a single person: the figures may do.',
    },
    ticket: 'Ticket',
    optional: 'optional',
    open: 'Open',
  },
  waiting: {
    requests: 'Corrections asked for',
    requestsHint: 'What the system did not accept, and a person asked of staff. Each stays closed until you open it.',
    noRequests: 'No open requests',
    noRequestsHint:
      'When a correction is refused in self-service, the person can ask you for it. The request then stands here.',
    answers: 'Answers to your questions',
    answersHint: (count: number) =>
      count === 0
        ? 'No question is unanswered.'
        : plural(count, { one: '# question is unanswered.', other: '# questions are unanswered.' }),
    noAnswers: 'No new answers',
    noAnswersHint: 'Ask a person from their record; the answer arrives here.',
    columns: { field: 'About', language: 'Language', day: 'Day', act: 'Open' },
    open: 'Open',
    openOf: (field: string, since: string) => `Open ${field} of ${day(since)}`,
  },
  languages: { en: 'English', de: 'German' },
  other: 'Something else',
  record: {
    title: 'A person',
    gone: 'This record is not open to you any more',
    goneHint: 'An access is good for whoever opened it, until midnight (UTC). Look the person up again.',
    again: 'Look somebody up',
    openedFor: (purpose: string, ticket: string | null) =>
      ticket ? `Open for: ${purpose}, ticket ${ticket}` : `Open for: ${purpose}`,
    close: 'Close the record',
    fields: 'Data',
    acts: {
      registration: 'registration',
      'product-registration': 'product registration',
      correction: 'correction',
      'email-change': 'change of address',
      'email-undo': 'change of address undone',
      'staff-email-change': 'address proposed by staff',
    } as Record<string, string>,
    proposeEmail: 'Propose a new address',
    source: (act: string, since: string) => `${act}, ${day(since)}`,
    columns: { field: 'Field', value: 'Value', source: 'From' },
    correct: 'Correct',
    ask: 'Ask the person',
    products: 'Products',
    noProducts: 'No product is registered',
    productColumns: { product: 'Product', serial: 'Serial', version: 'Version', state: 'State', day: 'Day' },
    states: { registered: 'registered', 'on hold': 'on hold', transferred: 'passed on', refused: 'refused' },
    changes: 'History',
    noChanges: 'Nothing was changed',
    changeColumns: { day: 'Day', field: 'Field', before: 'Before', after: 'After', by: 'By' },
    by: { person: 'the person', staff: 'staff' },
    empty: '(empty)',
    consents: 'Mailing list',
    noConsents: 'Nothing was chosen',
    given: 'wants mails',
    notGiven: 'wants no mails',
    consentOf: (version: number, since: string) => `statement version ${version}, ${day(since)}`,
    mails: 'Mails',
    mailsHint: 'What they were for and what became of them. Their words are not shown.',
    noMails: 'No mails in the last weeks',
    mailStates: {
      queued: 'waiting',
      claimed: 'being sent',
      'handing over': 'being sent',
      'handed over': 'handed over',
      failed: 'refused',
      unknown: 'unknown',
    },
    mailColumns: { purpose: 'What for', state: 'State', day: 'Day' },
    accesses: 'Who looked',
    accessesHint: 'The person sees this list, without names.',
    accessColumns: { day: 'Day', purpose: 'Purpose', staff: 'Who' },
    operator: 'operator, on the server itself',
    former: 'former member of staff',
    questions: 'Questions to the person',
    unanswered: 'not answered yet',
    askedOn: (since: string) => `Asked on ${day(since)}`,
    answeredOn: (since: string) => `Answered on ${day(since)}`,
    proposed: {
      person: (address: string, until: string) =>
        `Wants to change to ${address}. It waits to be confirmed there, until ${day(until)}.`,
      staff: (address: string, until: string) =>
        `Staff proposed ${address}. It waits to be confirmed there, until ${day(until)}.`,
    },
    objected: (address: string, since: string) =>
      `Staff proposed ${address}. The address in use objected on ${day(since)}, so nothing was changed.`,
    dealtWith: 'It is dealt with',
    requests: 'Asked of staff',
  },
  newEmail: {
    title: 'Propose a new e-mail address',
    hint: 'For somebody who writes from a new address because the old mailbox is gone.',
    address: 'New e-mail address',
    how: 'A link goes to the new address: only when it is confirmed there is it used. The address in use is told at once and can object, and for seven days after a change undo it. Whether somebody else has the new address is told to nobody.',
    send: 'Propose it',
    sent: 'Proposed. It is used once it is confirmed at the new address.',
  },
  correction: {
    title: 'Correct the data',
    hint: 'Only what you change is saved. The person is told by mail which fields it was, and sees old and new value.',
    email:
      'The e-mail address has to be proven, so it is changed by the person in self-service, or by a new address that you propose.',
    save: 'Save the correction',
    saved: (count: number) =>
      count === 0
        ? 'Nothing was different.'
        : plural(count, {
            one: '# field was corrected. The person is told by mail.',
            other: '# fields were corrected. The person is told by mail.',
          }),
  },
  question: {
    title: 'Ask the person',
    hint: 'The mail says only which field it is about. The question itself is read and answered in self-service.',
    field: 'About',
    text: 'Your question',
    send: 'Send the question',
    sent: 'The question is on its way.',
  },
  request: {
    title: 'Correction asked for',
    wanted: 'What it should say',
    message: 'What the person wrote',
    held: 'What is held',
    outcome: 'What did you do?',
    outcomes: { changed: 'I corrected it', declined: 'It cannot be changed' },
    answer: 'Your answer, as it goes out by mail',
    send: 'Answer and close',
    closed: 'Answered. The request is closed and erased.',
  },
  answered: { closed: 'Closed. Question and answer are erased.' },
};
