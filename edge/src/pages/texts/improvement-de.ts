import { REGION_NAMES } from '@avow/protocol/improvement/region-names';
import type { ImprovementTexts } from './improvement-en.ts';

export const improvementDe: ImprovementTexts = {
  title: 'Was das Verbesserungsprogramm gelernt hat',
  lead: 'Manche lassen ihre Installation unserer Programme einmal in der Woche erzählen, wie sie genutzt wird. Das hier ist alles, was wir daraus wissen.',
  how: (threshold) =>
    `Jede Zahl steht für mindestens ${threshold} Installationen und ist gerundet; der Zufall hat sie ein wenig verändert, sodass niemand sagen kann, ob eine bestimmte Installation darin ist. Die Berichte hinter den Zahlen werden vernichtet.`,
  fieldsLink: 'Was ein Bericht sagt und warum',
  csvLink: 'Alle Tabellen als CSV',
  configLink: 'Die unterschriebene Liste als JSON',
  nothing: 'Es ist noch nichts veröffentlicht.',
  nothingWhy:
    'Die ersten Zahlen einer Woche erscheinen sechs Wochen nach ihr: Bis dahin werden verspätete Berichte noch angenommen. Außerdem braucht es mindestens so viele Installationen: ',
  week: (week, year, from, to) => `Woche ${week} des Jahres ${year}: ${from} bis ${to}`,
  published: (day) => `Zuletzt kam eine Woche am ${day} hinzu.`,
  actives: 'Installationen, die berichtet haben',
  activesTooFew: (threshold) => `In dieser Woche haben weniger als ${threshold} Installationen berichtet.`,
  newOnes: (count) => `${count} davon waren neu: in dieser oder der vorigen Woche installiert.`,
  trend: (first, last, product) => `Installationen von ${product} je Woche, von ${first} bis ${last}`,
  tables: {
    'new-installations': 'Neue Installationen',
    cohorts: 'Wann installiert wurde',
    versions: 'Versionen',
    systems: 'Betriebssysteme',
    'system-versions': 'Versionen des Betriebssystems',
    countries: 'Länder',
    applications: 'Installierte Anwendungen',
    combinations: 'Welche Anwendungen zusammen installiert sind',
    starts: 'Wie oft sie in der Woche gestartet wurde',
  },
  within: (table, within) => `${within}: ${table}`,
  column: { label: 'Wert', installations: 'Installationen', share: 'Anteil' },
  together: 'alle anderen zusammen',
  togetherWhy: (threshold) =>
    `„Alle anderen zusammen“ sind Werte mit weniger als ${threshold} Installationen und, wo nötig, ein größerer, damit sich keiner davon ausrechnen lässt.`,
  overlap: 'Die meisten Installationen haben mehrere davon, die Anteile ergeben also mehr als 100 %.',
  uncertain:
    'So wenige Installationen sagen wenig über alle: Ein Anteil kann um mehr als fünf Prozentpunkte danebenliegen.',
  other: 'andere',
  none: 'keine',
  older: 'früher',
  regions: REGION_NAMES.de,
  systems: { windows: 'Windows', macos: 'macOS', linux: 'Linux', other: 'andere' },
  times: (bucket) => (bucket === '0' ? 'gar nicht' : bucket === '1' ? 'einmal' : `${bucket} Mal`),
  fields: {
    title: 'Was ein Bericht sagt und warum',
    lead: 'Es wird nichts gezählt und nichts gesendet, solange niemand das Verbesserungsprogramm eingeschaltet hat. Dann verlassen jede Woche diese Nachrichten den Rechner. Jede handelt nur von einer Sache, und nichts darin verbindet sie mit einer anderen.',
    list: (version, signed) => `Feldliste ${version}. Unterschrieben am ${signed}.`,
    facets: {
      base: 'Produkt, Version, Betriebssystem, Land',
      age: 'Zeitpunkt der Installation',
      apps: 'Installierte Anwendungen',
      starts: 'Starts einer Anwendung',
    },
    says: 'Was sie sagt',
    why: 'Warum wir fragen',
    base: {
      product: 'Produkt',
      version: 'Version, ohne ihren letzten Teil',
      os: 'Betriebssystem und dessen Hauptversion',
      country: 'Land der regionalen Einstellung des Betriebssystems',
      countryHow:
        'Genannt werden nur Länder mit vielen Teilnehmern. Jedes andere wird als sein Teil der Welt gemeldet.',
    },
    age: {
      installed: 'Zeitpunkt der Installation',
      how: 'In den ersten vier Wochen als Woche; dann ein Jahr lang als Monat; dann als Jahr. Tag und Uhrzeit bleiben auf dem Rechner.',
    },
    apps: {
      applications: 'Welche dieser Anwendungen installiert sind',
      how: 'Alle in einer Nachricht. Sind es mehr als zwölf, jede in einer eigenen.',
    },
    starts: {
      starts: 'Wie oft diese Anwendung in der Woche gestartet wurde',
      how: 'Eine Nachricht für jede Anwendung. Gemeldet wird nur die Stufe:',
    },
    never: 'Was sie nie sagt',
    neverList: [
      'wer oder wo Sie sind: kein Name, keine Adresse, keine Seriennummer, keine Nummer des Rechners',
      'was Sie in einer Anwendung tun oder welche Dateien Sie öffnen',
      'irgendetwas aus der Zeit, bevor Sie es eingeschaltet haben, dieser Tag eingeschlossen',
    ],
    way: 'Wie sie reist',
    wayText: (messages, hours, weeks) =>
      `Jede Woche gehen ${messages} Nachrichten ab, was immer es zu sagen gibt; einige davon sind leer. Jede geht zu einem zufälligen Zeitpunkt innerhalb von ${hours} Stunden nach dem Ende der Woche ab, so versiegelt, dass der öffentliche Server, der Ihre Adresse sieht, sie nicht öffnen kann und der private Server, der sie öffnet, Ihre Adresse nie sieht. Was nicht gesendet werden konnte, wird nach ${weeks} Wochen verworfen.`,
    kept: 'Wie lange sie aufbewahrt wird',
    keptText: (threshold, epsilon) =>
      `Sechs Wochen nach der Woche, von der sie handeln, werden die Nachrichten gezählt und vernichtet. Zahlen unter ${threshold} werden nicht veröffentlicht. Jede Zahl erhält einmal zufälliges Rauschen (Differential Privacy mit ε = ${epsilon} für jede Zahl einer Woche; eine Installation steckt in mehreren Zahlen, das ist also keine Schranke für eine Person).`,
    stop: 'Wie Sie aufhören',
    stopText:
      'Schalten Sie es im Control Center aus. Von diesem Moment an geht nichts mehr ab, und was gezählt wurde, wird gelöscht.',
    values: (count) => `${count} mögliche Werte`,
    anyOther: 'Alles andere wird als „other“ gemeldet.',
    message: 'Eine Nachricht, genau wie sie versiegelt wird',
    messageWhy: 'Die Nonce ist eine Zufallszahl dieser einen Nachricht: Kommt sie zweimal an, zählt sie einmal.',
    log: 'Jede Fassung dieser Liste',
    logLine: (version, day, list) => `Fassung ${version}, unterschrieben am ${day}, Feldliste ${list}`,
    notYet: 'Die Liste ist noch nicht veröffentlicht. Vorher kann niemand teilnehmen.',
    back: 'Was das Programm gelernt hat',
  },
};
