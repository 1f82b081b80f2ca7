import type { Translated } from '../texts/catalogue.ts';
import type { en } from './texts-en.ts';

export const de: Translated<typeof en> = {
  title: 'Mitarbeitende',
  people: {
    title: 'Wer ein Konto hat',
    name: 'Name',
    roles: 'Rollen',
    lastSeen: 'Zuletzt da',
    never: 'nie',
    factors: 'Meldet sich an mit',
    you: '(Sie)',
    disabled: 'gesperrt',
    acts: 'Aktionen',
    actsFor: (name) => `Aktionen für ${name}`,
    change: 'Rollen ändern',
    endSessions: 'Sitzungen beenden',
    disable: 'Sperren',
    enable: 'Wieder freigeben',
    erase: 'Löschen',
  },
  factorNames: { passkey: 'Passkey', password: 'Passwort', totp: 'Authenticator-App', openid: 'OpenID' },
  renewal: {
    act: 'Link für einen Neubeginn anlegen',
    title: (name) => `Ein Neubeginn für ${name}`,
    goes: 'Mit dem Link: die bisherigen Passkeys, das Passwort und die App',
    stays: 'Das Konto, sein Name und seine Rollen',
    button: 'Link anlegen',
    hint: (name, day) =>
      `Übergeben Sie diesen Link an ${name}, und vergewissern Sie sich, dass wirklich ${name} ihn bekommt. Er gilt einmal, bis ${day}, und wird nur jetzt gezeigt.`,
  },
  disabling: {
    title: (name) => `Das Konto von ${name} sperren`,
    goes: 'Die Anmeldung und jede offene Sitzung',
    stays: 'Das Konto, seine Rollen und was das Prüfprotokoll darüber sagt. Es kann wieder freigegeben werden.',
    button: 'Konto sperren',
  },
  erasing: {
    title: (name) => `Das Konto von ${name} löschen`,
    goes: 'Name, E-Mail-Adresse, Passkeys, Passwort und App: endgültig, auch in Sicherungen, sobald diese abgelaufen sind',
    tokens: 'API-Token, die diese Person angelegt hat',
    stays:
      'Was sie getan hat, im Prüfprotokoll und für die Personen, deren Daten sie sah: ab jetzt als „ehemaliges Mitglied“',
    button: 'Konto löschen',
  },
  roles: {
    title: (name) => `Rollen von ${name}`,
    save: 'Rollen speichern',
    table: 'Was jede Rolle darf',
    tableHint: 'Wer mehrere Rollen hat, darf, was eine von ihnen darf.',
    permission: 'Berechtigung',
    may: 'darf',
    mayNot: 'darf nicht',
  },
  invitations: {
    title: 'Offene Einladungen',
    none: 'Keine Einladung ist offen',
    noneHint: 'Laden Sie jemanden ein: Mit einem Link legt die Person ihr eigenes Konto an.',
    email: 'E-Mail-Adresse',
    roles: 'Rollen',
    validUntil: 'Gültig bis',
    withdraw: 'Zurückziehen',
    withdrawOf: (email) => `Einladung von ${email} zurückziehen`,
  },
  invite: {
    button: 'Jemanden einladen',
    title: 'Jemanden einladen',
    email: 'E-Mail-Adresse',
    roles: 'Rollen',
    rolesHint: 'Was die Person darf. Das lässt sich später ändern.',
    language: 'Sprache der Einladung',
    send: 'Einladen',
    doneHint: (email, day) =>
      `Eine Mail mit diesem Link geht an ${email}. Sie können ihn auch selbst übergeben. Er gilt einmal, bis ${day}, und wird nur jetzt gezeigt.`,
    link: 'Link',
    close: 'Fertig',
  },
};
