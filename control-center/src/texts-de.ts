import type { Texts } from './texts-en.ts';

export const de: Texts = {
  title: 'Control Center',
  of: (suite) => `Control Center der ${suite}`,
  local: 'Diese Seite kommt von Ihrem eigenen Rechner. Sie lädt nichts von anderswo.',
  otherLanguage: 'English',
  yes: 'Ja',
  no: 'Nein',
  keys: { move: ['↑/↓', 'bewegen'], mark: ['Leertaste:', 'auswählen'], confirm: ['Eingabetaste:', 'bestätigen'] },
  leave: 'Verlassen',
  failed: 'Das hat nicht geklappt',
  closed: 'Dieses Fenster ist nicht mehr verbunden. Bitte schließen Sie es und öffnen Sie das Control Center neu.',
  code: (code) => `Code: ${code}`,

  installed: (suite) => `Die ${suite} ist installiert`,
  installedLead: 'Zwei Fragen, und beide können warten: Sie finden sie jederzeit im Control Center wieder.',
  finish: 'Fertig',
  finished: 'Das war alles. Sie können dieses Fenster schließen.',

  programme: 'Verbesserungsprogramm',
  programmeLead: (suite) =>
    `Sie entscheiden, ob die ${suite} ihren Herstellern anonym erzählt, wie sie benutzt wird. Es ist aus, bis Sie es einschalten, und alles funktioniert so oder so.`,
  standing: {
    undecided: 'Sie haben noch nicht entschieden. Es wird nichts gezählt und nichts gesendet.',
    widened:
      'Die Liste unten ist länger geworden, seit Sie zugestimmt haben. Bis Sie neu entscheiden, wird nichts gezählt.',
    on: 'Sie nehmen teil.',
    off: 'Sie nehmen nicht teil. Es wird nichts gezählt und nichts gesendet.',
  },
  since: (day, first) => `Entschieden am ${day}. Was vor dem ${first} war, wird nicht gezählt.`,
  killed: {
    administrator: 'Ihre Administration hat das Programm auf diesem Rechner abgeschaltet.',
    'do-not-track': 'DO_NOT_TRACK ist gesetzt: Das Programm ist aus, was immer hier entschieden wurde.',
    ci: 'Das ist eine Maschine für automatische Builds: Hier ist das Programm aus.',
    'no-person': 'Dieses Konto gehört einem Programm, keinem Menschen: Hier ist das Verbesserungsprogramm aus.',
  },
  unknownList: 'Es gibt keine Liste, die die Hersteller unterschrieben haben. Ohne sie kann niemand gefragt werden.',
  takePart: 'Teilnehmen',
  notTakePart: 'Nicht teilnehmen',
  stop: 'Teilnahme beenden',
  stopEffect:
    'Das wirkt sofort: Zähler und wartende Berichte auf diesem Rechner werden gelöscht, und es wird nichts mehr gesendet.',

  list: 'Was erzählt würde, und warum',
  listLead: (messages) =>
    `Einmal in der Woche ${messages} einzelne Nachrichten, jede zu ihrer eigenen Zeit, über ein Relais, das sie nicht öffnen kann. Keine Nachricht sagt, von welchem Rechner sie kommt oder welche andere zu ihr gehört.`,
  facets: {
    base: {
      name: 'Produkt und System',
      told: 'Name und Version des Produkts, Familie und Version des Betriebssystems und das Land aus dessen Einstellungen (kleine Länder nur als Region).',
    },
    age: {
      name: 'Wann es installiert wurde',
      told: 'Im ersten Monat die Woche, dann der Monat, nach einem Jahr das Jahr. Datum und Uhrzeit bleiben hier.',
    },
    apps: { name: 'Welche Anwendungen installiert sind', told: 'Die Namen der Anwendungen dieses Produkts.' },
    starts: {
      name: 'Wie oft jede Anwendung gestartet wurde',
      told: 'In Stufen: 0, 1, 2, 3 bis 5, 6 bis 10, 11 bis 20, 21 bis 50, 51 bis 100, mehr als 100 in einer Woche.',
    },
  },
  installedAt: (moment) => `Hier wurde es am ${moment} installiert. Das bleibt auf diesem Rechner.`,
  nothingElse: 'Sonst wird nichts erzählt. Die Gründe:',

  next: 'Nächster Bericht',
  nextLead: 'Jede Nachricht genau so, wie sie hinausgehen wird.',
  nextOff: 'Es gibt keinen, weil Sie nicht teilnehmen.',
  nextNone: 'Es gibt noch keinen: Die erste gezählte Woche beginnt am Montag nach Ihrer Entscheidung.',
  week: (week) => `Woche ${week}`,
  notOver: 'geht hinaus, wenn die Woche vorbei ist; die Zahlen können noch steigen',
  leaves: (moment) => `geht am ${moment} oder später hinaus`,
  tried: (times) => (times === 1 ? 'einmal versucht' : `${times}-mal versucht`),
  filler: 'Sagt nichts. So ist die Zahl der Nachrichten für alle gleich.',
  fillers: (count) => (count === 1 ? 'Eine Nachricht, die nichts sagt' : `${count} Nachrichten, die nichts sagen`),
  bytes: 'Genau das geht hinaus',

  sent: 'Gesendete Berichte',
  sentLead:
    'Eine Aufzeichnung auf Ihrem eigenen Rechner, geschrieben, bevor eine Nachricht hinausgeht, aus genau denselben Bytes.',
  sentNone: 'Es wurde noch nie etwas gesendet.',
  intact: (count) =>
    count === 1
      ? 'Eine Nachricht. Die Aufzeichnung ist vollständig.'
      : `${count} Nachrichten. Die Aufzeichnung ist vollständig.`,
  broken: (line) => `Die Aufzeichnung wurde verändert: Zeile ${line} folgt nicht aus der vorigen.`,
  unreadable: (count) => (count === 1 ? 'Eine Zeile ist nicht lesbar.' : `${count} Zeilen sind nicht lesbar.`),
  outcome: {
    accepted: 'angekommen',
    failed: 'nicht angekommen, wird wieder versucht',
    stopped: 'angehalten, weil Sie nicht mehr teilnehmen',
    open: 'unterwegs',
  },
  deleteLog: 'Aufzeichnung löschen',
  deleteLogEffect:
    'Die Aufzeichnung ist dann endgültig weg. Gesendetes lässt sich nicht zurückholen: Niemand weiß, welche Nachrichten Ihre sind.',

  registration: 'Produktregistrierung',
  registrationLead: (suite) =>
    `Ob Sie die ${suite} registrieren, entscheiden Sie. Es hat mit dem Verbesserungsprogramm nichts zu tun.`,
  registrationWhy:
    'Gefragt wird nach Name, E-Mail-Adresse, Land und Seriennummer; die internen Versionen von Datenträger und Software gehen mit. Versiegelt auf diesem Rechner; nur der private Server kann es öffnen.',
  statement: 'Datenschutzerklärung',
  fields: {
    givenName: 'Vorname',
    familyName: 'Nachname',
    email: 'E-Mail-Adresse',
    country: 'Land',
    serial: 'Seriennummer',
    transferCode: 'Übertragungscode (freiwillig: vom Vorbesitzer)',
  },
  chooseCountry: 'Bitte wählen',
  mailing: (vendorOf) =>
    `Schicken Sie mir Angebote und Neuigkeiten zur ${vendorOf} per E-Mail. Ich kann das jederzeit ändern.`,
  register: 'Dieses Produkt registrieren',
  registering: 'Wird versiegelt und gesendet …',
  registered:
    'Es ist angekommen. Bitte öffnen Sie die Mail, die zu Ihnen unterwegs ist, und bestätigen Sie. Sie führt zu Ihrem Beleg.',
  accepted: 'Angenommen und sicher; der private Server ist gerade weg. Die Mail kommt, wenn er wieder da ist.',
  corrections: 'Bitte sehen Sie diese Felder noch einmal an:',
  notWritable: 'Dieser Rechner lässt uns nicht in Ihren Ordner schreiben, deshalb wurde nichts gesendet.',
  registeredOn: (day) => `Registriert am ${day}.`,
  sendingSince: (day) =>
    `Gesendet am ${day}; ob es angekommen ist, steht noch nicht fest. Sie können dasselbe ohne Sorge noch einmal senden.`,
  onList: 'Sie haben sich für die Mailingliste entschieden.',
  notOnList: 'Sie haben sich gegen die Mailingliste entschieden.',
  changeChoice: 'Das ändern, oder Ihre Daten sehen und berichtigen:',
  receipt: 'Beleg',
  receiptLead: 'Die Mail führt zu einem Beleg. Legen Sie ihn hier ab, dann lässt er sich jederzeit ohne Netz prüfen.',
  receiptField: 'Beleg (der Text der Datei)',
  checkReceipt: 'Prüfen und behalten',
  verdict: {
    genuine: 'Echt, und für dieses Produkt. Er wird hier aufbewahrt.',
    'not-genuine': 'Das ist kein Beleg, den die Hersteller unterschrieben haben.',
    'other-product': 'Echt, aber für ein anderes Produkt oder eine andere Seriennummer.',
  },
  receiptOf: (edition, day) => `Edition ${edition}, registriert am ${day}.`,

  kept: 'Was dieser Rechner aufbewahrt',
  keptLead: 'Alles liegt in einem Ordner, der Ihnen gehört:',
  keptNone: 'Nichts.',
  kinds: {
    decision: 'Ihre Entscheidung über das Programm',
    counters: 'Starts dieser Woche und der Wochen, die noch nicht gesendet sind',
    'waiting-reports': 'Nachrichten, die warten',
    'nonce-seed': 'Eine Zufallszahl, aus der jede Nachricht ihre eigene bekommt',
    configuration: 'Die unterschriebene Liste dessen, was erzählt werden darf',
    'sent-log': 'Die Aufzeichnung dessen, was gesendet wurde',
    registration:
      'Dass dieses Produkt registriert wurde, Ihre Wahl zu den Mails und der Beleg. Kein Name, keine Adresse',
  },
  size: (bytes) => `${bytes} Bytes`,
  forget: 'Alles vergessen',
  forgetEffect:
    'Entscheidung, Zähler, wartende Nachrichten, Aufzeichnung, Beleg: Alles von oben verschwindet von diesem Rechner. Was Sie registriert haben, bleibt bei den Herstellern; dort können Sie es sehen und löschen.',
  reallyForget: 'Ja, alles vergessen',
  reallyDelete: 'Ja, Aufzeichnung löschen',
  cancel: 'Behalten',
  done: 'Erledigt.',
  notDone: {
    administrator: 'Ihre Administration hat das abgeschaltet.',
    'do-not-track': 'DO_NOT_TRACK ist gesetzt.',
    ci: 'Das ist eine Maschine für automatische Builds.',
    'no-person': 'Dieses Konto gehört einem Programm.',
    'other-field-list': 'Die Liste hat sich geändert, während Sie sie lasen. Bitte sehen Sie sie noch einmal an.',
    'no-configuration': 'Es gibt keine Liste, die die Hersteller unterschrieben haben.',
    'not-writable': 'Dieser Rechner lässt uns nicht in Ihren Ordner schreiben. Es wurde nichts geändert.',
  },
};
