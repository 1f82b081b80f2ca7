/** What a signed-in person, or an owner with a mailed link, can ask of products. */
import { checkForm } from '@avow/protocol/forms/check';
import type { FieldRefusals } from '@avow/protocol/forms/fields';
import { PRODUCT_REGISTRATION_FIELDS } from '@avow/protocol/forms/registration';
import type { Refusal } from '@avow/protocol/refusals';
import { z } from 'zod';
import { findSession } from '../people/sessions.ts';
import { spendToken } from '../people/tokens.ts';
import { type SealedContext, type SealedHandler, sealedHandler } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { answerHold } from './answer-hold.ts';
import type { Desk } from './desk.ts';
import { productRefusedMail } from './mails.ts';
import { findRegistration } from './queries.ts';
import { issueTransferCode } from './transfers.ts';
import { writeToPerson } from './write-to-person.ts';

// Lengths are checked as form fields, so that a refusal stands beside its field.
const productBody = z.strictObject({
  serial: z.string(),
  transferCode: z.string().exactOptional(),
  discVersion: z.string().exactOptional(),
  softwareVersion: z.string().exactOptional(),
});
const transferBody = z.strictObject({ registrationId: z.uuid() });
const holdBody = z.strictObject({ token: z.string(), answer: z.enum(['household', 'sold', 'stolen', 'mistake']) });

/** The serial itself is the desk's business. */
const CHECKED_HERE = PRODUCT_REGISTRATION_FIELDS.filter(({ name }) =>
  ['transferCode', 'discVersion', 'softwareVersion'].includes(name),
);

const orNull = (text: string | undefined): string | null => text?.trim() || null;

export function productRoutes(services: Services, desk: Desk): SealedHandler[] {
  async function personOf(context: SealedContext): Promise<string | null> {
    return context.bearer === null ? null : findSession(context.tx, context.bearer, services.clock());
  }

  /** Where nobody waits for the answer any more, the refusal goes by mail. */
  async function refuse(context: SealedContext, personId: string, fields: FieldRefusals): Promise<Refusal> {
    if (!context.awaited) {
      const codes = Object.values(fields);
      await writeToPerson(services, context.tx, personId, 'a product was not accepted', (language) =>
        productRefusedMail(language, { codes, publicUrl: services.publicUrl }),
      );
    }
    return { refused: 'invalid_fields', fields };
  }

  return [
    sealedHandler('POST /me/products', productBody, async (body, context) => {
      const personId = await personOf(context);
      if (personId === null) return { refused: 'not_signed_in' };
      const fields = checkForm(CHECKED_HERE, body);
      if (Object.keys(fields).length > 0) return refuse(context, personId, fields);
      const transferCode = orNull(body.transferCode);
      const check = await desk.check(context.tx, body.serial, transferCode);
      if (!check.ok) {
        const field = check.code === 'transfer_code_wrong' ? 'transferCode' : 'serial';
        return refuse(context, personId, { [field]: check.code });
      }
      const { held, receipt } = await desk.claim(context.tx, {
        serial: body.serial,
        personId,
        transferCode,
        discVersion: orNull(body.discVersion),
        softwareVersion: orNull(body.softwareVersion),
        statementVersion: services.config.statement.version,
        day: context.today,
      });
      return { held, receipt };
    }),

    sealedHandler('POST /me/transfers', transferBody, async ({ registrationId }, context) => {
      const personId = await personOf(context);
      if (personId === null) return { refused: 'not_signed_in' };
      const row = await findRegistration(context.tx, registrationId);
      if (row?.person_id !== personId) return { refused: 'not_found' };
      if (row.role !== 'owner' || row.state !== 'registered') return { refused: 'registration_not_transferable' };
      return issueTransferCode(context.tx, services.keyring, row.id, context.today);
    }),

    sealedHandler('POST /holds/answer', holdBody, async ({ token, answer }, context) => {
      const holdId = await spendToken(context.tx, 'hold', token, services.clock());
      const answered = holdId !== null && (await answerHold(services, context.tx, holdId, answer, context.today));
      return answered ? { accepted: true } : { refused: 'link_expired' };
    }),
  ];
}
