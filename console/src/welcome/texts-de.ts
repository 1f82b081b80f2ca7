import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { list } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Willkommen',
  loading: 'Ihr Link wird geprüft',
  needsLink: {
    title: 'Dafür braucht es einen Link',
    setup:
      'Hier hat noch niemand ein Konto. Das erste entsteht über den Link, den der Server beim Start ausgegeben hat: Er steht im Terminal, in dem `avow up` läuft.',
    invited: 'Um ein Konto anzulegen, öffnen Sie den vollständigen Link aus Ihrer Einladung.',
    signIn: 'Ich habe ein Konto: anmelden',
  },
  refused: {
    title: 'Dieser Link gilt nicht',
    hint: 'Jeder Link gilt einmal und für begrenzte Zeit. Bitten Sie eine Administratorin oder einen Administrator um einen neuen. Hat noch niemand ein Konto, starten Sie den Server neu: Er gibt dann einen neuen Link aus.',
  },
  who: {
    first: 'Sie sind hier die erste Person mit Verwaltungsrechten. Andere können Sie danach einladen.',
    invited: (roles) => `Sie wurden eingeladen als ${list(roles)}.`,
    name: 'Ihr Name',
    nameHint: 'Die anderen sehen ihn, und er steht im Prüfprotokoll neben dem, was Sie tun.',
    email: 'E-Mail-Adresse',
    emailHint: 'Damit melden Sie sich an. Mails zu Ihrem Konto gehen dorthin.',
    next: 'Weiter',
  },
  how: {
    title: 'Wie möchten Sie sich anmelden?',
    passkey: 'Mit einem Passkey',
    passkeyHint:
      'Fingerabdruck, Gesicht oder PIN Ihres Geräts, oder ein Sicherheitsschlüssel. Sie müssen sich nichts merken, und keine falsche Seite kann etwas stehlen.',
    recommended: 'Empfohlen',
    label: 'Name dieses Passkeys',
    labelHint: 'Damit Sie ihn wiedererkennen, etwa „Arbeitslaptop“.',
    labelGiven: 'Mein Gerät',
    makePasskey: 'Passkey anlegen',
    password: 'Mit Passwort und Authenticator-App',
    passwordHint: 'Für Geräte ohne Passkeys. Sie tippen jedes Mal einen Code aus der App ein.',
    choosePassword: 'Weiter',
    back: 'Zurück',
  },
  app: {
    title: 'Authenticator-App einrichten',
    finish: 'Fertigstellen',
  },
};
