/** The mails of signing in and of correction requests. Nothing in them was typed by the person who caused them. */
import type { FieldRefusals } from '@avow/protocol/forms/fields';
import { type Language, REFUSALS } from '@avow/protocol/refusals';
import { fieldName } from '../people/person-fields.ts';
import type { MailContent } from '../platform/mail/compose.ts';

interface ToPerson {
  language: Language;
  vendor: string;
  publicUrl: string;
}

export function signInMail(mail: ToPerson & { token: string; minutes: number }): MailContent {
  const { language, vendor, publicUrl, token, minutes } = mail;
  const action = { url: `${publicUrl}/my#${token}`, code: token };
  if (language === 'de') {
    return {
      language,
      subject: `Ihr Anmeldelink für ${vendor}`,
      paragraphs: [
        `Mit diesem Link sehen und berichtigen Sie alles, was ${vendor} über Sie gespeichert hat. Er gilt ${minutes} Minuten und nur einmal.`,
        'Haben Sie ihn nicht angefordert, brauchen Sie nichts zu tun. Geben Sie ihn nicht weiter.',
      ],
      action: { ...action, label: 'Anmelden' },
    };
  }
  return {
    language,
    subject: `Your sign-in link for ${vendor}`,
    paragraphs: [
      `With this link you see and correct everything ${vendor} holds about you. It works for ${minutes} minutes, and once.`,
      'If you did not ask for it, there is nothing to do. Do not pass it on.',
    ],
    action: { ...action, label: 'Sign in' },
  };
}

export function nobodyRegisteredMail({ language, vendor, publicUrl }: ToPerson): MailContent {
  const url = `${publicUrl}/register`;
  if (language === 'de') {
    return {
      language,
      subject: `Ihre Anfrage bei ${vendor}`,
      paragraphs: [
        `Jemand, vermutlich Sie, wollte sich mit dieser E-Mail-Adresse bei ${vendor} anmelden. Unter dieser Adresse ist niemand registriert, deshalb gibt es keinen Anmeldelink.`,
        'Vielleicht haben Sie sich mit einer anderen Adresse registriert, oder Ihre Registrierung ist noch nicht bestätigt.',
        'Waren Sie das nicht, brauchen Sie nichts zu tun. Über Sie ist nichts gespeichert außer dieser Mail, und auch die wird gelöscht.',
      ],
      action: { label: 'Registrieren', url },
    };
  }
  return {
    language,
    subject: `Your request to ${vendor}`,
    paragraphs: [
      `Somebody, most likely you, wanted to sign in at ${vendor} with this e-mail address. Nobody is registered under this address, so there is no sign-in link.`,
      'Perhaps you registered with another address, or your registration is not confirmed yet.',
      'If it was not you, there is nothing to do. Nothing is held about you but this mail, and that is erased too.',
    ],
    action: { label: 'Register', url },
  };
}

/** To the vendor's contact address, in the language in which the person wants to be answered. */
export function staffRequestMail(mail: { language: Language; requestId: string; field: string }): MailContent {
  const { language, requestId, field } = mail;
  if (language === 'de') {
    return {
      language,
      subject: `Berichtigungswunsch ${requestId}`,
      paragraphs: [
        'Eine registrierte Person wünscht eine Berichtigung, die das System nicht angenommen hat (Zusage W8).',
        `Wunsch: ${requestId}\nFeld: ${field} (${fieldName(field, language)})`,
        'Wer das ist und was gewünscht wird, steht nur auf dem privaten Server und nicht in dieser Mail. Die Person liest Deutsch.',
        `Lesen, mit Eintrag ins Zugriffsprotokoll:\navow people request ${requestId} --purpose clarify-inaccurate-information`,
      ],
    };
  }
  return {
    language,
    subject: `Correction request ${requestId}`,
    paragraphs: [
      'A registered person asks for a correction that the system did not accept (promise W8).',
      `Request: ${requestId}\nField: ${field} (${fieldName(field, language)})`,
      'Who it is and what is wanted stands on the private server only and not in this mail. The person reads English.',
      `To read it, on record:\navow people request ${requestId} --purpose clarify-inaccurate-information`,
    ],
  };
}

/** For a change that was refused when nobody waited for the answer any more. */
export function changeRefusedMail(mail: ToPerson & { fields: FieldRefusals; contactEmail: string }): MailContent {
  const { language, vendor, publicUrl, contactEmail } = mail;
  const reasons = Object.entries(mail.fields).map(
    ([path, code]) => `${fieldName(path, language)}: ${REFUSALS[code][language]}`,
  );
  const url = `${publicUrl}/my`;
  if (language === 'de') {
    return {
      language,
      subject: `Ihre Änderung bei ${vendor} wurde nicht angenommen`,
      paragraphs: [
        'Ihre Änderung wurde erst geprüft, als niemand mehr auf die Antwort wartete. Deshalb auf diesem Weg: Wir konnten sie nicht annehmen. Es ist alles, wie es war.',
        ...(reasons.length > 0 ? [reasons.join('\n')] : []),
        `Sie können es noch einmal versuchen oder uns schreiben: ${contactEmail}`,
      ],
      action: { label: 'Meine Daten ansehen', url },
    };
  }
  return {
    language,
    subject: `Your change at ${vendor} was not accepted`,
    paragraphs: [
      'Your change was checked when nobody waited for the answer any more. That is why we write: we could not accept it. Everything is as it was.',
      ...(reasons.length > 0 ? [reasons.join('\n')] : []),
      `You can try once more, or write to us: ${contactEmail}`,
    ],
    action: { label: 'See my data', url },
  };
}
