import type { Texts } from './texts.ts';

export const german: Texts = {
  help: `avow-suite: Verbesserungsprogramm und Produktregistrierung einer installierten Suite

  status              ob Sie teilnehmen, und was dieser Rechner aufbewahrt
  on                  teilnehmen, nachdem die Liste der Angaben gezeigt wurde
  off                 nicht teilnehmen; wirkt sofort
  show                die nächsten Berichte, genau so, wie sie abgehen
  sent [--delete]     was gesendet wurde, geprüft; oder diese Aufzeichnung löschen
  register            das Produkt registrieren
  receipt [Datei]     die Quittung ohne Netz prüfen; die aus der Datei aufbewahren
  count <Anwendung>   einen Start zählen, wie es die Anwendungen selbst tun
  send                senden, was jetzt fällig ist
  forget              alles löschen, was dieser Rechner aufbewahrt

  --manifest <Datei>  das Manifest der Suite; auch AVOW_SUITE. Sonst: ./avow-suite.json
  --folder <Ordner>   wo dieser Rechner aufbewahrt, statt am üblichen Ort
  --language en|de    statt der Sprache Ihres Systems
  --json              ein JSON-Wert statt Sätzen
  --agreed            mit "on": Die Person hat im eigenen Dialog der Installation zugestimmt
  --yes               mit "forget": nicht nachfragen
  --given-name, --family-name, --email, --country, --serial, --transfer-code, --mailing
                      mit "register": statt Fragen. --mailing setzt Sie auf die Mailingliste.`,
  programme: (suite) => `Verbesserungsprogramm der ${suite}`,
  choices: {
    undecided: 'Sie haben sich nicht entschieden. Es wird nichts gezählt und nichts gesendet.',
    widened:
      'Die Liste der Angaben ist länger geworden, seit Sie zugestimmt haben. Bis Sie neu entscheiden, wird nichts gezählt und nichts gesendet.',
    off: (day) => `Aus seit ${day}. Es wird nichts gezählt und nichts gesendet.`,
    on: (day, from) => `An seit ${day}. Starts werden ab ${from} gezählt.`,
  },
  killSwitches: {
    administrator: 'Die Verwaltung dieses Rechners hat das Programm ausgeschaltet.',
    'do-not-track': 'DO_NOT_TRACK ist gesetzt: Das Programm ist aus.',
    ci: 'Dies ist ein automatischer Bau: Das Programm ist aus.',
    'no-person': 'Dieses Konto gehört einem Programm, keiner Person: Das Programm ist aus.',
  },
  facets: {
    base: 'Name und Version des Produkts, Betriebssystem und seine Version, Land Ihrer Regionseinstellung',
    age: 'wann es installiert wurde: die Woche, nach vier Wochen nur der Monat, nach einem Jahr nur das Jahr',
    apps: 'welche Anwendungen installiert sind',
    starts: 'wie oft jede Anwendung in einer Woche gestartet wurde, in Stufen (1, 2, 3-5, 6-10 …)',
  },
  listHead: (version) =>
    `Was mitgeteilt wird (Liste ${version}), jedes als eigene Nachricht, die sich mit den anderen nicht verbinden lässt:`,
  neverSent: 'Nie: Ihr Name, Ihre Adresse im Internet, eine Nummer Ihres Rechners, woran Sie arbeiten.',
  askToTakePart: 'Möchten Sie teilnehmen? [j/n] ',
  agreementNeeded:
    'Es muss jemand zustimmen: in einem Terminal, oder mit --agreed, nachdem Ihr eigener Dialog gefragt hat.',
  turnedOn: (from) => `Sie nehmen teil. Starts werden ab ${from} gezählt. "avow-suite off" beendet es jederzeit.`,
  turnedOff: 'Sie nehmen nicht teil. Zähler und wartende Berichte sind gelöscht.',
  otherList: 'Die Liste hat sich inzwischen geändert. Sehen Sie sie noch einmal an und entscheiden Sie dann.',
  unsignedList: 'Die Liste der Angaben ist nicht vom Hersteller signiert. Niemand darf um Zustimmung gebeten werden.',
  notWritable: (why) => `Das ließ sich nicht schreiben: ${why}`,
  nothingToShow: 'Es gibt keine nächsten Berichte.',
  waits: (week, when) => `Woche ${week}, geht nach ${when} ab`,
  running: (week) => `Woche ${week}, läuft noch`,
  logEmpty: 'Es wurde nichts gesendet.',
  logIntact: (lines) => `${lines} Zeilen; die Aufzeichnung ist vollständig und unverändert.`,
  logBroken: (line) => `Die Aufzeichnung wurde verändert: Zeile ${line} folgt nicht aus der davor.`,
  logDeleted: 'Die Aufzeichnung des Gesendeten ist gelöscht.',
  events: {
    leaving: 'gesendet',
    accepted: 'angekommen',
    failed: (reason) => `nicht angekommen (${reason}); wird noch einmal gesendet`,
    stopped: 'abgebrochen, weil Sie das Programm verlassen haben',
  },
  held: {
    'not-taking-part': 'Es wird nichts gesendet: Sie nehmen nicht teil.',
    administrator: 'Es wird nichts gesendet: Die Verwaltung hat das Programm ausgeschaltet.',
    'do-not-track': 'Es wird nichts gesendet: DO_NOT_TRACK ist gesetzt.',
    ci: 'Es wird nichts gesendet: Dies ist ein automatischer Bau.',
    'no-person': 'Es wird nichts gesendet: Dieses Konto gehört einem Programm.',
    busy: 'Ein anderes Programm sendet gerade.',
    'application-started': 'Es wird nichts gesendet: Vor weniger als zehn Minuten wurde eine Anwendung gestartet.',
    clock: 'Es wird nichts gesendet: Die Uhr dieses Rechners geht mehr als eine Stunde falsch.',
    'no-configuration': 'Es wird nichts gesendet: Für diese Suite gibt es keine signierte Konfiguration.',
    unreachable: 'Der Server des Herstellers ist nicht erreichbar. Die Berichte warten.',
    'keys-unverified': 'Es wurde nichts gesendet: Der Schlüssel des Servers ist nicht vom Hersteller signiert.',
    'configuration-unverified':
      'Es wurde nichts gesendet: Die Konfiguration des Servers ist nicht vom Hersteller signiert.',
    stopped: 'Abgebrochen: Sie haben das Programm verlassen.',
    failed: 'Das ließ sich auf diesem Rechner nicht lesen oder schreiben.',
  },
  sent: (count, waiting) => `${count} gesendet, ${waiting} warten.`,
  kept: {
    decision: 'Ihre Entscheidung',
    counters: 'gezählte Starts',
    'waiting-reports': 'wartende Berichte',
    'nonce-seed': 'Zufallszahl, aus der Berichte die ihre erhalten; bleibt hier',
    configuration: 'signierte Liste des Herstellers',
    'sent-log': 'Aufzeichnung des Gesendeten',
    registration: 'Registrierung und Quittung',
  },
  keepsNothing: 'Dieser Rechner bewahrt nichts auf.',
  keepsHead: 'Dieser Rechner bewahrt auf:',
  askToForget:
    'Das löscht Ihre Entscheidung, gezählte Starts, wartende Berichte, die Aufzeichnung des Gesendeten und die Quittung. Weiter? [j/n] ',
  forgotten: 'Alles ist gelöscht.',
  counted: 'Erledigt.',
  questions: {
    givenName: 'Vorname',
    familyName: 'Nachname',
    email: 'E-Mail',
    country: 'Land (zwei Buchstaben, etwa DE)',
    serial: 'Seriennummer',
    mailing: 'Mailingliste: Sonderangebote und Neuigkeiten per E-Mail? [j/N]',
  },
  mailingWords: (suite) => `Senden Sie mir Sonderangebote und Neuigkeiten zur ${suite} per E-Mail.`,
  registrationHead:
    'Auf diesem Rechner versiegelt; nur der private Server des Herstellers kann es öffnen. Mitgesendet werden: Seriennummer, Version von Datenträger und Software.',
  registered: 'Angekommen. Eine E-Mail mit einem Link ist unterwegs zu Ihnen; mit ihm kommt die Quittung.',
  registrationAccepted:
    'Angenommen und sicher. Der private Server ist gerade nicht da; die E-Mail kommt, wenn er zurück ist.',
  registration: (day, arrived, subscribed) =>
    `Produktregistrierung: ${arrived ? `gesendet am ${day}` : `versucht am ${day}, nicht angekommen`}; Mailingliste: ${subscribed ? 'gewählt' : 'nicht gewählt'}.`,
  notRegistered: 'Von diesem Rechner aus wurde das Produkt nicht registriert.',
  receipts: {
    genuine: 'Die Quittung ist echt und gilt für dieses Produkt.',
    'not-genuine': 'Das ist keine Quittung, die der Hersteller signiert hat.',
    'other-product': 'Die Quittung ist echt, aber für ein anderes Produkt oder eine andere Seriennummer.',
  },
  noReceipt: 'Auf diesem Rechner gibt es keine Quittung.',
  unknownCommand: (name) => `Den Befehl "${name}" gibt es nicht. "avow-suite help" nennt sie.`,
  missing: (option) => `${option} fehlt.`,
};
