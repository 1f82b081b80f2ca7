/** The mails of a change of address: to the new one, to its owner if it is taken, to the old one. None names the other address. */
import type { Language } from '@avow/protocol/refusals';
import type { MailContent } from '../platform/mail/compose.ts';
import { longDate } from '../platform/mail/long-date.ts';

interface ToPerson {
  language: Language;
  vendor: string;
  publicUrl: string;
}

/** `by` staff: somebody wrote to support, who proposed the address they wrote from. */
export function proveAddressMail(
  mail: ToPerson & { token: string; lastDay: string; by: 'person' | 'staff' },
): MailContent {
  const { language, vendor, publicUrl, token, by } = mail;
  const lastDay = longDate(mail.lastDay, language);
  const action = { url: `${publicUrl}/email-change#${token}`, code: token };
  if (language === 'de') {
    return {
      language,
      subject: `Ist das Ihre neue Adresse bei ${vendor}?`,
      paragraphs: [
        by === 'staff'
          ? `Jemand, vermutlich Sie, hat uns von dieser E-Mail-Adresse aus geschrieben und möchte, dass eine Registrierung bei ${vendor} sie ab jetzt verwendet.`
          : `Jemand, der bei ${vendor} registriert ist, vermutlich Sie, möchte ab jetzt diese E-Mail-Adresse verwenden.`,
        `Geändert ist noch nichts. Bitte bestätigen Sie bis zum Ende des ${lastDay} (UTC).${by === 'staff' ? ' Die bisherige Adresse hat Bescheid bekommen und kann widersprechen.' : ''}`,
        'Waren Sie das nicht, brauchen Sie nichts zu tun: Ohne Bestätigung bleibt alles, wie es ist.',
      ],
      action: { ...action, label: 'Adresse bestätigen' },
    };
  }
  return {
    language,
    subject: `Is this your new address at ${vendor}?`,
    paragraphs: [
      by === 'staff'
        ? `Somebody, most likely you, wrote to us from this e-mail address and wants a registration with ${vendor} to use it from now on.`
        : `Somebody who is registered with ${vendor}, most likely you, wants to use this e-mail address from now on.`,
      `Nothing is changed yet. Please confirm by the end of ${lastDay} (UTC).${by === 'staff' ? ' The address in use until now has been told, and can object.' : ''}`,
      'If it was not you, there is nothing to do: without a confirmation everything stays as it is.',
    ],
    action: { ...action, label: 'Confirm the address' },
  };
}

export function emailProposedMail(
  mail: ToPerson & { token: string; lastDay: string; contactEmail: string },
): MailContent {
  const { language, vendor, publicUrl, token, contactEmail } = mail;
  const lastDay = longDate(mail.lastDay, language);
  const action = { url: `${publicUrl}/email-change/undo#${token}`, code: token };
  if (language === 'de') {
    return {
      language,
      subject: `Soll Ihre Registrierung bei ${vendor} eine andere Adresse bekommen?`,
      paragraphs: [
        'Jemand hat uns von einer anderen E-Mail-Adresse aus geschrieben und gesagt, dass Ihre Registrierung sie ab jetzt verwenden soll. Geändert ist noch nichts: Zuerst muss die neue Adresse bestätigt werden, bis zum Ende des ' +
          `${lastDay} (UTC).`,
        'Waren Sie das, brauchen Sie hier nichts zu tun.',
        `Waren Sie das nicht, widersprechen Sie bitte. Dann bleibt diese Adresse. Auch wenn die neue schon bestätigt wurde, führt der Link zurück, noch sieben Tage lang. Danach schreiben Sie uns: ${contactEmail}`,
      ],
      action: { ...action, label: 'Die jetzige Adresse behalten' },
    };
  }
  return {
    language,
    subject: `Shall your registration with ${vendor} get another address?`,
    paragraphs: [
      `Somebody wrote to us from another e-mail address and said that your registration should use it from now on. Nothing is changed yet: first the new address has to be confirmed, by the end of ${lastDay} (UTC).`,
      'If it was you, there is nothing to do here.',
      `If it was not you, please object: then this address stays. If the new one was confirmed already, the link leads back, for seven days. After that, write to us: ${contactEmail}`,
    ],
    action: { ...action, label: 'Keep the present address' },
  };
}

export function addressTakenMail({ language, vendor, publicUrl }: ToPerson): MailContent {
  const url = `${publicUrl}/sign-in`;
  if (language === 'de') {
    return {
      language,
      subject: `Ihre Adresse bei ${vendor}`,
      paragraphs: [
        'Jemand wollte eine andere Registrierung auf diese E-Mail-Adresse umstellen. Unter ihr sind aber Sie registriert, deshalb wurde nichts geändert. Davon haben wir dem anderen nichts gesagt.',
        'Waren Sie das selbst, melden Sie sich mit dieser Adresse an. Sonst brauchen Sie nichts zu tun.',
      ],
      action: { label: 'Anmelden', url },
    };
  }
  return {
    language,
    subject: `Your address at ${vendor}`,
    paragraphs: [
      'Somebody wanted to move another registration to this e-mail address. But you are registered under it, so nothing was changed. We told the other side nothing of this.',
      'If it was you, sign in with this address. Otherwise there is nothing to do.',
    ],
    action: { label: 'Sign in', url },
  };
}

export function emailChangedMail(
  mail: ToPerson & { token: string; lastDay: string; contactEmail: string },
): MailContent {
  const { language, vendor, publicUrl, token, contactEmail } = mail;
  const lastDay = longDate(mail.lastDay, language);
  const action = { url: `${publicUrl}/email-change/undo#${token}`, code: token };
  if (language === 'de') {
    return {
      language,
      subject: `Ihre Adresse bei ${vendor} wurde geändert`,
      paragraphs: [
        'Ihre Registrierung verwendet ab jetzt eine andere E-Mail-Adresse. An diese hier schreiben wir nur noch diese eine Mail.',
        `Waren Sie das nicht, machen Sie es rückgängig, bis zum Ende des ${lastDay} (UTC). Danach schreiben Sie uns bitte: ${contactEmail}`,
      ],
      action: { ...action, label: 'Änderung rückgängig machen' },
    };
  }
  return {
    language,
    subject: `Your address at ${vendor} was changed`,
    paragraphs: [
      'Your registration uses another e-mail address from now on. This is the last mail we send to this one.',
      `If it was not you, undo it by the end of ${lastDay} (UTC). After that, please write to us: ${contactEmail}`,
    ],
    action: { ...action, label: 'Undo the change' },
  };
}

export function emailRestoredMail(mail: ToPerson & { contactEmail: string }): MailContent {
  const { language, vendor, publicUrl, contactEmail } = mail;
  const url = `${publicUrl}/sign-in`;
  if (language === 'de') {
    return {
      language,
      subject: `Ihre Adresse bei ${vendor} gilt wieder`,
      paragraphs: [
        'Die Änderung ist rückgängig gemacht. Ihre Registrierung verwendet wieder diese E-Mail-Adresse. Wer über die andere angemeldet war, ist abgemeldet.',
        `Bitte sehen Sie nach, ob Ihre Angaben stimmen. Hat sonst jemand etwas geändert, schreiben Sie uns: ${contactEmail}`,
      ],
      action: { label: 'Anmelden', url },
    };
  }
  return {
    language,
    subject: `Your address at ${vendor} is in use again`,
    paragraphs: [
      'The change is undone. Your registration uses this e-mail address again. Whoever was signed in by the other one is signed out.',
      `Please check whether your details are right. If somebody else changed anything, write to us: ${contactEmail}`,
    ],
    action: { label: 'Sign in', url },
  };
}
