/** What every request passes before it reaches its route. */
import type { MiddlewareHandler } from 'hono';
import type { RateLimits } from './rate-limits.ts';
import { refuse } from './refuse.ts';
import type { EdgeEnv } from './variables.ts';

/** Sets `address`. Without a socket (tests) it is the unknown address. */
export function knowAddress(
  readAddress: (socketAddress: string | undefined, forwardedFor: string | undefined) => string,
): MiddlewareHandler<EdgeEnv> {
  return async (c, next) => {
    c.set('address', readAddress(c.env?.incoming?.socket?.remoteAddress, c.req.header('x-forwarded-for')));
    await next();
  };
}

/** RFC 9458 leaves no room for interim answers, and nothing else here needs them. */
export const refuseExpectations: MiddlewareHandler<EdgeEnv> = async (c, next) => {
  if (c.req.header('expect') !== undefined) return refuse(c, 'expectation_refused', { connection: 'close' });
  return next();
};

const REPORTS = '/relay/reports';

/** What sends something costs more than what reads. `free`: paths without a limit. */
export function limitRate(limits: RateLimits, free: ReadonlySet<string>): MiddlewareHandler<EdgeEnv> {
  return async (c, next) => {
    if (!free.has(c.req.path)) {
      const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
      const limit = reads ? 'pages' : c.req.path === REPORTS ? 'reports' : 'relay';
      const wait = limits.take(limit, c.get('address'));
      if (wait !== null) return refuse(c, 'too_many_requests', { 'retry-after': String(wait) });
    }
    return next();
  };
}
