/** What mails are for, as the vault names it; what is not here stands as the vault says it. */
import { defineTexts } from './catalogue.ts';

type Purposes = Readonly<Record<string, string>>;

const en: Purposes = {};

const de: Purposes = {
  'answer a correction request': 'Antwort auf einen Berichtigungswunsch',
  'answer a request for a sign-in link': 'Link zur Anmeldung',
  'ask to clarify': 'Rückfrage',
  'confirm a registration': 'Bestätigung einer Registrierung',
  'invite staff': 'Einladung in die Konsole',
  'prove a new e-mail address': 'Nachweis einer neuen E-Mail-Adresse',
  'say why a change was refused': 'warum eine Änderung abgelehnt wurde',
  'say why a registration was refused': 'warum eine Registrierung abgelehnt wurde',
  'serial alarm': 'Alarm zu Seriennummern',
  'tell of a correction': 'Nachricht über eine Berichtigung',
  'tell staff of a correction request': 'an uns: ein Berichtigungswunsch',
  'tell staff of an answer': 'an uns: eine Antwort',
  'tell staff of unusual reports': 'an uns: ungewöhnliche Meldungen',
  'tell staff of unusual visits': 'an uns: ungewöhnlich viele oder wenige Besuche',
  'tell staff that passkeys were replaced': 'an uns: ein neuer Passkey',
  'tell that a registration is confirmed': 'Registrierung ist bestätigt',
  'tell that an address is in use again': 'Adresse gilt wieder',
  'tell that somebody proposed an address in use': 'jemand anderes wollte diese Adresse',
  'tell the address in use of a proposal': 'Vorschlag einer neuen Adresse',
  'tell the old address of a change': 'Adresse wurde geändert',
  'weekly report of visits': 'Wochenbericht der Besuche',
};

const { useTexts } = defineTexts({ en, de });

export function useMailPurpose(): (purpose: string) => string {
  const names = useTexts();
  return (purpose) => names[purpose] ?? purpose;
}
