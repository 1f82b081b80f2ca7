/**
 * A change the system refused, asked of staff (W8). The values stay here, encrypted; staff get a mail that names the request and
 * the field.
 */
import { randomUUID } from 'node:crypto';
import { checkText } from '@avow/protocol/forms/text';
import type { Refusal, RefusalCode } from '@avow/protocol/refusals';
import type { CorrectionRequest, HeldRequest } from '@avow/protocol/self-service';
import type { Kysely } from 'kysely';
import type { PersonRecord } from '../people/people.ts';
import { findPersonField } from '../people/person-fields.ts';
import type { VaultTables } from '../platform/database.ts';
import { addDays } from '../platform/day.ts';
import type { SealedContext } from '../platform/feature.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import type { Services } from '../platform/services.ts';
import { staffRequestMail } from './mails.ts';
import './tables.ts';

type Transaction = Kysely<VaultTables>;

export const REQUEST_DAYS = 180;
/** Of one person at a time; more is no longer a question but a flood. */
const OPEN_REQUESTS = 20;

/** What can be asked about besides the person's own fields. */
const OTHER_SUBJECTS: ReadonlySet<string> = new Set([
  'address',
  'serial',
  'product',
  'transferCode',
  'discVersion',
  'softwareVersion',
  'mailing',
  'other',
]);

const contextOf = (id: string) => `correction_requests/${id}`;

export async function requestCorrection(
  services: Services,
  person: PersonRecord,
  sent: CorrectionRequest,
  { tx, today }: SealedContext,
): Promise<{ accepted: true } | Refusal> {
  const checked = checkRequest(sent);
  if ('refused' in checked) return checked;
  if ((await countRequests(tx, person.id)) >= OPEN_REQUESTS) return { refused: 'change_refused' };

  const { config, keyring, mail } = services;
  const id = randomUUID();
  const key = await keyring.dataKey(person.dataKeyId);
  const content = key.encrypt(JSON.stringify(checked), contextOf(id));
  await tx.insertInto('correction_requests').values({ id, person_id: person.id, content, day: today }).execute();
  await mail.queueMail(tx, {
    to: config.vendor.contactEmail,
    dataKeyId: person.dataKeyId,
    purpose: 'tell staff of a correction request',
    content: staffRequestMail({ language: person.language, requestId: id, field: checked.field }),
  });
  return { accepted: true };
}

/** Newest first. */
export async function findRequests(tx: Transaction, keyring: Keyring, person: PersonRecord): Promise<HeldRequest[]> {
  const rows = await tx
    .selectFrom('correction_requests')
    .selectAll()
    .where('person_id', '=', person.id)
    .orderBy('day', 'desc')
    .orderBy('id')
    .execute();
  return Promise.all(
    rows.map(async (row) => ({ requestId: row.id, ...(await openRequest(keyring, person, row)), day: row.day })),
  );
}

export async function openRequest(
  keyring: Keyring,
  person: Pick<PersonRecord, 'dataKeyId'>,
  { id, content }: { id: string; content: Buffer },
): Promise<CorrectionRequest> {
  const key = await keyring.dataKey(person.dataKeyId);
  return JSON.parse(key.decrypt(content, contextOf(id)));
}

export async function forgetOldRequests(tx: Transaction, today: string): Promise<void> {
  await tx.deleteFrom('correction_requests').where('day', '<', addDays(today, -REQUEST_DAYS)).execute();
}

export async function forgetRequestsOf(tx: Transaction, personId: string): Promise<void> {
  await tx.deleteFrom('correction_requests').where('person_id', '=', personId).execute();
}

function checkRequest(sent: CorrectionRequest): CorrectionRequest | Refusal {
  const fields: Record<string, RefusalCode> = {};
  // The field is named in a mail, so it must be one of ours and not a text of the sender's.
  if (!findPersonField(sent.field) && !OTHER_SUBJECTS.has(sent.field)) fields.field = 'field_unknown';
  const wanted = checkText(sent.wanted, { required: true, maxLength: 500, lines: 10 });
  if (!wanted.ok) fields.wanted = wanted.code;
  const message = checkText(sent.message, { required: false, maxLength: 4000, lines: 100 });
  if (!message.ok) fields.message = message.code;
  if (!wanted.ok || !message.ok || fields.field) return { refused: 'invalid_fields', fields };
  return { field: sent.field, wanted: wanted.text, message: message.text };
}

async function countRequests(tx: Transaction, personId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('correction_requests')
    .select((row) => row.fn.countAll().as('count'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
