/**
 * A page on the Internet can point its own name at this machine and let a browser inside read from here (DNS rebinding). It
 * cannot choose the Host header: only names that cannot be pointed elsewhere are served.
 */
import { errorBody } from '@avow/protocol/refusals';
import type { MiddlewareHandler } from 'hono';
import { isPrivateAddress } from './private-address.ts';

/** `host` and `consoleUrl` are those of the configuration: an operator may give the vault names of the private network. */
export function servesHost(header: string, host: string, consoleUrl: string | null = null): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(:\d{1,5})?$/i.exec(header)?.[1]?.toLowerCase();
  if (!name) return false;
  if (consoleUrl !== null && name === new URL(consoleUrl).hostname) return true;
  return name === 'localhost' || name === host.toLowerCase() || isPrivateAddress(name.replace(/^\[|\]$/g, ''));
}

export function checkHost(host: string, consoleUrl: string | null): MiddlewareHandler {
  return async (c, next) => {
    if (!servesHost(c.req.header('host') ?? '', host, consoleUrl))
      return c.json(errorBody({ refused: 'destination_refused' }, 'en'), 403);
    return next();
  };
}
