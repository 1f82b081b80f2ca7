/** Codes of an authenticator (TOTP, RFC 6238): six digits, 30 seconds, SHA-1, which is what every such program speaks. */
import { Secret, TOTP } from 'otpauth';

const SECRET_BYTES = 20;
/** One step before and after: clocks differ. */
const WINDOW = 1;

function totp(secret: string, label = '', issuer = ''): TOTP {
  return new TOTP({ secret: Secret.fromBase32(secret), label, issuer, algorithm: 'SHA1', digits: 6, period: 30 });
}

/** `otpauth` is the address that an authenticator reads from a QR code. */
export function createTotp(label: string, issuer: string): { secret: string; otpauth: string } {
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  return { secret, otpauth: totp(secret, label, issuer).toString() };
}

/** The number of the step whose code it is; null for a wrong code. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const checked = totp(secret);
  const delta = checked.validate({ token, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : checked.counter({ timestamp: now.getTime() }) + delta;
}
