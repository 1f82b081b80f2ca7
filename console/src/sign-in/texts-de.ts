import type { Translated } from '../texts/catalogue.ts';
import type { en } from './texts-en.ts';

export const de: Translated<typeof en> = {
  title: 'Anmelden',
  passkey: 'Mit Passkey anmelden',
  or: 'oder mit Ihrem Passwort',
  email: 'E-Mail-Adresse',
  signIn: 'Weiter',
  openId: (provider) => `Mit ${provider} anmelden`,
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
