/**
 * Who has an address, found with the same work whether anybody has it: the look-ups that follow a hit are made for nobody too,
 * so that the time of an answer tells nothing.
 */
import { randomUUID } from 'node:crypto';
import type { Language } from '@avow/protocol/refusals';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import { KeyDestroyed } from '../platform/keys/data-key.ts';
import type { Services } from '../platform/services.ts';

export interface Addressee {
  personId: string;
  dataKeyId: string;
  language: Language;
}

export async function findAddressee(
  { people, keyring }: Services,
  tx: Kysely<VaultTables>,
  email: string,
): Promise<Addressee | null> {
  const personId = await people.findByEmail(tx, email);
  const row = await tx
    .selectFrom('persons')
    .select(['data_key_id', 'language'])
    .where('id', '=', personId ?? randomUUID())
    .executeTakeFirst();
  try {
    await keyring.dataKey(row?.data_key_id ?? randomUUID());
  } catch (error) {
    if (row || !(error instanceof KeyDestroyed)) throw error;
  }
  if (personId === null || !row) return null;
  return { personId, dataKeyId: row.data_key_id, language: row.language === 'de' ? 'de' : 'en' };
}
