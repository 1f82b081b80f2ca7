import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { number, plural, duration } = inLanguage('de');

export const de: Translated<typeof en> = {
  console: 'Konsole',
  language: 'Sprache',
  again: 'Noch einmal versuchen',
  loading: 'Wird geladen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  close: 'Schließen',
  cancel: 'Abbrechen',
  code: (code) => `Code ${code}`,
  navigation: 'Navigation',
  menu: 'Menü',
  groups: { figures: 'Zahlen', people: 'Kundschaft', house: 'Haus' },
  sessionEnd: {
    title: 'Sind Sie noch da?',
    idle: (left) => `Sie haben hier eine Weile nichts getan. In ${left} werden Sie abgemeldet.`,
    absolute: (left) =>
      `Diese Sitzung dauert so lange, wie eine Sitzung dauern darf. In ${left} werden Sie abgemeldet; schließen Sie ab, was Sie gerade schreiben.`,
    stay: 'Angemeldet bleiben',
    understood: 'Verstanden',
  },
  acts: 'Aktionen',
  control: 'Strg',
  everywhere: 'Überall',
  search: 'Suchen',
  palette: {
    title: 'Seiten und Aktionen suchen',
    placeholder: 'Wohin, oder was tun?',
    nothing: 'So heißt hier nichts.',
  },
  shortcuts: { title: 'Tastenkürzel' },
  colours: { light: 'Helle Farben', dark: 'Dunkle Farben', auto: 'Farben wie das System' },
  goTo: 'Gehe zu',
  account: 'Ihr Konto',
  signOut: 'Abmelden',
  skip: 'Zum Inhalt springen',
  where: 'Wo Sie sind',
  rows: (count) => plural(count, { one: '# Zeile', other: '# Zeilen' }),
  suppressed: (least) => `weniger als ${number(least)}`,
  suppressedWhy: (least) =>
    `Dahinter stehen weniger als ${number(least)} Personen, deshalb wird es nicht gezeigt. Wählen Sie einen längeren Zeitraum oder weniger Filter.`,
  partial: 'Nicht alles konnte gelesen werden.',
  confirm: {
    goes: 'Was verschwindet',
    stays: 'Was bleibt',
    type: (text) => `Geben Sie zur Bestätigung ${text} ein`,
  },
  noSuchPage: {
    title: 'Hier ist keine Seite',
    why: 'Die Adresse ist vertippt, oder die Seite ist umgezogen.',
    start: 'Zum Start',
  },
  notYours: 'Diese Seite braucht eine Berechtigung, die Sie nicht haben. Ihre Rollen kann ändern, wer verwaltet.',
  brokenPage: {
    title: 'Diese Seite konnte nicht gezeigt werden',
    why: 'Sie ist in Ihrem Browser gescheitert. Auf dem Server wurde nichts geändert. Versuchen Sie es noch einmal; bleibt es dabei, nennen Sie der Verwaltung die Zeile darunter.',
  },
  work: {
    of: (done, total) => `${number(done)} von ${number(total)}`,
    rate: (perSecond) => `${number(perSecond, { maximumFractionDigits: perSecond < 10 ? 1 : 0 })} pro Sekunde`,
    left: (seconds) => `noch etwa ${duration(seconds)}`,
  },
};
