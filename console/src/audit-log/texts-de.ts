import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { number, plural } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Prüfprotokoll',
  what: 'Wer an welchem Tag was getan hat. Jeder Eintrag trägt den Fingerabdruck des vorigen, damit nichts unbemerkt geändert oder entfernt werden kann.',
  verified: 'Geprüft: Die Kette ist ab ihrem ersten Eintrag unversehrt.',
  broken:
    'Die Kette ist gebrochen: Einträge wurden geändert oder entfernt. Führen Sie avow audit log --verify aus; es nennt den ersten Eintrag, der nicht passt.',
  panel: 'Einträge',
  shown: (shown, loaded) =>
    shown === loaded
      ? plural(loaded, { one: '# Eintrag, neueste zuerst', other: '# Einträge, neueste zuerst' })
      : `${number(shown)} der neuesten ${number(loaded)} Einträge`,
  older: 'Ältere Einträge laden',
  search: 'Name, Vorgang, worum es ging',
  act: 'Aktion',
  everyAct: 'Jede Aktion',
  clear: 'Filter aufheben',
  none: 'Noch wurde nichts getan',
  noneHint: 'Mit der ersten Anmeldung entsteht der erste Eintrag.',
  noneFound: 'Von den geladenen Einträgen passt keiner zu den Filtern',
  noneFoundHint: 'Laden Sie ältere Einträge, oder heben Sie die Filter auf.',
  operator: 'Betrieb, am Server selbst',
  gone: 'jemand, der nicht mehr da ist',
  column: {
    number: 'Nr.',
    day: 'Tag',
    staff: 'Wer',
    act: 'Was',
    about: 'Worüber',
    why: 'Zweck',
    hash: 'Fingerabdruck',
  },
  acts: {
    'signed-in': 'Angemeldet',
    'signed-out': 'Abgemeldet',
    'locked-out': 'Nach falschen Versuchen ausgesperrt',
    'session-ended': 'Sitzung beendet',
    'account-made': 'Konto angelegt',
    'account-changed': 'Konto geändert',
    'account-renewed': 'Konto neu eingerichtet',
    'account-disabled': 'Konto gesperrt',
    'account-enabled': 'Konto wieder freigegeben',
    'roles-changed': 'Rollen geändert',
    'passkey-added': 'Passkey hinzugefügt',
    'passkey-removed': 'Passkey entfernt',
    'password-changed': 'Passwort geändert',
    'authenticator-changed': 'Authenticator-App geändert',
    'recovery-codes-made': 'Neue Wiederherstellungscodes angelegt',
    'recovery-code-used': 'Wiederherstellungscode benutzt',
    invited: 'Eingeladen',
    'invitation-withdrawn': 'Einladung zurückgezogen',
    'renewal-link-made': 'Link für einen Neubeginn angelegt',
    'token-made': 'API-Token angelegt',
    'token-revoked': 'API-Token widerrufen',
    'person-opened': 'Person geöffnet',
    'person-corrected': 'Person berichtigt',
    'person-asked': 'Person um Klärung gebeten',
    'case-closed': 'Wunsch oder Antwort erledigt',
    'serials-asked-for': 'Seriennummern angefordert',
    'visits-import-asked-for': 'Import von Besuchen angefordert',
    'visits-import-removed': 'Import von Besuchen entfernt',
    'visits-export-asked-for': 'Einzelne Ereignisse angefordert',
    'job-file-fetched': 'Datei eines Auftrags geholt',
    'job-file-destroyed': 'Datei eines Auftrags vernichtet',
    'hold-settled': 'Angehaltene Registrierung geregelt',
    'transfer-ended': 'Übertragungscode beendet',
    'mail-sent-again': 'Mail noch einmal gesendet',
  },
};
