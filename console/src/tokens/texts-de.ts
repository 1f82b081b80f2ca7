import type { Translated } from '../texts/catalogue.ts';
import type { en } from './texts-en.ts';

export const de: Translated<typeof en> = {
  title: 'API-Token',
  what: 'Mit einem Token fragt ein Programm die API. Es hat die Berechtigungen, mit denen es angelegt wurde, und keine weiteren.',
  panel: 'Geltende Token',
  none: 'Noch kein Token',
  noneHint: 'Legen Sie für jedes Programm eines an, dann lässt sich jedes einzeln widerrufen.',
  label: 'Name',
  permissions: 'Darf',
  created: 'Angelegt',
  lastUsed: 'Zuletzt benutzt',
  never: 'nie',
  validThrough: 'Gültig bis',
  unlimited: 'bis zum Widerruf',
  make: 'Token anlegen',
  revoke: 'Widerrufen',
  revokeOf: (label) => `${label} widerrufen`,
  revoking: {
    title: 'Dieses Token widerrufen',
    goes: (label) => `Das Token „${label}“: Das Programm, das es benutzt, wird ab jetzt abgewiesen`,
    stays: 'Alles, was damit gelesen oder angelegt wurde',
    button: 'Token widerrufen',
  },
  making: {
    title: 'Token anlegen',
    label: 'Name',
    labelHint: 'Für welches Programm es ist, etwa „Wochenbericht an den Vorstand“.',
    permissions: 'Was es darf',
    validThrough: 'Gültig bis (freiwillig)',
    validHint: 'Der letzte Tag. Ohne Angabe gilt es, bis es widerrufen wird.',
    make: 'Token anlegen',
    done: 'Das Token ist bereit',
    doneHint: 'Kopieren Sie es jetzt: Es wird nur dieses eine Mal gezeigt. Das Programm sendet es als',
    token: 'Token',
    close: 'Fertig',
  },
};
