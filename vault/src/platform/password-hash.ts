/** Passwords at rest: argon2id (RFC 9106), with the least memory and passes that OWASP asks for. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

const KIBIBYTES = 19_456;
const PASSES = 2;
const SALT_BYTES = 16;
const TAG_BYTES = 32;

function tagOf(password: string, nonce: Uint8Array, memory: number, passes: number): Promise<Buffer> {
  // What people type on different systems is the same text only after normalisation (RFC 8265 section 4.2).
  const message = password.normalize('NFC');
  return derive('argon2id', { message, nonce, memory, passes, parallelism: 1, tagLength: TAG_BYTES });
}

/** In PHC's string form, without padding, so that the parameters can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await tagOf(password, salt, KIBIBYTES, PASSES);
  return `$argon2id$v=19$m=${KIBIBYTES},t=${PASSES},p=1$${bare(salt)}$${bare(tag)}`;
}

/** Throws for a hash that `hashPassword` did not make. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(hash);
  if (!parts) throw new Error('not a hash of a password');
  const [, memory, passes, salt = '', tag = ''] = parts;
  const found = await tagOf(password, Buffer.from(salt, 'base64'), Number(memory), Number(passes));
  return timingSafeEqual(found, Buffer.from(tag, 'base64'));
}

function bare(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
