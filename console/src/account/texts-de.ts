import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { plural } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Ihr Konto',
  you: {
    title: 'Sie',
    name: 'Name',
    nameHint: 'Die anderen sehen ihn, und er steht im Prüfprotokoll neben dem, was Sie tun.',
    email: 'E-Mail-Adresse',
    roles: 'Rollen',
    save: 'Namen speichern',
    saved: 'Gespeichert.',
  },
  look: {
    title: 'Sprache und Farben',
    language: 'Sprache',
    colours: 'Farben',
    auto: 'Wie das System',
    light: 'Hell',
    dark: 'Dunkel',
    here: 'Die Farben merkt sich dieser Browser, die Sprache Ihr Konto.',
  },
  passkeys: {
    title: 'Passkeys',
    hint: 'Fingerabdruck, Gesicht oder PIN eines Geräts, oder ein Sicherheitsschlüssel.',
    label: 'Name des neuen Passkeys',
    add: 'Passkey hinzufügen',
    labelColumn: 'Name',
    created: 'Hinzugefügt',
    lastUsed: 'Zuletzt benutzt',
    never: 'nie',
    remove: 'Entfernen',
    removeOf: (label) => `${label} entfernen`,
    removal: {
      title: 'Diesen Passkey entfernen',
      goes: (label) => `Die Anmeldung mit „${label}“`,
      stays: 'Ihr Konto, Ihre anderen Anmeldewege und offene Sitzungen',
      button: 'Passkey entfernen',
    },
  },
  password: {
    title: 'Passwort und Authenticator-App',
    hint: 'Der Weg hinein, wo es keinen Passkey gibt. Beides gehört zusammen.',
    current: 'Jetziges Passwort',
    chosen: 'Neues Passwort',
    set: 'Passwort festlegen',
    change: 'Passwort ändern',
    changed: 'Das Passwort wurde geändert.',
    is: 'Ein Passwort ist festgelegt.',
    isNot: 'Es ist kein Passwort festgelegt.',
    appIs: 'Eine Authenticator-App ist eingerichtet.',
    appIsNot: 'Es ist keine Authenticator-App eingerichtet.',
    appSet: 'App einrichten',
    appChange: 'Zu einer anderen App wechseln',
    appTitle: 'Authenticator-App',
    appFinish: 'Ab jetzt diese App verwenden',
  },
  recovery: {
    title: 'Wiederherstellungscodes',
    hint: 'Jeder gilt einmal: nach Ihrem Passwort anstelle eines Codes der App oder, wenn Sie nur Passkeys haben, für einen verlorenen Passkey.',
    left: (count) => plural(count, { one: '# Code ist noch übrig.', other: '# Codes sind noch übrig.' }),
    few: 'Legen Sie neue an, bevor sie ausgehen.',
    noneLeft: 'Es gibt keine. Legen Sie welche an, und bewahren Sie sie dort auf, wo Sie sie ohne dieses Gerät finden.',
    make: 'Neue Codes anlegen',
    making: {
      title: 'Neue Wiederherstellungscodes anlegen',
      goes: (count) =>
        plural(count, {
          one: 'Der # übrige Code: Er gilt dann nicht mehr',
          other: 'Die # übrigen Codes: Sie gelten dann nicht mehr',
        }),
      stays: 'Passkeys, Passwort und Authenticator-App',
      button: 'Neue Codes anlegen',
    },
  },
  sessions: {
    title: 'Wo Sie angemeldet sind',
    client: 'Browser',
    begun: 'Seit',
    lastUsed: 'Zuletzt benutzt',
    current: 'diese hier',
    end: 'Dort abmelden',
    endOf: (client) => `Abmelden: ${client}`,
  },
};
