/** Signs the registration receipt: proof for the product, without name or address, that anyone verifies offline. */
import { createHash, sign } from 'node:crypto';
import { receiptBytes } from '@avow/protocol/receipt';
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import type { Keyring } from '../platform/keys/keyring.ts';
import { receiptKey } from '../platform/keys/receipt-key.ts';

export interface ReceiptSubject {
  normalisedSerial: string;
  product: string;
  edition: string;
  /** ISO date. */
  day: string;
  statementVersion: number;
}

export async function signReceipt(keyring: Keyring, subject: ReceiptSubject): Promise<RegistrationReceipt> {
  const key = await receiptKey(keyring);
  const { normalisedSerial, ...about } = subject;
  const serialHash = createHash('sha256').update(normalisedSerial).digest('base64url');
  const claims: RegistrationReceipt['claims'] = { serialHash, ...about, keyId: key.keyId };
  return { claims, signature: sign(null, receiptBytes(claims), key.privateKey).toString('base64url') };
}
