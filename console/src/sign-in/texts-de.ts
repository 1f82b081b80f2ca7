import type { Translated } from '../texts/catalogue.ts';
import type { en } from './texts-en.ts';

export const de: Translated<typeof en> = {
  title: 'Anmelden',
  passkey: 'Mit Passkey anmelden',
  or: 'oder mit Ihrem Passwort',
  email: 'E-Mail-Adresse',
  signIn: 'Weiter',
  openId: (provider) => `Mit ${provider} anmelden`,
  lost: {
    open: 'Mein Passkey ist verloren',
    title: 'Ein neuer Passkey',
    what: 'Für Konten, die sich nur mit Passkeys anmelden: Mit einem Ihrer Wiederherstellungscodes legen Sie einen neuen Passkey an. Die bisherigen gelten dann nicht mehr.',
    email: 'E-Mail-Adresse',
    code: 'Wiederherstellungscode',
    codeHint: 'Einer der Codes, die Sie beim Einrichten Ihres Kontos aufbewahrt haben. Er gilt einmal.',
    label: 'Name des neuen Passkeys',
    labelGiven: 'Dieses Gerät',
    make: 'Neuen Passkey anlegen',
    back: 'Zurück zur Anmeldung',
  },
  second: {
    title: 'Noch ein Schritt',
    confirm: 'Anmelden',
    useRecovery: 'Ich kann die App nicht verwenden: Wiederherstellungscode eingeben',
    useApp: 'Den Code aus der App verwenden',
    recovery: 'Wiederherstellungscode',
    recoveryHint: 'Einer der Codes, die Sie beim Einrichten Ihres Kontos aufbewahrt haben. Er gilt einmal.',
    again: 'Von vorn beginnen',
  },
};
