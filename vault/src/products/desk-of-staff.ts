/** What staff see of batches, holds and transfers. Nothing of it tells who registered anything. */
import type { AvowConfig } from '@avow/config/config';
import type {
  OpenTransfer,
  RegistrationCounts,
  SerialBatch,
  SerialHold,
  SoldSuite,
} from '@avow/protocol/staff/serials';
import { type Kysely, sql } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import { addDays } from '../platform/day.ts';
import { HOLD_DAYS } from './ownership.ts';
import { editionsOf, productTitle } from './products-sold.ts';

type Tx = Kysely<VaultTables>;

export function soldSuites(config: AvowConfig): SoldSuite[] {
  return config.suites.map(({ id, name, legacySerialPattern }) => ({
    suite: id,
    name,
    editions: editionsOf(config, id).map(({ edition, editionName }) => ({ id: edition, name: editionName })),
    importable: legacySerialPattern !== undefined,
  }));
}

const BATCH = ['id', 'kind', 'product', 'edition', 'key_id as keyId', 'serials', 'note', 'day'] as const;

/** Newest first. */
export async function listBatches(tx: Tx, config: AvowConfig): Promise<SerialBatch[]> {
  const rows = await tx.selectFrom('serial_batches').select(BATCH).orderBy('day', 'desc').orderBy('id').execute();
  return rows.map((row) => ({ ...row, title: productTitle(config, row.product, row.edition) }));
}

export async function findBatch(tx: Tx, config: AvowConfig, id: string): Promise<SerialBatch | null> {
  const row = await tx.selectFrom('serial_batches').select(BATCH).where('id', '=', id).executeTakeFirst();
  return row ? { ...row, title: productTitle(config, row.product, row.edition) } : null;
}

export async function countRegistered(tx: Tx): Promise<number> {
  const { count } = await tx
    .selectFrom('product_registrations')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('state', '=', 'registered')
    .executeTakeFirstOrThrow();
  return count;
}

export async function countRegistrations(tx: Tx, batchId: string): Promise<RegistrationCounts> {
  const { rows } = await sql<{ state: string; count: number }>`
    /* serials.countRegistrations */
    SELECT state, count(*) AS count FROM product_registrations JOIN serials USING (serial_index)
    WHERE batch_id = ${batchId} GROUP BY state`.execute(tx);
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
  return {
    registered: of('registered'),
    onHold: of('on hold'),
    transferred: of('transferred'),
    refused: of('refused'),
  };
}

/** Those that wait longest first. */
export async function listHolds(tx: Tx, config: AvowConfig): Promise<SerialHold[]> {
  const rows = await tx
    .selectFrom('serial_holds')
    .innerJoin('product_registrations as claim', 'claim.id', 'serial_holds.claim_id')
    .select(['serial_holds.id', 'serial_holds.day', 'claim_id', 'owner_id', 'product', 'edition'])
    .orderBy('serial_holds.day')
    .orderBy('serial_holds.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    title: productTitle(config, row.product, row.edition),
    day: row.day,
    answerThrough: addDays(row.day, HOLD_DAYS),
    claimId: row.claim_id,
    ownerId: row.owner_id,
  }));
}

export async function listTransfers(tx: Tx, config: AvowConfig, today: string): Promise<OpenTransfer[]> {
  const rows = await tx
    .selectFrom('serial_transfers')
    .innerJoin('product_registrations as owner', 'owner.id', 'serial_transfers.registration_id')
    .select(['registration_id', 'valid_until', 'product', 'edition'])
    .where('valid_until', '>=', today)
    .orderBy('valid_until')
    .orderBy('registration_id')
    .execute();
  return rows.map((row) => ({
    registrationId: row.registration_id,
    title: productTitle(config, row.product, row.edition),
    validUntil: row.valid_until,
  }));
}
