/** A receipt as a file the person keeps. */
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';

export function receiptUrl(receipt: RegistrationReceipt): string {
  return URL.createObjectURL(new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: 'application/json' }));
}
