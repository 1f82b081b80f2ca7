/** What stays on this machine of a registration: no name and no address, the choice that was made, and the receipt. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { decodeBase64url } from '@avow/protocol/base64url';
import { verifyReceipt } from '@avow/protocol/receipt';
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import { normaliseSerial, serialIsWellFormed } from '@avow/protocol/serial';
import type { SuiteManifest } from '../manifest.ts';
import { OWN_FOLDER } from '../place/home.ts';
import { utcDay } from '../place/utc-day.ts';
import { readIfThere, writeWhole } from '../place/whole-file.ts';

export interface Attempt {
  salt: string;
  /** Of everything that was sent, with the salt. */
  hash: string;
  idempotencyKey: string;
}

export interface KeptRegistration {
  /** `sending`: nobody knows yet whether it arrived; the same words again will not register twice. */
  state: 'sending' | 'sent';
  /** ISO date. */
  day: string;
  /** As in the receipt. Null for a serial from before the platform. */
  serialHash: string | null;
  /** Whether the mailing list was chosen (S7). */
  subscribed: boolean;
  attempt: Attempt;
  receipt: RegistrationReceipt | null;
}

/** SHA-256 of the normalised serial, base64url, as receipts have it. */
export function hashOfSerial(serial: string): string | null {
  if (!serialIsWellFormed(serial)) return null;
  return createHash('sha256').update(normaliseSerial(serial)).digest('base64url');
}

/** Null if there is none, or it is damaged. */
export function readRegistration(file: string): KeptRegistration | null {
  try {
    const value: unknown = JSON.parse(readIfThere(file)?.toString('utf8') ?? 'null');
    if (typeof value !== 'object' || value === null || !('attempt' in value) || !('state' in value)) return null;
    return value as KeptRegistration;
  } catch {
    return null;
  }
}

/** Throws as node:fs does. */
export function writeRegistration(file: string, registration: KeptRegistration): void {
  mkdirSync(dirname(file), { recursive: true, mode: OWN_FOLDER });
  writeWhole(file, `${JSON.stringify(registration, null, 2)}\n`);
}

export type ReceiptVerdict =
  | 'genuine'
  /** Not as the vendor's receipt key signed it, or no receipt at all. */
  | 'not-genuine'
  /** Genuine, for another suite, or for another serial than the one registered here. */
  | 'other-product';

function isReceipt(value: unknown): value is RegistrationReceipt {
  if (typeof value !== 'object' || value === null || !('claims' in value && 'signature' in value)) return false;
  return typeof value.claims === 'object' && value.claims !== null && typeof value.signature === 'string';
}

/** Needs no network: only the vendor's receipt key, which the manifest has. Takes anything. */
export async function judgeReceipt(
  value: unknown,
  manifest: Pick<SuiteManifest, 'suite' | 'receiptPublicKey'>,
  serialHash: string | null,
): Promise<ReceiptVerdict> {
  const key = decodeBase64url(manifest.receiptPublicKey);
  if (key === null || !isReceipt(value) || !(await verifyReceipt(value, key))) return 'not-genuine';
  const { claims } = value;
  const sameSerial = serialHash === null || claims.serialHash === serialHash;
  return claims.product === manifest.suite && sameSerial ? 'genuine' : 'other-product';
}

/** Keeps a receipt that is genuine and for this product; a machine that did not register itself may keep one, too. */
export async function keepReceipt(
  file: string,
  manifest: SuiteManifest,
  value: unknown,
  now: Date,
): Promise<ReceiptVerdict> {
  const kept = readRegistration(file);
  const verdict = await judgeReceipt(value, manifest, kept?.serialHash ?? null);
  if (verdict !== 'genuine' || !isReceipt(value)) return verdict;
  const { serialHash } = value.claims;
  const attempt = { salt: '', hash: '', idempotencyKey: '' };
  const day = utcDay(now);
  const before = kept ?? { state: 'sent', day, serialHash, subscribed: false, attempt, receipt: null };
  writeRegistration(file, { ...before, receipt: value });
  return verdict;
}
