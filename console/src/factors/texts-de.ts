import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { number } = inLanguage('de');

export const de: Translated<typeof en> = {
  unsupported: 'Dieser Browser kennt keine Passkeys. Verwenden Sie ein Passwort oder einen anderen Browser.',
  byAddress: 'Passkeys gehören zu einem Namen, und diese Seite wurde unter einer Adresse aus Zahlen geöffnet.',
  openByName: (host) => `Als ${host} öffnen`,
  problems: {
    cancelled:
      'Es wurde kein Passkey verwendet: Der Vorgang wurde abgebrochen, dauerte zu lange, oder der Browser hat keinen für dieses Haus.',
    'already there': 'Dieses Gerät oder dieser Sicherheitsschlüssel hat schon einen Passkey dieses Kontos.',
    'not verified':
      'Dieser Sicherheitsschlüssel kann nicht prüfen, dass Sie es sind: Er hat weder eine PIN noch einen Fingerabdruckleser.',
    'wrong address':
      'Der Browser lehnt Passkeys unter dieser Adresse ab. Öffnen Sie die Konsole unter ihrer üblichen Adresse.',
    failed:
      'Der Browser konnte den Passkey nicht verwenden. Es wurde nichts geändert. Versuchen Sie es noch einmal, oder verwenden Sie Ihr Passwort.',
  },
  password: 'Passwort',
  passwordHint: (least) => `Mindestens ${number(least)} Zeichen. Einige Wörter ohne Zusammenhang sind gut.`,
  totp: {
    scan: 'Scannen Sie dies mit einer Authenticator-App. Sie zeigt dann alle 30 Sekunden einen neuen Code.',
    qr: 'QR-Code für die Authenticator-App',
    byHand: 'Oder geben Sie dieses Geheimnis in der App ein:',
    code: 'Code aus der App',
    codeHint: '6 Ziffern',
  },
  recovery: {
    title: 'Ihre Wiederherstellungscodes',
    why: 'Jeder dieser Codes gilt einmal: Nach Ihrem Passwort ersetzt er den Code der Authenticator-App; haben Sie nur Passkeys, erlaubt er einen neuen, wenn sie verloren sind. Fehlt auch er, kann die Verwaltung einen neuen Link für Sie anlegen. Die Codes werden nur jetzt gezeigt.',
    list: 'Wiederherstellungscodes',
    copy: 'Alle kopieren',
    print: 'Drucken',
    download: 'Als Datei sichern',
    file: 'wiederherstellungscodes.txt',
    kept: 'Ich habe sie an einem sicheren Ort aufbewahrt',
    done: 'Weiter',
    fileHead: (email, host) => `Wiederherstellungscodes von ${email} für die Konsole unter ${host}. Jeder gilt einmal.`,
  },
};
