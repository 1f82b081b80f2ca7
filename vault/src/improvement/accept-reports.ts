/**
 * Reports, checked and stored, each nonce once. Nonces and reports are one statement: there is no moment at which one is there
 * without the other, and a second report with a nonce that is known changes nothing and is answered as the first was.
 */
import { checkReport } from '@avow/protocol/improvement/check-report';
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import type { Report } from '@avow/protocol/improvement/report';
import { weekOf } from '@avow/protocol/improvement/weeks';
import type { Refusal } from '@avow/protocol/refusals';
import { sql } from 'kysely';
import type { VaultDatabase } from '../platform/database.ts';
import { type StoredReport, storedReport } from './stored-report.ts';
import './tables.ts';

/** In the order of the bodies. Throws when the database is away; the same bodies may then be given again. */
export type AcceptReports = (bodies: readonly Uint8Array[]) => Promise<({ accepted: true } | Refusal)[]>;

const ACCEPTED = { accepted: true } as const;

export function createAcceptReports(options: {
  db: VaultDatabase;
  /** Every configuration ever signed, oldest first. */
  configurations(): readonly SignedConfiguration[];
  clock: () => Date;
  /** Hears how many reports were new. */
  onStored(reports: number): void;
}): AcceptReports {
  const { db, configurations, clock, onStored } = options;
  return async (bodies) => {
    const now = weekOf(clock());
    const log = configurations();
    const checked = bodies.map((body) => checkReport(body, log, now));
    const rows = new Map<string, StoredReport>();
    for (const report of checked) {
      const row = 'refused' in report ? null : storedReport(report);
      if (row) rows.set((report as Report).nonce, row);
    }
    if (rows.size > 0) onStored(await storeNew(db, rows));
    return checked.map((report) => ('refused' in report ? { refused: report.refused } : ACCEPTED));
  };
}

/** By nonce (base64url). Returns how many were not known yet. */
async function storeNew(db: VaultDatabase, rows: ReadonlyMap<string, StoredReport>): Promise<number> {
  // In one order everywhere: two vaults that are given the same reports then wait for each other instead of both failing.
  const nonces = [...rows.keys()].sort();
  const given = nonces.map((nonce) => ({
    nonce: Buffer.from(nonce, 'base64url').toString('hex'),
    report: rows.get(nonce),
  }));
  const { numAffectedRows } = await sql`/* improvement.storeNew */
    WITH given AS MATERIALIZED (
      SELECT decode(item->>'nonce', 'hex') AS nonce, item->'report' AS report
      FROM json_array_elements(${JSON.stringify(given)}::json) AS item
    ), new AS (
      INSERT INTO improvement_nonces (nonce, week)
      SELECT nonce, (report->>'week')::date FROM given
      ON CONFLICT DO NOTHING RETURNING nonce
    )
    INSERT INTO improvement_waiting (report) SELECT report FROM given JOIN new USING (nonce)`.execute(db);
  return Number(numAffectedRows ?? 0);
}
