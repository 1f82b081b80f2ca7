/**
 * The console's own address, and the cookie in which a session travels. A prefix, a path and a name of their own: another
 * program on another port of this machine shares the host, and with it every cookie (RFC 6265 section 8.5).
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { StaffBrowser } from '../feature.ts';

export const STAFF_COOKIES = { overTls: '__Host-avow_staff', plain: 'avow_staff' } as const;

/** Sent along when another site's page leads back here: what was begun at an identity provider. It signs nobody in. */
const RETURN_COOKIES = { overTls: '__Host-avow_return', plain: 'avow_return' } as const;
const RETURN_SECONDS = 15 * 60;

const LONGEST_SECRET = 64;

/** `consoleUrl` of the configuration, where a server that speaks TLS stands in front. */
export function ownOrigin(c: Context, consoleUrl: string | null): string {
  const host = (c.req.header('host') ?? '').toLowerCase();
  const configured = consoleUrl === null ? null : new URL(consoleUrl);
  return configured?.host === host ? configured.origin : `http://${host}`;
}

export function staffBrowser(c: Context, consoleUrl: string | null): StaffBrowser {
  const origin = ownOrigin(c, consoleUrl);
  const secure = origin.startsWith('https:');
  const name = secure ? STAFF_COOKIES.overTls : STAFF_COOKIES.plain;
  // `__Host-` asks for the path `/`. Without it, the cookie need not go to the public pages of an edge on the same machine.
  const attributes = { path: secure ? '/' : '/api', httpOnly: true, sameSite: 'Strict', secure } as const;
  const returnName = secure ? RETURN_COOKIES.overTls : RETURN_COOKIES.plain;
  const returnAttributes = { ...attributes, sameSite: 'Lax', maxAge: RETURN_SECONDS } as const;
  const read = (cookie: string): string | null => {
    const value = getCookie(c, cookie);
    return value !== undefined && value.length <= LONGEST_SECRET ? value : null;
  };
  return {
    origin,
    secret: read(name),
    userAgent: c.req.header('user-agent') ?? '',
    keepSession: (fresh) => setCookie(c, name, fresh, attributes),
    forgetSession: () => void deleteCookie(c, name, attributes),
    returning: read(returnName),
    keepReturn: (fresh) => setCookie(c, returnName, fresh, returnAttributes),
    forgetReturn: () => void deleteCookie(c, returnName, returnAttributes),
  };
}
