/** A receipt from a file or a QR code, before it is verified. */
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import { z } from 'zod';

const shape = z.object({
  claims: z.object({
    serialHash: z.string(),
    product: z.string(),
    edition: z.string(),
    day: z.iso.date(),
    statementVersion: z.number().int(),
    keyId: z.string(),
  }),
  signature: z.string(),
});

/** Null for anything that is no receipt. */
export function readReceipt(json: string): RegistrationReceipt | null {
  try {
    return shape.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
