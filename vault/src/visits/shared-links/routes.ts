/** For staff: making, listing and withdrawing read-only links. */

import type { AvowConfig } from '@avow/config/config';
import type { Refusal } from '@avow/protocol/refusals';
import type { SharedLink, SharedLinkRoutes } from '@avow/protocol/staff/shared-links';
import { z } from 'zod';
import type { VaultDatabase } from '../../platform/database.ts';
import { isoDay } from '../../platform/day.ts';
import { isRefusal, type StaffRoute, staffRoute } from '../../platform/feature.ts';
import { choosesVisits } from '../query/bounds.ts';
import { listSaved } from '../query/saved.ts';
import { countLinks, createLink, deleteLink, GRANTS, type LinkWish, listLinks, type StoredLink } from './links.ts';

const MOST_LINKS = 200;
const SHORTEST_PASSWORD = 8;

const linkSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  sites: z.array(z.string()),
  segment: z.string().nullable().describe('Name of the segment when the link was made.'),
  grants: z.array(z.enum(GRANTS)),
  password: z.boolean().describe('Whether one is asked for.'),
  validThrough: z.iso.date().nullable(),
  created: z.iso.date(),
});

function wishSchema(siteIds: readonly string[]) {
  return z.strictObject({
    name: z.string().trim().min(1).max(100),
    sites: z
      .array(z.enum(siteIds, { error: 'value_unknown' }))
      .min(1)
      .max(siteIds.length)
      .describe('Ids of sites; nothing of another one can be read.'),
    segment: z
      .uuid()
      .nullable()
      .default(null)
      .describe('Id of a saved segment that chooses visits. Its filters are copied and apply to every answer.'),
    grants: z
      .array(z.enum(GRANTS, { error: 'value_unknown' }))
      .max(GRANTS.length)
      .default([])
      .describe('What readers may do beside reading figures.'),
    password: z
      .string()
      .min(SHORTEST_PASSWORD, { message: 'password_too_short' })
      .max(200)
      .nullable()
      .default(null)
      .describe('At least eight characters.'),
    validThrough: z.iso.date().nullable().default(null).describe('Last day, UTC; null: until it is withdrawn.'),
  });
}

type Told<Route extends keyof SharedLinkRoutes> = Promise<SharedLinkRoutes[Route]['answer'] | Refusal>;

export function sharedLinkRoutes(options: { config: AvowConfig; db: VaultDatabase; clock: () => Date }): StaffRoute[] {
  const { config, db, clock } = options;
  return [
    staffRoute({
      method: 'GET',
      path: '/visits/shared-links',
      permission: 'visits:share',
      summary: 'The read-only links to figures, without their tokens.',
      answer: z.strictObject({ links: z.array(linkSchema) }),
      handle: async (): Told<'GET /visits/shared-links'> => ({ links: (await listLinks(db)).map(shown) }),
    }),
    staffRoute({
      method: 'POST',
      path: '/visits/shared-links',
      permission: 'visits:share',
      summary: 'A new read-only link. Its token is told only in this answer.',
      body: wishSchema(config.sites.map(({ id }) => id)),
      answer: z.strictObject({ link: linkSchema, token: z.string() }),
      async handle({ body }): Told<'POST /visits/shared-links'> {
        if (body.validThrough !== null && body.validThrough < isoDay(clock()))
          return { refused: 'invalid_fields', fields: { validThrough: 'day_past' } };
        if ((await countLinks(db)) >= MOST_LINKS) return { refused: 'too_many_shared_links' };
        const segment = await findSegment(db, body.segment);
        if (segment && isRefusal(segment)) return segment;
        const { link, token } = await createLink(db, { ...body, segment }, isoDay(clock()));
        return { link: shown(link), token };
      },
    }),
    staffRoute({
      method: 'DELETE',
      path: '/visits/shared-links/:id',
      permission: 'visits:share',
      summary: 'Withdraws a link: whoever reads through it sees nothing more.',
      answer: z.strictObject({ deleted: z.literal(true) }),
      async handle({ params: { id } }): Told<'DELETE /visits/shared-links/:id'> {
        const known = z.uuid().safeParse(id);
        if (!known.success || !(await deleteLink(db, known.data))) return { refused: 'not_found' };
        return { deleted: true };
      },
    }),
  ];
}

async function findSegment(db: VaultDatabase, id: string | null): Promise<LinkWish['segment'] | Refusal> {
  if (id === null) return null;
  const saved = (await listSaved(db, 'segment')).find((segment) => segment.id === id);
  if (saved?.content.kind !== 'segment') return { refused: 'invalid_fields', fields: { segment: 'value_unknown' } };
  const { filters } = saved.content;
  if (!choosesVisits(filters)) return { refused: 'invalid_fields', fields: { segment: 'segment_not_of_visits' } };
  return { name: saved.name, filters };
}

function shown({ filters: _, password, ...link }: StoredLink): SharedLink {
  return { ...link, password: password !== null };
}
