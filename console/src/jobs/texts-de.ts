import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { plural, number, day } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Aufträge',
  hint: 'Arbeit, die länger dauert. Sie geht weiter, wenn Sie die Seite verlassen, und nach einem Neustart des Vaults.',
  none: 'Noch keine Aufträge',
  noneHint:
    'Seriennummern herstellen und einlesen und frühere Zahlen einlesen geschieht als Auftrag. Was Sie dort beginnen, finden Sie hier wieder.',
  columns: { what: 'Was', state: 'Stand', progress: 'Fortschritt', by: 'Von', day: 'Tag' },
  kinds: {
    'serials.generate': 'Seriennummern herstellen',
    'serials.import': 'Seriennummern einlesen',
    'visits.import': 'Frühere Zahlen einlesen',
  },
  dryRun: 'Probelauf',
  states: {
    waiting: 'wartet',
    running: 'läuft',
    paused: 'angehalten',
    done: 'fertig',
    failed: 'gescheitert',
    cancelling: 'wird abgebrochen',
    cancelled: 'abgebrochen',
  },
  you: 'Ihnen',
  nobody: 'jemandem, der nicht mehr dazugehört',
  percent: (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 }),
  gone: 'Diesen Auftrag gibt es nicht, oder Sie dürfen ihn nicht sehen.',
  progress: 'Fortschritt',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  cancel: 'Abbrechen',
  cancelTitle: 'Diesen Auftrag abbrechen',
  cancelButton: 'Den Auftrag abbrechen',
  cancelGoes: {
    'serials.generate': 'Die bisher hergestellten Seriennummern und ihre Datei',
    'serials.import': 'Die bisher von diesem Einlesen gespeicherten Seriennummern',
    'visits.import': 'Die bisher von diesem Auftrag eingelesenen Zahlen',
  },
  cancelStays: 'Alles, was vorher da war',
  waitingFor: 'Er beginnt, wenn der Auftrag davor fertig ist.',
  pausedAt: 'Er steht still und geht weiter, wo er angehalten wurde.',
  about: 'Was gewünscht war',
  result: 'Was herauskam',
  aboutLabels: {
    title: 'Produkt oder Website',
    program: 'Gezählt von',
    count: 'Seriennummern',
    kind: 'Art',
    keyId: 'Seriennummernschlüssel',
    note: 'Notiz',
    dryRun: 'Probelauf',
    skipRefused: 'Abgelehnte Zeilen auslassen',
    column: 'Spalte',
  },
  values: { unit: 'je für ein Exemplar', pressed: 'für eine Auflage', yes: 'ja', no: 'nein' },
  figures: {
    serials: 'Hergestellt',
    rows: 'Gelesene Zeilen',
    fresh: 'Neue Seriennummern',
    alreadyStored: 'Schon gespeichert',
    refused: 'Abgelehnte Zeilen',
    sums: 'Zahlen',
    broken: 'Unlesbare Zeilen',
    repeated: 'Früher eingelesene Dateien',
    countedHere: 'Von hier gezählten Tagen',
    importedBefore: 'Früher eingelesen',
    notCollected: 'Hier nicht erhoben',
    totals: 'Summenzeilen',
    tooOld: 'Älter als zehn Jahre',
  },
  outcome: {
    stored: (count: number) =>
      plural(count, { one: '# Seriennummer ist gespeichert.', other: '# Seriennummern sind gespeichert.' }),
    dry: 'Das war ein Probelauf: Es wurde nichts gespeichert.',
    refused:
      'Es wurde nichts gespeichert, weil Zeilen abgelehnt wurden. Berichtigen Sie die Datei oder lassen Sie diese Zeilen aus.',
    nothing: 'Es gab nichts Neues zu speichern.',
    figures: (from: string, to: string) => `Zahlen vom ${day(from)} bis zum ${day(to)} sind gespeichert.`,
    wouldBe: (from: string, to: string) => `Es sind Zahlen vom ${day(from)} bis zum ${day(to)} darin.`,
  },
  importNow: 'Wirklich einlesen',
  bringIn: 'Einlesen',
  toImports: 'Alles, was eingelesen wurde',
  file: 'Datei',
  fileHint: {
    'serials.generate': 'Nur hier sind diese Seriennummern zu lesen. Der Vault behält ihre Prüfsummen.',
    'serials.import': 'Die abgelehnten Zeilen, jede mit Zeilennummer und Grund.',
    'visits.import': 'Die unlesbaren Zeilen, jede mit Zeilennummer und Grund.',
  },
  download: 'Herunterladen',
  keptThrough: (last: string) => `Bleibt bis ${day(last)}, dann wird sie vernichtet.`,
  downloads: (count: number) =>
    count === 0
      ? 'Noch nicht heruntergeladen.'
      : plural(count, { one: 'Einmal heruntergeladen.', other: '#-mal heruntergeladen.' }),
  destroy: 'Jetzt vernichten',
  destroyTitle: 'Diese Datei vernichten',
  destroyButton: 'Die Datei vernichten',
  destroyStays: 'Die Seriennummern selbst: Sie bleiben gültig',
  destroyStaysReport: 'Was beim Einlesen gespeichert wurde',
  toBatch: 'Die Serie',
  problems: {
    file_unreadable: 'Die Datei war nicht zu lesen.',
    file_gone: 'Die Datei ist nicht mehr da. Senden Sie sie noch einmal.',
    refused: 'So, wie es gewünscht war, geht es nicht.',
    kind_unknown: 'Diese Version des Programms kennt Aufträge dieser Art nicht.',
    internal:
      'Ein Fehler im Programm hat ihn beendet. Nichts davon wurde behalten. Das Protokoll des Vaults sagt mehr.',
  },
};
