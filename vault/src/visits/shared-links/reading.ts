/**
 * `/api/shared`: figures for whoever has a link. It has only the routes named here, each made for the link alone: with its sites as all
 * there are, and its filters in every question.
 */
import type { Refusal } from '@avow/protocol/refusals';
import type { SharedReadingRoutes, SharedView } from '@avow/protocol/staff/shared-links';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { isoDay } from '../../platform/day.ts';
import { type StaffRoute, staffRoute } from '../../platform/feature.ts';
import { bearerOf, MOST_BODY_BYTES, refuse, serveRoute } from '../../platform/http/serve-route.ts';
import { houseOf } from '../query/house-routes.ts';
import { type VisitQueries, visitRoutes } from '../query/routes.ts';
import { KINDS, type Kind, listSaved, savedListSchema } from '../query/saved.ts';
import { findLinkByToken, type StoredLink } from './links.ts';
import { admitReader, checkPassword, findReadLink } from './readers.ts';

/** Where the configuration suppresses nothing, links still do: they are for people who are not staff. */
const LEAST_SUPPRESSED_BELOW = 10;

type Open = SharedReadingRoutes['POST /shared/open'];

/** Routes of visits that a reader may ask, and what the link has to grant for it. Single events are never given: they are not suppressed. */
const READABLE: Readonly<Record<string, (link: StoredLink) => boolean>> = {
  'POST /visits/query': () => true,
  'POST /visits/screen': () => true,
  'POST /visits/journey': () => true,
  'POST /visits/funnel': () => true,
  'GET /visits/definitions': () => true,
  'GET /visits/realtime': canReadRealtime,
  'POST /visits/goals': ({ grants }) => grants.includes('goals'),
  'POST /visits/query.csv': ({ grants }) => grants.includes('export'),
};

/** Its counters know no visits, so filters cannot be applied to them. */
function canReadRealtime({ filters }: StoredLink): boolean {
  return filters.length === 0;
}

export function createSharedReading(queries: VisitQueries): Hono {
  const { db, clock } = queries;
  const app = new Hono();
  app.use(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => refuse(c, { refused: 'too_large' }) }));

  app.post('/open', (c) => serveRoute(c, openRoute(queries), NOBODY));
  app.all('/*', async (c) => {
    const link = await findReadLink(db, bearerOf(c), clock());
    if (!link) return refuse(c, { refused: 'shared_reading_over' });
    const path = c.req.path.slice(c.req.path.indexOf('/shared/') + '/shared'.length);
    const route = routesOf(queries, link).find((one) => one.method === c.req.method && one.path === path);
    return route ? serveRoute(c, route, NOBODY) : refuse(c, { refused: 'not_shared' });
  });
  return app;
}

/** A reader is no member of staff and has no name. */
const NOBODY = { kind: 'nobody' } as const;

function openRoute(queries: VisitQueries): StaffRoute {
  const { db, clock } = queries;
  return staffRoute({
    method: 'POST',
    path: '/shared/open',
    permission: 'visits:read',
    summary: 'Opens a shared link.',
    body: z.strictObject({ token: z.string().max(100), password: z.string().max(200).optional() }),
    answer: z.unknown(),
    async handle({ body: { token, password } }): Promise<Open['answer'] | Refusal> {
      const now = clock();
      const link = await findLinkByToken(db, token, isoDay(now));
      if (!link) return { refused: 'shared_link_closed' };
      if (link.password !== null) {
        if (password === undefined) return { refused: 'shared_link_locked' };
        const check = await checkPassword(db, { id: link.id, password: link.password }, password, now);
        if (check === 'too many attempts') return { refused: 'shared_link_paused' };
        if (check === 'wrong') return { refused: 'invalid_fields', fields: { password: 'shared_password_wrong' } };
      }
      const { reader, ends } = await admitReader(db, link, now);
      return { reader, ends: ends.toISOString(), view: viewOf(queries, link) };
    },
  });
}

function routesOf(queries: VisitQueries, link: StoredLink): StaffRoute[] {
  const of = visitRoutes({
    ...queries,
    config: boundConfig(queries, link),
    bounds: { filters: link.filters, segments: link.grants.includes('segments') },
  });
  return [
    ...of.filter(({ method, path }) => READABLE[`${method} ${path}`]?.(link)),
    savedRoute(queries, link),
    staffRoute({
      method: 'GET',
      path: '/view',
      permission: 'visits:read',
      summary: 'What the link shows.',
      answer: z.unknown(),
      handle: async (): Promise<SharedView> => viewOf(queries, link),
    }),
  ];
}

function boundConfig({ config }: VisitQueries, link: StoredLink): VisitQueries['config'] {
  return {
    ...config,
    sites: config.sites.filter(({ id }) => link.sites.includes(id)),
    visits: { ...config.visits, suppressBelow: config.visits.suppressBelow || LEAST_SUPPRESSED_BELOW },
  };
}

/** Of what the staff keep, what the link grants; annotations of its sites and of the whole group. */
function savedRoute({ db }: VisitQueries, { grants, sites }: StoredLink): StaffRoute {
  const granted: Record<Kind, boolean> = {
    segment: grants.includes('segments'),
    goal: grants.includes('goals'),
    funnel: grants.includes('goals'),
    annotation: grants.includes('annotations'),
  };
  return staffRoute({
    method: 'GET',
    path: '/visits/saved',
    permission: 'visits:read',
    summary: 'What the link grants of segments, goals, funnels and annotations.',
    query: z.strictObject({ kind: z.enum(KINDS, { error: 'value_unknown' }).optional() }),
    answer: savedListSchema,
    async handle({ query: { kind } }) {
      const saved = (await listSaved(db, kind)).filter(({ content }) => granted[content.kind]);
      const ofSites = saved.filter(
        ({ content }) => content.kind !== 'annotation' || content.site === undefined || sites.includes(content.site),
      );
      return { saved: ofSites };
    },
  });
}

function viewOf(queries: VisitQueries, link: StoredLink): SharedView {
  return {
    ...houseOf(boundConfig(queries, link)),
    name: link.name,
    segment: link.segment,
    grants: link.grants,
    realtime: canReadRealtime(link),
  };
}
