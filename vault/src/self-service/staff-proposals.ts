/**
 * A new address that staff propose, since somebody wrote from it and the old mailbox is gone. It is the person's own proposal in all but
 * who typed it: nothing changes before the new address is proven, and the old one is told at once and can object.
 */
import type { Refusal } from '@avow/protocol/refusals';
import type { PersonRecord, Transaction } from '../people/people.ts';
import { issueToken } from '../people/tokens.ts';
import { addDays, isoDay } from '../platform/day.ts';
import type { Services } from '../platform/services.ts';
import { checkNewEmail, keepAndProve, UNDO_DAYS } from './change-email.ts';
import { emailProposedMail } from './email-mails.ts';
import { findProposal } from './proposals.ts';

export const STAFF_PROPOSAL_DAYS = 7;

export type EmailDesk = ReturnType<typeof createEmailDesk>;

export function createEmailDesk(services: Services) {
  const { config, keyring, mail, publicUrl, clock } = services;
  return {
    /** The answer is the same whoever has the address. */
    async propose(tx: Transaction, person: PersonRecord, sent: string): Promise<{ proposed: true } | Refusal> {
      const address = checkNewEmail(sent);
      if (typeof address !== 'string') return address;
      const today = isoDay(clock());
      const before = await findProposal(tx, keyring, person, today);
      if (before?.objectedOn) return { refused: 'address_objected' };
      const wanted = { address, day: today, by: 'staff' as const, days: STAFF_PROPOSAL_DAYS };
      const id = await keepAndProve(services, tx, person, wanted);
      // Good for as long as a change on the last day can be undone.
      const days = STAFF_PROPOSAL_DAYS + UNDO_DAYS;
      const token = await issueToken(tx, { act: 'email-objection', subject: id, days }, clock());
      const present = person.fields.email?.value;
      if (present === undefined) throw new Error('a person without an address');
      const { name: vendor, contactEmail } = config.vendor;
      const lastDay = addDays(today, STAFF_PROPOSAL_DAYS);
      await mail.queueMail(tx, {
        to: present,
        dataKeyId: person.dataKeyId,
        purpose: 'tell the address in use of a proposal',
        content: emailProposedMail({ language: person.language, vendor, contactEmail, publicUrl, token, lastDay }),
      });
      return { proposed: true };
    },
  };
}
