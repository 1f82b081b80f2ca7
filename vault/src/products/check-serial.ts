/** What staff can be told of a serial: whether it is genuine, what it is for, and how many registered it. Never who. */
import type { AvowConfig } from '@avow/config/config';
import type { RefusalCode } from '@avow/protocol/refusals';
import type { VaultDatabase } from '../platform/database.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { productTitle } from './products-sold.ts';
import { findSerial } from './queries.ts';
import { createSerialRecogniser } from './recognise-serial.ts';
import type { SerialKind } from './tables.ts';

export type CheckedSerial =
  | { genuine: false; serial: string; why: RefusalCode }
  | {
      genuine: true;
      /** As printed. */
      serial: string;
      kind: SerialKind;
      product: string;
      edition: string;
      title: string;
      batch: { id: string; day: string };
      registrations: { registered: number; onHold: number };
    };

export async function checkSerial(
  house: { config: AvowConfig; db: VaultDatabase; keyring: Keyring },
  typed: string,
): Promise<CheckedSerial> {
  const { config, db, keyring } = house;
  const recognised = await createSerialRecogniser(config, keyring)(typed);
  if (!recognised.ok) return { genuine: false, serial: typed, why: recognised.code };
  const known = await findSerial(db, recognised.index);
  if (!known) return { genuine: false, serial: typed, why: recognised.unlessKnown };
  const { kind, product, edition, batchId, batchDay } = known;
  const states = await db
    .selectFrom('product_registrations')
    .select((of) => [
      of.fn.countAll<number>().filterWhere('state', '=', 'registered').as('registered'),
      of.fn.countAll<number>().filterWhere('state', '=', 'on hold').as('onHold'),
    ])
    .where('serial_index', '=', recognised.index)
    .executeTakeFirstOrThrow();
  return {
    genuine: true,
    serial: recognised.printed,
    kind,
    product,
    edition,
    title: productTitle(config, product, edition),
    batch: { id: batchId, day: batchDay },
    registrations: states,
  };
}
