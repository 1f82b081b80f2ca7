/**
 * Who may ask. Any page in any browser on this machine can send requests to a loopback port, and a name on the Internet can be pointed at it
 * (DNS rebinding). So: the one Host that was announced, no foreign Origin, and a session that only the holder of the one-time token has. It
 * travels in a header, never in a cookie: cookies do not tell the ports of a host apart.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { randomToken } from '@avow/protocol/crockford';

export interface Callers {
  /** Goes into the address, behind `#`; good for one session. */
  readonly token: string;
  /** The session for the token, once. Null for anything else. */
  open(token: unknown): string | null;
  isSession(headers: IncomingHttpHeaders): boolean;
}

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

export function createCallers(): Callers {
  const token = randomToken();
  const session = randomToken();
  let used = false;
  const same = (text: string, secret: string): boolean => timingSafeEqual(digest(text), digest(secret));
  return {
    token,
    open(given) {
      if (used || typeof given !== 'string' || !same(given, token)) return null;
      used = true;
      return session;
    },
    isSession({ authorization = '' }) {
      return same(authorization, `Bearer ${session}`);
    },
  };
}

/** Whether a request came to the announced address and from no other page. `host`: `127.0.0.1:PORT`. */
export function isOwnPage(headers: IncomingHttpHeaders, host: string): boolean {
  if (headers.host !== host) return false;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
