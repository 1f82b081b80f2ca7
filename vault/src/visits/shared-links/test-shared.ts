/** For tests: staff's routes (whoever asks may) and `/api/shared` over one store, with traffic of its own. */
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import type { SharedLinkInput, SharedLinkRoutes, SharedReadingRoutes } from '@avow/protocol/staff/shared-links';
import type { VisitEvent } from '@avow/protocol/visits';
import { Hono } from 'hono';
import { serveRoute } from '../../platform/http/serve-route.ts';
import { visitRoutes } from '../query/routes.ts';
import { insertEvents } from '../query/test-traffic.ts';
import type { TestStore } from '../test-store.ts';
import { createSharedReading } from './reading.ts';
import { sharedLinkRoutes } from './routes.ts';

export interface SharedHouse {
  staff(method: string, path: string, body?: unknown): Promise<Response>;
  share(wish: Partial<SharedLinkInput>): Promise<SharedLinkRoutes['POST /visits/shared-links']['answer']>;
  open(token: string, password?: string): Promise<Response>;
  /** Opens the link; then asks through it. */
  readerOf(token: string, password?: string): Promise<(path: string, body?: unknown) => Promise<Response>>;
}

export async function openSharedHouse(
  store: TestStore,
  events: readonly VisitEvent[],
  { suppressBelow }: { suppressBelow?: number } = {},
): Promise<SharedHouse> {
  const { db, clickhouse, clock } = store;
  const given = await loadConfig(join(import.meta.dirname, '../../../../examples/vendor/avow.config.ts'));
  const config = { ...given, visits: { ...given.visits, ...(suppressBelow !== undefined && { suppressBelow }) } };
  const queries = { config, db, clickhouse, clock, active: () => [{ site: 'main', visits: 12 }] };
  const app = new Hono().route('/api/shared', createSharedReading(queries));
  for (const route of [...visitRoutes(queries), ...sharedLinkRoutes(queries)])
    app.on(route.method, `/api${route.path}`, (c) => serveRoute(c, route, { kind: 'nobody' }));
  await insertEvents(clickhouse, events);

  const call = async (method: string, path: string, bearer: string, body?: unknown): Promise<Response> =>
    app.request(`/api${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const open = (asked: string, password?: string) =>
    call('POST', '/shared/open', '', { token: asked, ...(password !== undefined && { password }) });
  return {
    staff: (method, path, body) => call(method, path, '', body),
    async share(wish) {
      const answer = await call('POST', '/visits/shared-links', '', { name: 'Partner', sites: ['main'], ...wish });
      if (answer.status !== 200) throw new Error(await answer.text());
      return (await answer.json()) as SharedLinkRoutes['POST /visits/shared-links']['answer'];
    },
    open,
    async readerOf(asked, password) {
      const answer = await open(asked, password);
      if (answer.status !== 200) throw new Error(await answer.text());
      const { reader } = (await answer.json()) as SharedReadingRoutes['POST /shared/open']['answer'];
      return (path, body) => call(body === undefined ? 'GET' : 'POST', `/shared${path}`, reader, body);
    },
  };
}
