/** Registration receipts: proof that a serial was registered, verifiable offline with the vendor's receipt key. */
import { decodeBase64url } from './base64url.ts';
import { signedBytes } from './canonical-json.ts';
import { verifyEd25519 } from './ed25519.ts';
import type { RegistrationReceipt } from './sealed-routes.ts';

/** What the receipt key signs. */
export function receiptBytes(claims: RegistrationReceipt['claims']): Uint8Array<ArrayBuffer> {
  return signedBytes('avow/registration-receipt/1', { ...claims });
}

/** `publicKey`: the vendor's receipt key, 32 raw bytes. False for anything that is not exactly as signed. */
export async function verifyReceipt(receipt: RegistrationReceipt, publicKey: Uint8Array): Promise<boolean> {
  const signature = decodeBase64url(receipt.signature);
  return signature !== null && (await verifyEd25519(publicKey, signature, receiptBytes(receipt.claims)));
}
