/** The staff's API under `/api`: one way in for every feature's routes. Who asks, whether they may; then the route. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { VaultDatabase } from '../database.ts';
import { isoDay } from '../day.ts';
import type { StaffRoute } from '../feature.ts';
import { findApiToken } from './api-tokens.ts';
import { describeApi } from './open-api.ts';
import { bearerOf, MOST_BODY_BYTES, refuse, serveRoute } from './serve-route.ts';

export function createStaffApi(options: { db: VaultDatabase; routes: readonly StaffRoute[]; clock: () => Date }): Hono {
  const { db, routes, clock } = options;
  const api = new Hono();
  const description = describeApi(routes);
  api.get('/openapi.json', (c) => c.json(description));
  api.use(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => refuse(c, { refused: 'too_large' }) }));
  for (const route of routes) {
    api.on(route.method, route.path, async (c) => {
      const token = await findApiToken(db, bearerOf(c), isoDay(clock()));
      if (!token) return refuse(c, { refused: 'token_unknown' });
      if (!token.permissions.includes(route.permission)) return refuse(c, { refused: 'permission_missing' });
      return serveRoute(c, route, { tokenId: token.id, label: token.label });
    });
  }
  return api;
}
