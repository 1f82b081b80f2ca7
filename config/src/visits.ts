/** What may be counted of visits: for all sites, and the collection contract of each, which the edge enforces. */
import { z } from 'zod';

/** What a page view tells beyond site, page, hour and visit. */
export const VISIT_FIELDS = ['referrer', 'campaign', 'language', 'device', 'engagement', 'scroll'] as const;
export type VisitField = (typeof VISIT_FIELDS)[number];

/** What else than page views is counted. */
export const VISIT_ACTIONS = ['outbound', 'download', 'not-found', 'form'] as const;
export type VisitAction = (typeof VISIT_ACTIONS)[number];

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9 _.-]{0,59}$/);

/** One site's contract: what is not named here is not kept, whatever a page sends. */
export const collect = z.strictObject({
  fields: z.array(z.enum(VISIT_FIELDS)).default([...VISIT_FIELDS]),
  actions: z.array(z.enum(VISIT_ACTIONS)).default([...VISIT_ACTIONS]),
  geography: z.enum(['country', 'none']).default('country'),
  /** How long single events of this site are kept; absent: as `visits.rawDays` says. */
  rawDays: z.number().int().positive().optional(),
  /** Paths that are not counted; with `*` at the end: and everything that begins so. */
  excludePaths: z.array(z.string().regex(/^\/[^*]*\*?$/)).default([]),
  /** Custom events by name, each with the properties it may carry. */
  events: z.record(name, z.strictObject({ props: z.array(name).max(20).default([]) })).default({}),
});

export const visits = z.strictObject({
  /** Whether a visitor is told apart on each site, or across the whole group. */
  visitorScope: z.enum(['site', 'group']).default('site'),
  /** How long single events are kept; the hourly figures stay. */
  rawDays: z.number().int().positive().default(90),
  /** Filtered, shared and API figures of fewer visitors than this are not told. */
  suppressBelow: z.number().int().min(0).default(10),
  /** Another country database (.mmdb), relative to the configuration file. */
  countryDatabase: z.string().optional(),
  /** Addresses of staff to whom alerts and the weekly report are mailed. None by default. */
  reportTo: z.array(z.email()).max(50).default([]),
  /** The language of those mails. */
  reportLanguage: z.enum(['en', 'de']).default('en'),
});
