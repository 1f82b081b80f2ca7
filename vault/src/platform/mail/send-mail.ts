/** One claimed mail: decrypted, composed, handed over, and its state written before and after. */
import type { AvowConfig } from '@avow/config/config';
import type { Logger } from 'pino';
import type { VaultDatabase } from '../database.ts';
import { KeyDestroyed } from '../keys/data-key.ts';
import type { Keyring } from '../keys/keyring.ts';
import { composeMail } from './compose.ts';
import type { MailStates } from './mail-states.ts';
import { MAIL_CONTEXT, type MailLetter } from './outbox.ts';
import { type ClaimedMail, dropMail, type SettledMail } from './queries.ts';
import type { Smtp } from './smtp.ts';

export interface SendingHouse {
  db: VaultDatabase;
  keyring: Keyring;
  smtp: Smtp;
  config: AvowConfig;
  log: Logger;
}

/** Two and a half days at the longest back-off. */
const MAX_ATTEMPTS = 60;

async function openLetter(house: SendingHouse, mail: ClaimedMail): Promise<MailLetter | null> {
  try {
    const key = await house.keyring.dataKey(mail.dataKeyId);
    return JSON.parse(key.decrypt(mail.content, MAIL_CONTEXT));
  } catch (error) {
    if (error instanceof KeyDestroyed) return null;
    throw error;
  }
}

/** Returns 'again' when it has to be tried later. Throws when the database or the keyring fails before the mail left. */
export async function sendMail(
  house: SendingHouse,
  mail: ClaimedMail,
  states: MailStates,
): Promise<'settled' | 'again'> {
  const { db, smtp, config, log } = house;
  const letter = await openLetter(house, mail);
  if (!letter) {
    // Whom it was for has been erased since.
    await dropMail(db, mail.id);
    return 'settled';
  }
  const handover = await smtp.send({
    to: letter.to,
    messageId: mail.messageId,
    language: letter.content.language,
    ...composeMail(letter.content, config.vendor),
    beforeEnd: () => states.handingOver(mail.id),
  });

  // The state may be either when the server answered: a connection can fail before the mail's end and after.
  const settle = (state: SettledMail['state'], replyCode: number | null = null) =>
    states.settle({ id: mail.id, state, replyCode });
  switch (handover.result) {
    case 'accepted':
      await settle('handed over');
      return 'settled';
    case 'unknown':
      log.error({ mail: mail.id }, 'a mail may or may not have arrived; it is not sent again');
      await settle('unknown');
      return 'settled';
    case 'refused':
      log.warn({ mail: mail.id, replyCode: handover.replyCode }, 'the mail server refused a mail');
      await settle('failed', handover.replyCode);
      return 'settled';
    case 'not sent': {
      const givenUp = mail.attempts >= MAX_ATTEMPTS;
      log.warn(
        { mail: mail.id, replyCode: handover.replyCode, attempts: mail.attempts, givenUp },
        'a mail was not sent',
      );
      await settle(givenUp ? 'failed' : 'queued', handover.replyCode);
      return givenUp ? 'settled' : 'again';
    }
  }
}
