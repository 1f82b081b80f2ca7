/**
 * The mails of a registration. Those to an address nobody has proven yet carry nothing that was typed into the form: else the
 * form could be used to send a stranger any text in the vendor's name.
 */
import type { FieldRefusals } from '@avow/protocol/forms/fields';
import { type Language, REFUSALS, type RefusalCode } from '@avow/protocol/refusals';
import { fieldName } from '../people/person-fields.ts';
import type { MailContent } from '../platform/mail/compose.ts';
import { longDate } from '../platform/mail/long-date.ts';

export interface ConfirmationRequest {
  language: Language;
  kind: 'person' | 'product';
  vendor: string;
  publicUrl: string;
  token: string;
  /** ISO date: the last day on which the link works. */
  lastDay: string;
  subscribed: boolean;
}

export function confirmationMail(request: ConfirmationRequest): MailContent {
  const { language, kind, vendor, publicUrl, token, subscribed } = request;
  const lastDay = longDate(request.lastDay, language);
  const action = { url: `${publicUrl}/confirm#${token}`, code: token };
  if (language === 'de') {
    return {
      language,
      subject: `Bitte bestätigen Sie Ihre Registrierung bei ${vendor}`,
      paragraphs: [
        kind === 'person'
          ? `Mit dieser E-Mail-Adresse hat sich jemand, vermutlich Sie, bei ${vendor} registriert.`
          : `Mit dieser E-Mail-Adresse hat jemand, vermutlich Sie, ein Produkt von ${vendor} registriert.`,
        `Registriert ist noch nichts. Bitte bestätigen Sie bis einschließlich ${lastDay}.`,
        subscribed
          ? 'Auf dem Formular wurde die Mailingliste gewählt. Mit der Bestätigung stehen Sie auf der Liste.'
          : 'Auf dem Formular wurde die Mailingliste nicht gewählt. Mit der Bestätigung stehen Sie nicht auf der Liste.',
        'Sind Sie unter dieser Adresse schon registriert, treten mit der Bestätigung die neuen Angaben an die Stelle der alten. Die alten bleiben in Ihrem Verlauf sichtbar.',
        'Waren Sie das nicht, brauchen Sie nichts zu tun: Ohne Bestätigung wird nach diesem Tag alles gelöscht, was gesendet wurde.',
      ],
      action: { ...action, label: 'Registrierung bestätigen' },
    };
  }
  return {
    language,
    subject: `Please confirm your registration with ${vendor}`,
    paragraphs: [
      kind === 'person'
        ? `Somebody, most likely you, registered with ${vendor} and gave this e-mail address.`
        : `Somebody, most likely you, registered a product of ${vendor} and gave this e-mail address.`,
      `Nothing is registered yet. Please confirm by the end of ${lastDay}.`,
      subscribed
        ? 'The mailing list was chosen on the form. Once you confirm, you are on the list.'
        : 'The mailing list was not chosen on the form. Once you confirm, you are not on the list.',
      'If you are registered under this address already, confirming puts the new details in the place of the old ones. The old ones stay visible in your history.',
      'If it was not you, there is nothing to do: without a confirmation, everything that was sent is erased after that day.',
    ],
    action: { ...action, label: 'Confirm the registration' },
  };
}

export interface RegisteredNotice {
  language: Language;
  vendor: string;
  publicUrl: string;
  subscribed: boolean;
  /** What became of the serial, where one was given. */
  serial: 'none' | 'registered' | 'held' | RefusalCode;
}

export function registeredMail({ language, vendor, publicUrl, subscribed, serial }: RegisteredNotice): MailContent {
  const url = `${publicUrl}/my`;
  if (language === 'de') {
    return {
      language,
      subject: `Sie sind bei ${vendor} registriert`,
      paragraphs: [
        'Ihre Registrierung ist bestätigt.',
        ...serialParagraph(serial, language),
        subscribed
          ? 'Sie stehen auf der Mailingliste. Sie können das jederzeit ändern.'
          : 'Sie stehen nicht auf der Mailingliste. Sie können das jederzeit ändern.',
        'Alles, was über Sie gespeichert ist, können Sie ansehen und berichtigen.',
      ],
      action: { label: 'Meine Daten ansehen', url },
    };
  }
  return {
    language,
    subject: `You are registered with ${vendor}`,
    paragraphs: [
      'Your registration is confirmed.',
      ...serialParagraph(serial, language),
      subscribed
        ? 'You are on the mailing list. You can change that at any time.'
        : 'You are not on the mailing list. You can change that at any time.',
      'You can see and correct everything that is held about you.',
    ],
    action: { label: 'See my data', url },
  };
}

function serialParagraph(serial: RegisteredNotice['serial'], language: Language): string[] {
  const german = language === 'de';
  if (serial === 'none') return [];
  if (serial === 'registered') {
    return [
      german
        ? 'Ihr Produkt ist registriert. Die unterschriebene Quittung finden Sie unter Ihren Daten.'
        : 'Your product is registered. The signed receipt is with your data.',
    ];
  }
  if (serial === 'held') {
    return [
      german
        ? 'Die Seriennummer ist schon registriert. Wir haben gefragt, wie das kommt; bis zur Antwort ruht Ihre Produktregistrierung. Keiner von Ihnen erfährt dabei von uns, wer der andere ist. Hat Ihnen jemand das Produkt weitergegeben, bitten Sie um einen Übertragungscode: Damit ist es sofort Ihres.'
        : 'The serial number is registered already. We have asked how that is; until there is an answer, your product registration is on hold. Neither of you learns from us who the other is. If somebody passed the product on to you, ask them for a transfer code: with it the product is yours at once.',
    ];
  }
  return [
    german
      ? `Ihr Produkt konnten wir nicht registrieren: ${REFUSALS[serial].de}`
      : `We could not register your product: ${REFUSALS[serial].en}`,
  ];
}

export interface RefusedNotice {
  language: Language;
  kind: 'person' | 'product';
  vendor: string;
  publicUrl: string;
  fields: FieldRefusals;
}

/** For a refusal that was found when nobody waited for the answer any more. */
export function refusedMail({ language, kind, vendor, publicUrl, fields }: RefusedNotice): MailContent {
  const reasons = Object.entries(fields).map(
    ([path, code]) => `${fieldName(path, language)}: ${REFUSALS[code][language]}`,
  );
  const url = `${publicUrl}${kind === 'person' ? '/register' : '/products/register'}`;
  if (language === 'de') {
    return {
      language,
      subject: `Ihre Registrierung bei ${vendor} braucht eine Korrektur`,
      paragraphs: [
        'Ihre Registrierung wurde erst geprüft, als niemand mehr auf die Antwort wartete. Deshalb auf diesem Weg: Wir konnten sie nicht annehmen.',
        reasons.join('\n'),
        'Von den Angaben wurde nichts behalten. Bitte registrieren Sie sich noch einmal.',
      ],
      action: { label: 'Noch einmal registrieren', url },
    };
  }
  return {
    language,
    subject: `Your registration with ${vendor} needs a correction`,
    paragraphs: [
      'Your registration was checked when nobody waited for the answer any more. That is why we write: we could not accept it.',
      reasons.join('\n'),
      'Nothing of what you sent was kept. Please register once more.',
    ],
    action: { label: 'Register once more', url },
  };
}
