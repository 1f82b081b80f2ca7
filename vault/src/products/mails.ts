/** Every mail products sends. None names another person; mails to staff hold ids and counts only. */
import { type Language, REFUSALS, type RefusalCode } from '@avow/protocol/refusals';
import type { MailContent } from '../platform/mail/compose.ts';
import type { AlarmKind } from './alarms.ts';

interface Words {
  subject: string;
  paragraphs: string[];
  action?: string;
}

type Texts<Facts> = Record<Language, (facts: Facts) => Words>;

const HOLD_ASKED: Texts<{ product: string; days: number }> = {
  en: ({ product, days }) => ({
    subject: `Somebody else registered your ${product}`,
    paragraphs: [
      `The serial number of your ${product} was registered a second time, by somebody else. We have put that registration on hold and told them nothing about you.`,
      `Please tell us how this came about: somebody in your household, sold or given away, stolen, or none of these. The link works for ${days} days and for one answer. Your own registration stays as it is until you say that you have passed the product on.`,
    ],
    action: 'Answer the question',
  }),
  de: ({ product, days }) => ({
    subject: `Jemand anderes hat Ihr ${product} registriert`,
    paragraphs: [
      `Die Seriennummer Ihres ${product} wurde ein zweites Mal registriert, von jemand anderem. Wir haben diese Registrierung angehalten und nichts über Sie mitgeteilt.`,
      `Bitte sagen Sie uns, wie es dazu kam: jemand aus Ihrem Haushalt, verkauft oder verschenkt, gestohlen, oder nichts davon. Der Link gilt ${days} Tage und für eine Antwort. Ihre eigene Registrierung bleibt, wie sie ist, solange Sie nicht sagen, dass Sie das Produkt weitergegeben haben.`,
    ],
    action: 'Die Frage beantworten',
  }),
};

const CLAIM_ACCEPTED: Texts<{ product: string }> = {
  en: ({ product }) => ({
    subject: `Your ${product} is registered`,
    paragraphs: [
      `Your registration of ${product} was on hold and is now complete.`,
      'You find it, with its signed receipt, among your products.',
    ],
    action: 'My registration',
  }),
  de: ({ product }) => ({
    subject: `Ihr ${product} ist registriert`,
    paragraphs: [
      `Ihre Registrierung von ${product} war angehalten und ist jetzt vollständig.`,
      'Sie finden sie mit ihrer unterschriebenen Quittung bei Ihren Produkten.',
    ],
    action: 'Meine Registrierung',
  }),
};

const CLAIM_REFUSED: Texts<{ product: string; contactEmail: string }> = {
  en: ({ product, contactEmail }) => ({
    subject: `Your registration of ${product}`,
    paragraphs: [
      `We could not confirm your registration of ${product}, so it is not in force.`,
      `If you bought the product, please write to ${contactEmail} and tell us where and when. Everything else you registered is unchanged.`,
    ],
  }),
  de: ({ product, contactEmail }) => ({
    subject: `Ihre Registrierung von ${product}`,
    paragraphs: [
      `Wir konnten Ihre Registrierung von ${product} nicht bestätigen; sie gilt deshalb nicht.`,
      `Wenn Sie das Produkt gekauft haben, schreiben Sie bitte an ${contactEmail} und sagen Sie uns, wo und wann. Alles andere, was Sie registriert haben, bleibt unverändert.`,
    ],
  }),
};

const PASSED_ON: Texts<{ product: string; contactEmail: string }> = {
  en: ({ product, contactEmail }) => ({
    subject: `Your ${product} has a new owner`,
    paragraphs: [
      `Your ${product} was registered by its new owner. They learn nothing about you, and what you told us about yourself stays yours.`,
      `If you did not pass it on, please write to ${contactEmail}.`,
    ],
  }),
  de: ({ product, contactEmail }) => ({
    subject: `Ihr ${product} hat einen neuen Besitzer`,
    paragraphs: [
      `Ihr ${product} wurde vom neuen Besitzer registriert. Er erfährt nichts über Sie, und was Sie uns über sich mitgeteilt haben, bleibt bei Ihnen.`,
      `Wenn Sie es nicht weitergegeben haben, schreiben Sie bitte an ${contactEmail}.`,
    ],
  }),
};

const PRODUCT_REFUSED: Texts<{ reasons: string }> = {
  en: ({ reasons }) => ({
    subject: 'Your product was not registered',
    paragraphs: [`We could not register the product you sent us. ${reasons}`, 'You can try again among your products.'],
    action: 'My registration',
  }),
  de: ({ reasons }) => ({
    subject: 'Ihr Produkt wurde nicht registriert',
    paragraphs: [
      `Wir konnten das Produkt, das Sie uns gesendet haben, nicht registrieren. ${reasons}`,
      'Sie können es bei Ihren Produkten noch einmal versuchen.',
    ],
    action: 'Meine Registrierung',
  }),
};

const link = (label: string | undefined, url: string, code?: string): Pick<MailContent, 'action'> =>
  label === undefined ? {} : { action: { label, url, ...(code !== undefined && { code }) } };

export function holdAskedMail(
  language: Language,
  facts: { product: string; days: number; publicUrl: string; token: string },
): MailContent {
  const { action, ...words } = HOLD_ASKED[language](facts);
  return { ...words, language, ...link(action, `${facts.publicUrl}/hold#${facts.token}`, facts.token) };
}

export function claimAcceptedMail(language: Language, facts: { product: string; publicUrl: string }): MailContent {
  const { action, ...words } = CLAIM_ACCEPTED[language](facts);
  return { ...words, language, ...link(action, `${facts.publicUrl}/my`) };
}

export function claimRefusedMail(language: Language, facts: { product: string; contactEmail: string }): MailContent {
  const { subject, paragraphs } = CLAIM_REFUSED[language](facts);
  return { subject, paragraphs, language };
}

export function passedOnMail(language: Language, facts: { product: string; contactEmail: string }): MailContent {
  const { subject, paragraphs } = PASSED_ON[language](facts);
  return { subject, paragraphs, language };
}

/** Says what was refused, but not the serial. */
export function productRefusedMail(
  language: Language,
  facts: { codes: readonly RefusalCode[]; publicUrl: string },
): MailContent {
  const reasons = facts.codes.map((code) => REFUSALS[code][language]).join(' ');
  const { action, ...words } = PRODUCT_REFUSED[language]({ reasons });
  return { ...words, language, ...link(action, `${facts.publicUrl}/my`) };
}

/** To staff, in both languages: nobody knows which of them reads it. */
export function disputeMail(facts: { product: string; answer: string; claimId: string; ownerId: string }): MailContent {
  return {
    subject: `Serial ${facts.answer}: registration ${facts.claimId}`,
    paragraphs: [
      `A second registration of a ${facts.product} was refused. The first owner's answer: ${facts.answer}.\nRefused registration: ${facts.claimId}\nRegistration of the owner: ${facts.ownerId}`,
      'Eine zweite Registrierung wurde abgelehnt; die Antwort des ersten Besitzers und die Nummern beider Registrierungen stehen oben.',
    ],
    language: 'en',
  };
}

export function alarmMail(what: AlarmKind, count: number): MailContent {
  return {
    subject: `Serials: ${what}, ${count} today`,
    paragraphs: [
      `Counted today: ${what}, ${count} times. Nothing is recorded about who it was. Further ones today are counted without a mail.`,
      `Heute gezählt: ${what}, ${count} Mal. Wer es war, wird nicht festgehalten. Weitere heute werden ohne Mail gezählt.`,
    ],
    language: 'en',
  };
}
