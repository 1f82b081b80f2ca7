import type { Texts } from './texts.ts';

export const english: Texts = {
  help: `avow-suite: the Improvement Programme and product registration of an installed suite

  status              whether you take part, and what this machine keeps
  on                  take part, after the list of what is told has been shown
  off                 do not take part; effective at once
  show                the next reports, exactly as they will leave
  sent [--delete]     what was sent, verified; or delete this record
  register            register the product
  receipt [file]      verify the registration receipt without a network; keep the one in the file
  count <application> count a start, as applications do themselves
  send                send what is due now
  forget              delete everything this machine keeps

  --manifest <file>   the suite's manifest; also AVOW_SUITE. Default: ./avow-suite.json
  --folder <folder>   where this machine keeps things, instead of the usual place
  --language en|de    instead of the language of your locale
  --json              one JSON value instead of sentences
  --agreed            with "on": the person has agreed in the installer's own dialog
  --yes               with "forget": do not ask
  --given-name, --family-name, --email, --country, --serial, --transfer-code, --mailing
                      with "register": instead of questions. --mailing puts you on the mailing list.`,
  programme: (suite) => `Improvement Programme of ${suite}`,
  choices: {
    undecided: 'You have not decided. Nothing is counted and nothing is sent.',
    widened:
      'The list of what is told has become longer since you agreed. Nothing is counted or sent until you decide again.',
    off: (day) => `Off since ${day}. Nothing is counted and nothing is sent.`,
    on: (day, from) => `On since ${day}. Starts are counted from ${from}.`,
  },
  killSwitches: {
    administrator: 'The administrator of this machine has switched the programme off.',
    'do-not-track': 'DO_NOT_TRACK is set: the programme is off.',
    ci: 'This is an automatic build: the programme is off.',
    'no-person': 'This account belongs to a program, not to a person: the programme is off.',
  },
  facets: {
    base: 'name and version of the product, operating system and its version, country of your regional setting',
    age: 'when it was installed: the week, after four weeks only the month, after a year only the year',
    apps: 'which applications are installed',
    starts: 'how often each application was started in a week, in steps (1, 2, 3-5, 6-10 …)',
  },
  listHead: (version) =>
    `What is told (list ${version}), each as a message of its own that cannot be joined with the others:`,
  neverSent: 'Never: your name, your address on the Internet, a number of your machine, what you work on.',
  askToTakePart: 'Do you want to take part? [y/n] ',
  agreementNeeded: 'Somebody has to agree: run this in a terminal, or with --agreed after your own dialog has asked.',
  turnedOn: (from) => `You take part. Starts are counted from ${from}. "avow-suite off" ends it at any time.`,
  turnedOff: 'You do not take part. Counters and waiting reports are deleted.',
  otherList: 'The list has changed meanwhile. Look at it again and decide then.',
  unsignedList: 'The list of what is told is not signed by the vendor. Nobody may be asked to agree to it.',
  notWritable: (why) => `This could not be written: ${why}`,
  nothingToShow: 'There are no next reports.',
  waits: (week, when) => `Week ${week}, leaves after ${when}`,
  running: (week) => `Week ${week}, still running`,
  logEmpty: 'Nothing has been sent.',
  logIntact: (lines) => `${lines} lines; the record is complete and unchanged.`,
  logBroken: (line) => `The record was changed: line ${line} does not follow from the one before it.`,
  logDeleted: 'The record of what was sent is deleted.',
  events: {
    leaving: 'sent',
    accepted: 'arrived',
    failed: (reason) => `did not arrive (${reason}); will be sent again`,
    stopped: 'cut off, because you left the programme',
  },
  held: {
    'not-taking-part': 'Nothing is sent: you do not take part.',
    administrator: 'Nothing is sent: the administrator has switched the programme off.',
    'do-not-track': 'Nothing is sent: DO_NOT_TRACK is set.',
    ci: 'Nothing is sent: this is an automatic build.',
    'no-person': 'Nothing is sent: this account belongs to a program.',
    busy: 'Another program is sending right now.',
    'application-started': 'Nothing is sent: an application was started less than ten minutes ago.',
    clock: 'Nothing is sent: the clock of this machine is more than an hour off.',
    'no-configuration': 'Nothing is sent: there is no signed configuration for this suite.',
    unreachable: 'The vendor’s server cannot be reached. The reports wait.',
    'keys-unverified': 'Nothing was sent: the server’s key is not signed by the vendor.',
    'configuration-unverified': 'Nothing was sent: the server’s configuration is not signed by the vendor.',
    stopped: 'Stopped: you left the programme.',
    failed: 'This could not be read or written on this machine.',
  },
  sent: (count, waiting) => `${count} sent, ${waiting} waiting.`,
  kept: {
    decision: 'your decision',
    counters: 'counted starts',
    'waiting-reports': 'reports that wait',
    'nonce-seed': 'random number from which reports get theirs; never leaves',
    configuration: 'the vendor’s signed list',
    'sent-log': 'record of what was sent',
    registration: 'registration and receipt',
  },
  keepsNothing: 'This machine keeps nothing.',
  keepsHead: 'This machine keeps:',
  askToForget:
    'This deletes your decision, counted starts, waiting reports, the record of what was sent and the receipt. Go on? [y/n] ',
  forgotten: 'Everything is deleted.',
  counted: 'Done.',
  questions: {
    givenName: 'First name',
    familyName: 'Last name',
    email: 'E-mail',
    country: 'Country (two letters, such as DE)',
    serial: 'Serial number',
    mailing: 'Mailing list: special offers and updates by e-mail? [y/N]',
  },
  mailingWords: (suite) => `Send me special offers and updates about ${suite} by e-mail.`,
  registrationHead:
    'Sealed on this machine; only the vendor’s private server can open it. Sent with it: serial number, versions of disc and software.',
  registered: 'Received. A mail with a link is on its way to you; the receipt comes with it.',
  registrationAccepted: 'Accepted and safe. The private server is away; the mail comes when it is back.',
  registration: (day, arrived, subscribed) =>
    `Product registration: ${arrived ? `sent on ${day}` : `tried on ${day}, did not arrive`}; mailing list: ${subscribed ? 'chosen' : 'not chosen'}.`,
  notRegistered: 'The product has not been registered from this machine.',
  receipts: {
    genuine: 'The receipt is genuine and for this product.',
    'not-genuine': 'This is no receipt that the vendor signed.',
    'other-product': 'The receipt is genuine, but for another product or serial number.',
  },
  noReceipt: 'There is no receipt on this machine.',
  unknownCommand: (name) => `There is no command "${name}". "avow-suite help" lists them.`,
  missing: (option) => `${option} is missing.`,
};
