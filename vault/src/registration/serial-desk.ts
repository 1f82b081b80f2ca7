/** What registration needs to know of serials; `products/` provides it, `app.ts` connects the two. */
import type { RefusalCode } from '@avow/protocol/refusals';
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';

export interface SerialClaim {
  /** As typed; normalised inside. */
  serial: string;
  personId: string;
  transferCode: string | null;
  discVersion: string | null;
  softwareVersion: string | null;
  statementVersion: number;
  /** ISO date. */
  day: string;
}

export interface SerialDesk {
  /** Refuses typing errors, unknown serials and wrong transfer codes; says nothing about who owns the serial. */
  check(
    tx: Kysely<VaultTables>,
    serial: string,
    transferCode: string | null,
  ): Promise<{ ok: true } | { ok: false; code: RefusalCode }>;
  /** Registers the serial to the person; where another person has it, holds the claim and asks that person by mail. */
  claim(
    tx: Kysely<VaultTables>,
    claim: SerialClaim,
  ): Promise<{ registrationId: string; held: boolean; receipt: RegistrationReceipt | null }>;
}
