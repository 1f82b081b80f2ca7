/** How refusals and errors leave the edge. */

import type { RefusalCode } from '@avow/protocol/refusals';
import { type Language, REFUSALS } from '@avow/protocol/refusals';
import type { ErrorHandler, MiddlewareHandler } from 'hono';
import { isConnectionLost } from './database.ts';
import { requestLanguage } from './language.ts';
import { describeError, type Log } from './log.ts';
import { prefersPage, refuse } from './refuse.ts';
import type { EdgeEnv } from './variables.ts';

/** Shows the same refusal as a page. */
export type ErrorPage = (refusal: {
  code: RefusalCode;
  status: number;
  language: Language;
  nonce: string;
  host: string;
}) => Promise<string>;

/** Turns refusals into pages for those who prefer HTML. */
export function errorPages(errorPage: ErrorPage): MiddlewareHandler<EdgeEnv> {
  return async (c, next) => {
    await next();
    const code = c.get('refusal')?.refused;
    if (code === undefined || !prefersPage(c.req.header('accept'))) return;
    const { status } = REFUSALS[code];
    const headers = new Headers(c.res.headers);
    headers.set('content-type', 'text/html; charset=utf-8');
    headers.delete('content-length');
    const language = requestLanguage(c.req);
    const page = await errorPage({ code, status, language, nonce: c.get('nonce'), host: c.req.header('host') ?? '' });
    // Assigning to a response that exists would merge the old headers into the new ones.
    c.res = undefined;
    c.res = new Response(page, { status, headers });
  };
}

/** Everything that is no expected refusal. */
export function errorHandler(log: Log): ErrorHandler<EdgeEnv> {
  return (error, c) => {
    log.error({ error: describeError(error), method: c.req.method, route: c.req.routePath }, 'request failed');
    return isConnectionLost(error) ? refuse(c, 'briefly_unavailable', { 'retry-after': '1' }) : refuse(c, 'internal');
  };
}
