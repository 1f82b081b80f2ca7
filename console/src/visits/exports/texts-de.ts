import type { Translated } from '../../texts/catalogue.ts';
import type { en } from './texts-en.ts';

export const de: Translated<typeof en> = {
  title: 'Ereignisse als Datei',
  hint: 'Seitenaufrufe und Ereignisse, wie sie gespeichert sind, in einer Datei. Sie tragen keine Identität und gehen, wenn ihre Tage um sind; die Zahlen bleiben.',
  site: 'Website',
  all: 'Alle Websites',
  from: 'Erster Tag',
  to: 'Letzter Tag',
  format: 'Format',
  formats: { csv: 'CSV', json: 'NDJSON, ein Objekt je Zeile' },
  button: 'Die Datei machen',
};
