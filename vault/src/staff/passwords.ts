/** Passwords of staff: argon2id (RFC 9106), written down in the PHC string format so that its cost can be raised later. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** RFC 9106 section 4, second recommended option: 64 MiB, three passes, four lanes. */
const COST = { memory: 64 * 1024, passes: 3, parallelism: 4 } as const;
const TAG_BYTES = 32;

export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;
const LEAST_DIFFERENT = 6;
/** Characters that are left without the member's own names. */
const LEAST_BESIDE = 10;

type Cost = { memory: number; passes: number; parallelism: number };

function hashWith(password: string, nonce: Buffer, cost: Cost, tagLength = TAG_BYTES): Promise<Buffer> {
  // NFC: the same letters typed on another keyboard are the same password.
  return derive('argon2id', { message: password.normalize('NFC'), nonce, tagLength, ...cost });
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await hashWith(password, nonce, COST);
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/** Takes as long without a hash to compare with: whether somebody has an account must not be told by the time. */
export async function verifyPassword(password: string, written: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(written ?? '');
  if (!parts) {
    await hashWith(password, Buffer.alloc(16), COST);
    return false;
  }
  const [, memory, passes, parallelism, nonce = '', tag = ''] = parts;
  const kept = Buffer.from(tag, 'base64');
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const told = await hashWith(password, Buffer.from(nonce, 'base64'), cost, kept.length);
  return timingSafeEqual(told, kept);
}

/** Length is what counts; beyond it only what somebody would try first is refused (NIST SP 800-63B section 5.1.1.2). */
export function isWeakPassword(password: string, about: { email: string; name: string }): boolean {
  if (password.length < PASSWORD_LENGTH.least) return true;
  if (new Set(password).size < LEAST_DIFFERENT) return true;
  const plain = password.toLowerCase();
  const known = [about.email.split('@')[0] ?? '', ...about.name.split(/\s+/)].map((word) => word.toLowerCase());
  const rest = known.filter((word) => word.length >= 4).reduce((text, word) => text.replaceAll(word, ''), plain);
  return rest.length < plain.length && rest.length < LEAST_BESIDE;
}
