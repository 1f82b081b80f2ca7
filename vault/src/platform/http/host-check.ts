/**
 * A page on the Internet can point its own name at this machine and let a browser inside read from here (DNS rebinding). It
 * cannot choose the Host header: only names that cannot be pointed elsewhere are served.
 */
import { errorBody } from '@avow/protocol/refusals';
import type { MiddlewareHandler } from 'hono';
import { isPrivateAddress } from './private-address.ts';

/** `host` is `vault.host` of the configuration: an operator may give the vault a name of the private network. */
export function servesHost(header: string, host: string): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(:\d{1,5})?$/i.exec(header)?.[1]?.toLowerCase();
  if (!name) return false;
  return name === 'localhost' || name === host.toLowerCase() || isPrivateAddress(name.replace(/^\[|\]$/g, ''));
}

export function checkHost(host: string): MiddlewareHandler {
  return async (c, next) => {
    if (!servesHost(c.req.header('host') ?? '', host))
      return c.json(errorBody({ refused: 'destination_refused' }, 'en'), 403);
    return next();
  };
}
