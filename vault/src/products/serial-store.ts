/**
 * Writes batches of serials: one transaction a run, so that a run is stored whole or not at all. A connection of its own,
 * because COPY takes a connection for itself.
 */
import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { isTransient } from '../platform/database-errors.ts';
import { copyRows } from './copy-rows.ts';
import { SerialProblem } from './serial-problem.ts';
import type { SerialKind } from './tables.ts';

/** "avow", "seri": two runs at once could draw the same unit id, which only the end of the second would notice. */
export const ONE_RUN = [0x61766f77, 0x73657269] as const;

export class AnotherRun extends SerialProblem {}

export class ConnectionLost extends SerialProblem {}

/** The connection was lost while the batch was being committed: it may be stored or not. */
export class OutcomeUnknown extends SerialProblem {}

export interface NewBatch {
  id: string;
  kind: SerialKind;
  product: string;
  edition: string;
  keyId: number | null;
  serials: number;
  note: string;
  /** ISO date. */
  day: string;
}

/** Which product a stored serial is of; null while the run that stores it is not finished. */
export type StoredSerial = Pick<NewBatch, 'product' | 'edition'> | null;

export interface SerialStore {
  addBatch(batch: NewBatch): Promise<void>;
  addSerials(batchId: string, indexes: readonly Buffer[]): Promise<void>;
  /** Those that are stored already, by their position in `indexes`. */
  findStored(indexes: readonly Buffer[]): Promise<Map<number, StoredSerial>>;
}

export interface StoredRow {
  position: number;
  product: string | null;
  edition: string | null;
}

/** Of a bytea[] as $1; positions from 1. */
const FIND_STORED = `SELECT asked.position, batch.product, batch.edition
  FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (serial_index, position)
  JOIN serials USING (serial_index) LEFT JOIN serial_batches AS batch ON batch.id = serials.batch_id`;

export function byPosition(rows: readonly StoredRow[]): Map<number, StoredSerial> {
  return new Map(
    rows.map(({ position, product, edition }) => [
      Number(position) - 1,
      product === null || edition === null ? null : { product, edition },
    ]),
  );
}

/** Runs `work` in one transaction, and commits only if it says so. Throws AnotherRun, ConnectionLost, OutcomeUnknown. */
export async function writeSerials(
  vaultUrl: string,
  work: (store: SerialStore) => Promise<'commit' | 'roll back'>,
): Promise<void> {
  const client = new Client({ connectionString: vaultUrl, application_name: 'avow serials' });
  // A lost connection shows in the query that waits for it.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('BEGIN');
    const lock = await client.query('SELECT pg_try_advisory_xact_lock($1, $2) AS mine', [...ONE_RUN]);
    if (!lock.rows[0]?.mine)
      throw new AnotherRun('Another run is writing serials at this moment. Wait until it is done.');
    if ((await work(storeOn(client))) === 'roll back') return;
    await client.query('COMMIT').catch((cause: unknown) => {
      throw new OutcomeUnknown('The connection was lost while the batch was being stored.', { cause });
    });
  } catch (cause) {
    if (cause instanceof SerialProblem || !isTransient(cause)) throw cause;
    throw new ConnectionLost('The connection to the database was lost: nothing was stored. Run it again.', { cause });
  } finally {
    // Ending the connection rolls back whatever was not committed.
    await client.end();
  }
}

function storeOn(client: Client): SerialStore {
  return {
    async addBatch({ id, kind, product, edition, keyId, serials, note, day }) {
      await client.query(
        'INSERT INTO serial_batches (id, kind, product, edition, key_id, serials, note, day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
        [id, kind, product, edition, keyId, serials, note, day],
      );
    },

    async addSerials(batchId, indexes) {
      const batch = Buffer.from(batchId.replaceAll('-', ''), 'hex');
      const copy = client.query(copyFrom('COPY serials (serial_index, batch_id) FROM STDIN (FORMAT binary)'));
      copy.end(copyRows(indexes.map((index) => [index, batch])));
      await finished(copy);
    },

    async findStored(indexes) {
      const { rows } = await client.query<StoredRow>(FIND_STORED, [indexes]);
      return byPosition(rows);
    },
  };
}
