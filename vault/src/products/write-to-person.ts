/** A mail to a person we know, in the person's language, encrypted with the person's key while it waits. */
import type { Language } from '@avow/protocol/refusals';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import type { MailContent } from '../platform/mail/compose.ts';
import type { Services } from '../platform/services.ts';
import '../people/provided.ts';

export async function writeToPerson(
  services: Services,
  tx: Kysely<VaultTables>,
  personId: string,
  purpose: string,
  compose: (language: Language) => MailContent,
): Promise<void> {
  const person = await services.people.get(tx, personId);
  const to = person.fields.email?.value;
  if (to === undefined) throw new Error('a person without an address');
  await services.mail.queueMail(tx, { to, content: compose(person.language), dataKeyId: person.dataKeyId, purpose });
}

export async function writeToStaff(
  services: Services,
  tx: Kysely<VaultTables>,
  purpose: string,
  content: MailContent,
): Promise<void> {
  await services.mail.queueMail(tx, { to: services.config.vendor.contactEmail, content, dataKeyId: null, purpose });
}
