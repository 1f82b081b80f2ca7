/** The desk where serials are checked and claimed; registration and self-service come here. */
import type { RefusalCode } from '@avow/protocol/refusals';
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import { isoDay } from '../platform/day.ts';
import type { Services } from '../platform/services.ts';
import { countAlarm } from './alarms.ts';
import { createClaim } from './claim-serial.ts';
import { findOwner, findSerial } from './queries.ts';
import type { RecogniseSerial } from './recognise-serial.ts';
import { transferCodeFits } from './transfers.ts';

type Tx = Kysely<VaultTables>;

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

export interface ClaimResult {
  registrationId: string;
  /** The serial has an owner, who is being asked. */
  held: boolean;
  /** Null while held. */
  receipt: RegistrationReceipt | null;
}

export type SerialCheck = { ok: true } | { ok: false; code: RefusalCode };

/** What `registration/` asks of its serial desk; `app.ts` connects the two. */
export interface Desk {
  /** Refuses typing errors, unknown serials and wrong transfer codes; says nothing about who owns the serial. */
  check(tx: Tx, serial: string, transferCode: string | null): Promise<SerialCheck>;
  /**
   * Registers a checked serial to the person. Where another person has it, the claim is held and that person asked by mail;
   * a transfer code that fits moves it. The same person again: nothing changes but the versions told.
   */
  claim(tx: Tx, claim: SerialClaim): Promise<ClaimResult>;
}

export function createDesk(services: Services, recognise: RecogniseSerial): Desk {
  const { keyring, clock } = services;
  return {
    async check(tx, serial, transferCode) {
      const today = isoDay(clock());
      const recognised = await recognise(serial);
      if (!recognised.ok) {
        if (recognised.wrongTag) await countAlarm(services, tx, 'wrong tag', today);
        return { ok: false, code: recognised.code };
      }
      if (!(await findSerial(tx, recognised.index))) {
        if (recognised.tagged) await countAlarm(services, tx, 'never issued', today);
        return { ok: false, code: recognised.unlessKnown };
      }
      if (transferCode) {
        const owner = await findOwner(tx, recognised.index);
        if (!owner || !(await transferCodeFits(tx, keyring, owner.id, transferCode, today))) {
          await countAlarm(services, tx, 'wrong transfer code', today);
          return { ok: false, code: 'transfer_code_wrong' };
        }
      }
      return { ok: true };
    },

    claim: createClaim(services, recognise),
  };
}
