import { readFile } from 'node:fs/promises';
import { verifyReceipt } from '@avow/protocol/receipt';
import { readReceipt } from '@avow/vault/products/read-receipt';
import { SerialProblem } from '@avow/vault/products/serial-problem';
import { say } from '../say.ts';

/** `avow serials verify-receipt`: needs no vault, as the product that verifies it needs none. */
export async function verifyReceiptFile(path: string, flags: { key: string; json?: true }): Promise<void> {
  const publicKey = Buffer.from(flags.key, 'base64url');
  if (publicKey.length !== 32) throw new SerialProblem('--key is not a public key; "avow keys status" shows it.');
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new SerialProblem(`${path} cannot be read: ${cause.message}`, { cause });
  });
  const receipt = readReceipt(text);
  if (!receipt) throw new SerialProblem(`${path} is not a registration receipt.`);

  const genuine = await verifyReceipt(receipt, publicKey);
  if (!genuine) process.exitCode = 1;
  if (flags.json) return say(JSON.stringify({ genuine, claims: receipt.claims }));
  const { product, edition, day } = receipt.claims;
  say(genuine ? `Genuine: ${product} ${edition}, registered on ${day}.` : 'NOT GENUINE: this is not as it was signed.');
}
