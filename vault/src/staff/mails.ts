/** The mail with which somebody is invited to the console. */
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
