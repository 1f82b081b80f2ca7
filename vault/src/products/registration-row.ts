/** A registration as it is stored: what the person typed is encrypted with the person's key, each value bound to its row. */

import type { AvowConfig } from '@avow/config/config';
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import type { HeldProduct } from '@avow/protocol/self-service';
import type { DataKey } from '../platform/keys/data-key.ts';
import { findEdition } from './products-sold.ts';
import type { Registration } from './queries.ts';

type SealedColumn = 'serial' | 'disc_version' | 'software_version' | 'receipt';

const contextOf = (id: string, column: SealedColumn) => `product_registrations/${id}/${column}`;

export function sealColumn(key: DataKey, id: string, column: SealedColumn, text: string): Buffer {
  return key.encrypt(text, contextOf(id, column));
}

function openColumn(key: DataKey, row: Registration, column: SealedColumn): string | null {
  const bytes = row[column];
  return bytes === null ? null : key.decrypt(bytes, contextOf(row.id, column));
}

export function openSerial(key: DataKey, row: Registration): string {
  return key.decrypt(row.serial, contextOf(row.id, 'serial'));
}

export function openReceipt(key: DataKey, row: Registration): RegistrationReceipt | null {
  const text = openColumn(key, row, 'receipt');
  return text === null ? null : JSON.parse(text);
}

/** What the person is shown of it. */
export function toHeldProduct(config: AvowConfig, key: DataKey, row: Registration): HeldProduct {
  const sold = findEdition(config, row.product, row.edition);
  return {
    registrationId: row.id,
    product: sold?.productName ?? row.product,
    edition: sold?.editionName ?? row.edition,
    serial: openSerial(key, row),
    discVersion: openColumn(key, row, 'disc_version'),
    softwareVersion: openColumn(key, row, 'software_version'),
    day: row.day,
    state: row.state,
    receipt: openReceipt(key, row),
  };
}
