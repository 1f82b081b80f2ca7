import type { Translated } from '../../texts/catalogue.ts';
import { inLanguage } from '../../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { number, day } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Frühere Zahlen',
  add: 'Einen Export einlesen',
  intro:
    'Zahlen, die Plausible oder Google Analytics 4 früher gezählt hat. Sie kommen hinzu, wo nach ganzen Tagen gefragt wird; Tage, die dieses Haus selbst gezählt hat, bleiben, wie sie sind.',
  file: 'Datei',
  fileHint: {
    plausible: 'Das ZIP des CSV-Exports von Plausible oder eine Tabelle daraus; höchstens 256 MiB.',
    ga4: 'CSV einer explorativen Datenanalyse mit der Dimension Datum und höchstens einer weiteren; höchstens 256 MiB.',
  },
  fileHere: 'Die Datei des Probelaufs ist noch da und wird wieder verwendet.',
  another: 'Eine andere Datei wählen',
  clear: 'Die Datei wieder herausnehmen',
  site: 'Website',
  program: 'Gezählt von',
  programs: { plausible: 'Plausible', ga4: 'Google Analytics 4' },
  dryButton: 'Datei prüfen, nichts speichern',
  realButton: 'Einlesen',
  sending: 'Die Datei wird gesendet',
  list: 'Was eingelesen wurde',
  none: 'Noch nichts eingelesen',
  noneHint: 'Was Sie oben einlesen, steht danach hier und lässt sich wieder herausnehmen.',
  columns: { file: 'Datei', days: 'Tage', sums: 'Zahlen', finished: 'Eingelesen' },
  days: (from: string, to: string) => (from === to ? day(from) : `${day(from)} bis ${day(to)}`),
  noDays: 'kein eigener Tag',
  unfinished: 'nicht fertig',
  remove: 'Herausnehmen',
  removeOf: (file: string) => `${file} herausnehmen`,
  goes: (sums: number, file: string) => `${number(sums)} Zahlen aus ${file}`,
  stays: 'Alle Besuche, die dieses Haus selbst gezählt hat, und jeder andere Import',
  elsewhere: 'Serverprotokolle, Umami und GoatCounter',
  elsewhereHint:
    'Ihre Exporte enthalten einzelne Besuche und Adressen, die nur die Maschine des Edge sehen darf; lesen Sie sie dort ein:',
};
