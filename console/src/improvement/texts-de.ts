import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { number, plural, day } = inLanguage('de');
const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 });

export const de: Translated<typeof en> = {
  title: 'Verbesserungsprogramm',
  about: 'Was teilnehmende Installationen der Suite erzählen, einmal in der Woche und anonym.',
  product: 'Produkt',
  week: 'Woche',
  weekName: (week) => `Woche ${Number(week.slice(6))} von ${week.slice(0, 4)}`,
  latest: 'Letzte abgeschlossene Woche',
  none: 'Noch ist keine Woche abgeschlossen',
  noneHint:
    'Eine Woche ist abgeschlossen, wenn keine Berichte mehr über sie angenommen werden: fünf Wochen danach. Bis dahin sieht niemand Zahlen, auch hier nicht.',
  notSigned: 'Noch ist nichts unterschrieben',
  notSignedHint: 'Was gefragt werden darf, wird mit dem Root-Schlüssel unterschrieben: avow improvement config --sign',
  basis: (version, fieldList, created) =>
    `Konfiguration ${version}, Feldliste ${fieldList}, unterschrieben am ${day(created)}.`,
  howTold: (threshold) =>
    `Alle Zahlen tragen ein einmal gezogenes Rauschen und stehen für mindestens ${threshold} Installationen. Was für weniger steht oder eine solche Zahl verriete, ist schraffiert.`,
  alarm: (week, facet, seen, usual) =>
    `${week}: ${number(seen)} Berichte zu „${facet}“, sonst etwa ${number(usual)}. Vielleicht sendet jemand erfundene Berichte, viele Rechner wurden auf einmal eingerichtet, oder in der Suite hat sich etwas geändert.`,
  trend: 'Genutzte Installationen',
  trendHint:
    'Installationen, die in der Woche berichtet haben, und solche, die in ihr oder in der Woche davor installiert wurden.',
  actives: 'Genutzt',
  newInstallations: 'Neu',
  distinct: (from, to) =>
    `In den letzten vier Wochen zusammen: zwischen ${from} und ${to} verschiedene Installationen.`,
  versions: 'Verbreitung der Versionen',
  versionsHint: 'Anteil an den genutzten Installationen, Woche für Woche.',
  systems: 'Betriebssysteme',
  systemVersions: (system) => `Versionen von ${system}`,
  countries: 'Länder',
  countriesHint: 'Nach der Ländereinstellung des Betriebssystems. Kleine Länder stehen als ihr Teil der Welt da.',
  map: 'Karte der Länder',
  use: 'Nutzung der Anwendungen',
  useHint: 'Starts in der Woche, bei den Installationen, die die Anwendung haben.',
  starts: (bucket) => (bucket === '1' ? '1 Start' : `${bucket} Starts`),
  applications: 'Installierte Anwendungen',
  combinations: 'Zusammen installiert',
  noApplications: 'keine',
  retention: 'Noch in Benutzung, nach der Zeit der Installation',
  retentionHint:
    'Jede Zeile sind alle, die zur selben Zeit installiert haben. Dunkler: Mehr davon berichten noch, als Anteil der meisten, die es je waren.',
  installed: 'Installiert',
  kept: (installed, week, kept, count) => `${installed}, ${week}: ${kept} noch in Benutzung (${count})`,
  share: 'Anteil',
  count: 'Installationen',
  interval: (low, high) => `${percent(low)} bis ${percent(high)}`,
  intervalWhy: 'Intervall von 95 % (Wilson): So weit verschiebt schon der Zufall den Anteil.',
  percent,
  vague: (count) =>
    `Weniger als ${number(count)} Installationen: Anteile können um mehr als 5 Prozentpunkte danebenliegen.`,
  moreSuppressed: (count) => plural(count, { one: '# weiterer Wert', other: '# weitere Werte' }),
  other: 'Andere zusammen',
  empty: 'Für diese Woche gibt es nichts zu zeigen',
  emptyHint: 'Es haben zu wenige Installationen berichtet, oder die Konfiguration fragt nicht danach.',
  csv: 'CSV',
  csvOf: (title) => `${title} als CSV`,
  withheld: 'zurückgehalten',
  withheldWhy: (threshold) =>
    `Weniger als ${threshold} Installationen, oder mehr, aber aus ihr und der Summe folgte eine kleinere Zahl.`,
  weeks: (count) => plural(count, { one: '# abgeschlossene Woche', other: '# abgeschlossene Wochen' }),
  families: { windows: 'Windows', macos: 'macOS', linux: 'Linux', other: 'Andere' },
  otherPlace: 'Anderswo',
};
