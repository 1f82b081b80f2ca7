/** The mails of support. What was asked, answered or corrected stays on the private server: the mail says where to read it. */
import type { Language } from '@avow/protocol/refusals';
import { fieldName } from '../people/person-fields.ts';
import type { MailContent } from '../platform/mail/compose.ts';

interface ToPerson {
  language: Language;
  vendor: string;
  publicUrl: string;
}

export function questionMail({ language, vendor, publicUrl, field }: ToPerson & { field: string }): MailContent {
  const name = fieldName(field, language);
  if (language === 'de') {
    return {
      language,
      subject: `Eine Frage zu Ihren Daten bei ${vendor}`,
      paragraphs: [
        `Bei einer Angabe, die Sie uns gemacht haben, sind wir nicht sicher, ob sie stimmt: ${name}.`,
        'Unsere Frage steht bei Ihren Daten; dort können Sie antworten und die Angabe auch gleich berichtigen. Antworten müssen Sie nicht.',
      ],
      action: { label: 'Die Frage lesen', url: `${publicUrl}/my` },
    };
  }
  return {
    language,
    subject: `A question about your data at ${vendor}`,
    paragraphs: [
      `We are not sure whether something you told us is right: ${name}.`,
      'Our question stands with your data; there you can answer, and correct it at once. You need not answer.',
    ],
    action: { label: 'Read the question', url: `${publicUrl}/my` },
  };
}

export function correctedMail(mail: ToPerson & { fields: readonly string[]; contactEmail: string }): MailContent {
  const { language, vendor, publicUrl, contactEmail } = mail;
  const names = mail.fields.map((field) => fieldName(field, language)).join('\n');
  if (language === 'de') {
    return {
      language,
      subject: `Ihre Daten bei ${vendor} wurden berichtigt`,
      paragraphs: [
        'Unsere Mitarbeiter haben bei Ihren Daten etwas berichtigt:',
        names,
        `Was vorher da stand und was jetzt da steht, sehen Sie bei Ihren Daten. Stimmt es nicht, ändern Sie es dort oder schreiben Sie an ${contactEmail}.`,
      ],
      action: { label: 'Meine Daten ansehen', url: `${publicUrl}/my` },
    };
  }
  return {
    language,
    subject: `Your data at ${vendor} was corrected`,
    paragraphs: [
      'Our staff corrected something in your data:',
      names,
      `What stood there before and what stands there now, you see with your data. If it is not right, change it there, or write to ${contactEmail}.`,
    ],
    action: { label: 'See my data', url: `${publicUrl}/my` },
  };
}

/** To staff, in the language of whoever answered. */
export function answeredMail({ language, field }: { language: Language; field: string }): MailContent {
  const name = fieldName(field, language);
  if (language === 'de') {
    return {
      language,
      subject: 'Antwort auf eine Rückfrage',
      paragraphs: [
        `Eine registrierte Person hat eine Rückfrage beantwortet (Zusage U5): ${name}.`,
        'Wer das ist und was geantwortet wurde, steht nur auf dem privaten Server: in der Konsole unter „Personen“, „Antworten“.',
      ],
    };
  }
  return {
    language,
    subject: 'A question was answered',
    paragraphs: [
      `A registered person answered a question of ours (promise U5): ${name}.`,
      'Who it is and what the answer says stands on the private server only: in the console under "People", "Answers".',
    ],
  };
}

/** The answer's own words are the staff's. */
export function requestAnsweredMail(
  mail: ToPerson & { field: string; outcome: 'changed' | 'declined'; text: string },
): MailContent {
  const { language, vendor, publicUrl, outcome, text } = mail;
  const name = fieldName(mail.field, language);
  if (language === 'de') {
    return {
      language,
      subject: `Ihr Berichtigungswunsch bei ${vendor}`,
      paragraphs: [
        outcome === 'changed'
          ? `Wir haben berichtigt, worum Sie gebeten haben: ${name}.`
          : `Wir konnten nicht ändern, worum Sie gebeten haben: ${name}.`,
        text,
        'Ihr Wunsch ist damit erledigt und bei uns gelöscht.',
      ],
      action: { label: 'Meine Daten ansehen', url: `${publicUrl}/my` },
    };
  }
  return {
    language,
    subject: `Your request to ${vendor}`,
    paragraphs: [
      outcome === 'changed'
        ? `We corrected what you asked us to: ${name}.`
        : `We could not change what you asked us to: ${name}.`,
      text,
      'With this your request is dealt with, and erased here.',
    ],
    action: { label: 'See my data', url: `${publicUrl}/my` },
  };
}
