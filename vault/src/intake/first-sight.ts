/** The usual case of a durable request, seen for the first time and under a new key: replay mark and claim in one statement. */
import { type Kysely, sql } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import './tables.ts';

export interface FirstSight {
  /** The replay mark is this transaction's. */
  marked: boolean;
  /** The act under this key is this transaction's to carry out. Never without the mark. */
  claimed: boolean;
}

/** Where either is false, somebody was here before: `markReceived` and `ActOnce.claim` say what became of it. */
export async function markAndClaim(
  tx: Kysely<VaultTables>,
  request: { mark: Buffer; spoolId: string; requestHash: Buffer; day: string },
): Promise<FirstSight> {
  const { mark, spoolId, requestHash, day } = request;
  const { rows } = await sql<FirstSight>`/* intake.markAndClaim */
    WITH marked AS (
      INSERT INTO received_requests (mark, spool_id, day) VALUES (${mark}, ${spoolId}, ${day})
      ON CONFLICT DO NOTHING RETURNING day
    ), claimed AS (
      INSERT INTO carried_out_requests (request_hash, day) SELECT ${requestHash}, day FROM marked
      ON CONFLICT DO NOTHING RETURNING day
    )
    SELECT EXISTS (SELECT FROM marked) AS marked, EXISTS (SELECT FROM claimed) AS claimed`.execute(tx);
  return rows[0] ?? { marked: false, claimed: false };
}
