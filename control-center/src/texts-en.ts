/** The words of the Control Center, for page and terminal. German has the same keys; the compiler sees to it. */
export const en = {
  title: 'Control Center',
  of: (suite: string) => `Control Center of ${suite}`,
  local: 'This page comes from your own computer. It loads nothing from anywhere else.',
  otherLanguage: 'Deutsch',
  yes: 'Yes',
  no: 'No',
  /** Of a choice in the terminal: the key, and what it does. */
  keys: {
    move: ['↑/↓', 'move'] as [string, string],
    mark: ['Space:', 'select'] as [string, string],
    confirm: ['Enter:', 'confirm'] as [string, string],
  },
  leave: 'Leave',
  failed: 'That did not work',
  closed: 'This window is no longer connected. Please close it and open the Control Center again.',
  code: (code: string) => `Code: ${code}`,

  installed: (suite: string) => `${suite} is installed`,
  installedLead: 'Two questions, and both can wait: you find them again in the Control Center at any time.',
  finish: 'Finish',
  finished: 'That is all. You can close this window.',

  programme: 'Improvement Programme',
  programmeLead: (suite: string) =>
    `You decide whether ${suite} tells its makers, anonymously, how it is used. It is off until you switch it on, and all of it works either way.`,
  standing: {
    undecided: 'You have not decided yet. Nothing is counted, and nothing is sent.',
    widened: 'The list below has become longer since you agreed. Nothing is counted until you decide again.',
    on: 'You take part.',
    off: 'You do not take part. Nothing is counted, and nothing is sent.',
  },
  since: (day: string, first: string) => `Decided on ${day}. What happened before ${first} is not counted.`,
  killed: {
    administrator: 'Your administrator has switched the programme off on this computer.',
    'do-not-track': 'DO_NOT_TRACK is set: the programme is off, whatever was decided here.',
    ci: 'This is a build machine: the programme is off here.',
    'no-person': 'This account belongs to a program, not to a person: the programme is off here.',
  },
  unknownList: 'There is no list that the makers have signed. Nobody can be asked without one.',
  takePart: 'Take part',
  notTakePart: 'Do not take part',
  stop: 'Stop taking part',
  stopEffect:
    'It takes effect at once: counters and waiting reports on this computer are deleted, and nothing more is sent.',

  list: 'What would be told, and why',
  listLead: (messages: number) =>
    `Once a week, ${messages} separate messages, each at its own time, through a relay that cannot open them. No message says which computer it comes from, or which other one belongs to it.`,
  facets: {
    base: {
      name: 'Product and system',
      told: 'Name and version of the product, family and version of the operating system, and the country of its regional settings (small ones only as a region).',
    },
    age: {
      name: 'When it was installed',
      told: 'The week in the first month, then the month, after a year the year. Date and time stay here.',
    },
    apps: { name: 'Which applications are installed', told: 'The names of the applications of this product.' },
    starts: {
      name: 'How often each application was started',
      told: 'In steps: 0, 1, 2, 3 to 5, 6 to 10, 11 to 20, 21 to 50, 51 to 100, more than 100 in a week.',
    },
  },
  installedAt: (moment: string) => `Here it was installed on ${moment}. That stays on this computer.`,
  nothingElse: 'Nothing else is told. The reasons:',

  next: 'Next report',
  nextLead: 'Every message exactly as it will leave.',
  nextOff: 'There is none, because you do not take part.',
  nextNone: 'There is none yet: the first counted week begins on the Monday after your decision.',
  week: (week: string) => `Week ${week}`,
  notOver: 'leaves after the week is over; the numbers may still rise',
  leaves: (moment: string) => `leaves on ${moment} or later`,
  tried: (times: number) => (times === 1 ? 'tried once' : `tried ${times} times`),
  filler: 'Says nothing. It makes the number of messages the same for everybody.',
  fillers: (count: number) => (count === 1 ? 'One message that says nothing' : `${count} messages that say nothing`),
  bytes: 'Exactly what leaves',

  sent: 'Sent reports',
  sentLead: 'A record on your own computer, written before each message leaves, from the very same bytes.',
  sentNone: 'Nothing was ever sent.',
  intact: (count: number) =>
    count === 1 ? 'One message. The record is complete.' : `${count} messages. The record is complete.`,
  broken: (line: number) => `The record was changed: line ${line} does not follow from the one before it.`,
  unreadable: (count: number) => (count === 1 ? 'One line cannot be read.' : `${count} lines cannot be read.`),
  outcome: {
    accepted: 'arrived',
    failed: 'did not arrive, is tried again',
    stopped: 'stopped, because you left',
    open: 'under way',
  },
  deleteLog: 'Delete this record',
  deleteLogEffect:
    'The record goes for good. What was sent cannot be called back: nobody knows which messages are yours.',

  registration: 'Product registration',
  registrationLead: (suite: string) =>
    `Registering ${suite} is your choice. It has nothing to do with the Improvement Programme.`,
  registrationWhy:
    'Asked: name, e-mail address, country and serial number; the internal versions of disc and software go with them. Sealed on this computer; only the private server can open it.',
  statement: 'Privacy statement',
  fields: {
    givenName: 'First name',
    familyName: 'Last name',
    email: 'E-mail address',
    country: 'Country',
    serial: 'Serial number',
    transferCode: 'Transfer code (optional: from the previous owner)',
  },
  chooseCountry: 'Please choose',
  mailing: (vendorOf: string) =>
    `Send me special offers and news about ${vendorOf} by e-mail. I can change this at any time.`,
  register: 'Register this product',
  registering: 'Sealing and sending …',
  registered: 'It has arrived. Please open the mail that is on its way to you, and confirm. It leads to your receipt.',
  accepted: 'Accepted and safe; the private server is away. You will get the mail when it is back.',
  corrections: 'Please look at these fields again:',
  notWritable: 'This computer does not let us write in your folder, so nothing was sent.',
  registeredOn: (day: string) => `Registered on ${day}.`,
  sendingSince: (day: string) =>
    `Sent on ${day}; whether it arrived is not known yet. You can safely send the same once more.`,
  onList: 'You chose to be on the mailing list.',
  notOnList: 'You chose not to be on the mailing list.',
  changeChoice: 'Change it, or see and correct your data:',
  receipt: 'Receipt',
  receiptLead: 'The mail leads to a receipt. Put it here, and it can be checked at any time without a network.',
  receiptField: 'Receipt (the text of the file)',
  checkReceipt: 'Check and keep',
  verdict: {
    genuine: 'Genuine, and for this product. It is kept here.',
    'not-genuine': 'This is no receipt that the makers have signed.',
    'other-product': 'Genuine, but for another product or another serial number.',
  },
  receiptOf: (edition: string, day: string) => `Edition ${edition}, registered on ${day}.`,

  kept: 'What this computer keeps',
  keptLead: 'All of it lies in one folder of yours:',
  keptNone: 'Nothing.',
  kinds: {
    decision: 'Your decision about the programme',
    counters: 'Starts of this week and of weeks that are not sent yet',
    'waiting-reports': 'Messages that wait',
    'nonce-seed': 'A random number from which each message gets its own',
    configuration: 'The signed list of what may be told',
    'sent-log': 'The record of what was sent',
    registration: 'That this product was registered, your choice about mails, and the receipt. No name, no address',
  },
  size: (bytes: string) => `${bytes} bytes`,
  forget: 'Forget everything',
  forgetEffect:
    'Decision, counters, waiting messages, record, receipt: everything above goes from this computer. What you registered stays with the makers; you can see and erase it there.',
  reallyForget: 'Yes, forget everything',
  reallyDelete: 'Yes, delete the record',
  cancel: 'Keep it',
  done: 'Done.',
  notDone: {
    administrator: 'Your administrator has switched this off.',
    'do-not-track': 'DO_NOT_TRACK is set.',
    ci: 'This is a build machine.',
    'no-person': 'This account belongs to a program.',
    'other-field-list': 'The list has changed while you read it. Please look at it again.',
    'no-configuration': 'There is no list that the makers have signed.',
    'not-writable': 'This computer does not let us write in your folder. Nothing was changed.',
  },
};

export type Texts = typeof en;
