/** The staff's API under `/api`: one way in for every feature's routes. Who asks, whether they may; then the route. */
import type { Refusal } from '@avow/protocol/refusals';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { VaultDatabase } from '../database.ts';
import { isoDay } from '../day.ts';
import { isRefusal, type StaffBrowser, type StaffCaller, type StaffRoute } from '../feature.ts';
import { findApiToken } from './api-tokens.ts';
import { type Authentication, isFromConsole, isReading, provesCsrf } from './authentication.ts';
import { describeApi } from './open-api.ts';
import { bearerOf, MOST_BODY_BYTES, refuse, serveRoute } from './serve-route.ts';
import { staffBrowser } from './staff-cookie.ts';

export interface StaffApiOptions {
  db: VaultDatabase;
  routes: readonly StaffRoute[];
  clock: () => Date;
  /** Without it only programs with tokens are let in. */
  authentication?: Authentication;
  /** `vault.consoleUrl` of the configuration. */
  consoleUrl?: string | null;
}

export function createStaffApi(options: StaffApiOptions): Hono {
  const { routes, consoleUrl = null } = options;
  const api = new Hono();
  const description = describeApi(routes);
  api.get('/openapi.json', (c) => c.json(description));
  for (const route of routes) {
    const limit = bodyLimit({
      maxSize: route.bytes ?? MOST_BODY_BYTES,
      onError: (c) => refuse(c, { refused: 'too_large' }),
    });
    api.on(route.method, route.path, limit, async (c) => {
      const browser = staffBrowser(c, consoleUrl);
      const caller = await findCaller(c, route, browser, options);
      return isRefusal(caller) ? refuse(c, caller) : serveRoute(c, route, caller, browser);
    });
  }
  return api;
}

async function findCaller(
  c: Context,
  route: StaffRoute,
  browser: StaffBrowser,
  options: StaffApiOptions,
): Promise<StaffCaller | Refusal> {
  if (c.req.header('authorization') !== undefined) return findProgram(c, route, options);
  if (!isFromConsole(c, browser)) {
    // Whoever comes from elsewhere is nobody, and may not even try to sign in.
    const harmless = isReading(c) || (browser.secret === null && route.permission !== 'anyone');
    if (!harmless) return { refused: 'foreign_page' };
    return route.permission === 'anyone' ? { kind: 'nobody' } : { refused: 'not_signed_in' };
  }
  const session = browser.secret === null ? null : await options.authentication?.findSession(browser.secret);
  if (route.permission === 'anyone') return session?.caller ?? { kind: 'nobody' };
  if (!session) return { refused: 'not_signed_in' };
  if (!isReading(c) && !provesCsrf(c, session)) return { refused: 'foreign_page' };
  if (route.permission !== 'own account' && !session.permissions.includes(route.permission)) {
    return { refused: 'permission_missing' };
  }
  return session.caller;
}

async function findProgram(c: Context, route: StaffRoute, options: StaffApiOptions): Promise<StaffCaller | Refusal> {
  const { db, clock, authentication } = options;
  const token = await findApiToken(db, bearerOf(c), isoDay(clock()));
  if (!token) return { refused: 'token_unknown' };
  const caller: StaffCaller = { kind: 'token', tokenId: token.id, label: token.label };
  if (route.permission === 'anyone') return caller;
  const granted = token.permissions.some((permission) => permission === route.permission);
  if (!granted || route.permission === 'own account') return { refused: 'permission_missing' };
  // A token can never do more than its maker may today.
  if (token.madeBy !== null) {
    const makers = (await authentication?.permissionsOf(token.madeBy)) ?? [];
    if (!makers.includes(route.permission)) return { refused: 'permission_missing' };
  }
  return caller;
}
