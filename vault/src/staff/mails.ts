/** The mails to staff: an invitation to the console, and that the way in was replaced. */
import type { Language } from '@avow/protocol/refusals';
import type { MailContent } from '../platform/mail/compose.ts';

export function invitationMail(mail: { language: Language; vendor: string; url: string; days: number }): MailContent {
  const { language, vendor, url, days } = mail;
  if (language === 'de') {
    return {
      language,
      subject: `Ihr Zugang zur Konsole von ${vendor}`,
      paragraphs: [
        `Sie sind eingeladen, mit der Konsole von ${vendor} zu arbeiten. Der Link öffnet sich nur im privaten Netz von ${vendor}, gilt ${days} Tage und für ein Konto.`,
        'Geben Sie ihn nicht weiter: Wer ihn öffnet, bekommt Ihren Zugang.',
      ],
      action: { label: 'Konto einrichten', url },
    };
  }
  return {
    language,
    subject: `Your access to the console of ${vendor}`,
    paragraphs: [
      `You are invited to work with the console of ${vendor}. The link opens only within the private network of ${vendor}; it works for ${days} days and for one account.`,
      'Do not pass it on: whoever opens it gets your access.',
    ],
    action: { label: 'Set up the account', url },
  };
}

/** So that whoever did not do it themselves hears of it. */
export function passkeyReplacedMail({ language, vendor }: { language: Language; vendor: string }): MailContent {
  if (language === 'de') {
    return {
      language,
      subject: `Ihr Zugang zur Konsole von ${vendor} hat einen neuen Passkey`,
      paragraphs: [
        'Mit einem Ihrer Wiederherstellungscodes wurde ein neuer Passkey angelegt. Die bisherigen gelten nicht mehr, und alle Sitzungen von vorher sind beendet.',
        'Waren Sie das nicht, sagen Sie es sofort jemandem von der Verwaltung: Das Konto lässt sich sperren.',
      ],
    };
  }
  return {
    language,
    subject: `Your access to the console of ${vendor} has a new passkey`,
    paragraphs: [
      'One of your recovery codes was used to make a new passkey. Those of before no longer work, and every session of before has ended.',
      'If it was not you, tell an administrator at once: the account can be disabled.',
    ],
  };
}
