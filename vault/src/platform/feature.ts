/**
 * A feature is a value: one purpose of processing, with everything the house needs to know of it. `vault/src/app.ts` is the
 * list of features; the sealed routes, the staff's API, the timetable, retention, the record of processing, "show me
 * everything" and "forget me" derive from that list.
 */
import type { Language, Refusal } from '@avow/protocol/refusals';
import type { SealedRouteName, SealedRoutes } from '@avow/protocol/sealed-routes';
import type { EverythingHeld } from '@avow/protocol/self-service';
import type { Permission, Role } from '@avow/protocol/staff/roles';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { VaultTables } from './database.ts';
import type { JobKind } from './jobs/job-kind.ts';

export interface SealedContext {
  /** The transaction in which replay mark, idempotency record, the feature's work and its mails are committed together. */
  tx: Kysely<VaultTables>;
  language: Language;
  /** The `authorization: Bearer` value of the inner request, if any. */
  bearer: string | null;
  /** Whether somebody is still waiting for the answer; where nobody is, a refusal may have to be mailed. */
  awaited: boolean;
  /** ISO date of today in UTC: the finest time a person's data may carry. */
  today: string;
}

export interface SealedHandler {
  route: SealedRouteName;
  body: z.ZodType;
  handle(body: unknown, context: SealedContext): Promise<object | Refusal>;
}

/** Ties a route's handler to the types both ends agreed on. */
export function sealedHandler<R extends SealedRouteName>(
  route: R,
  body: z.ZodType<SealedRoutes[R]['body']>,
  handle: (body: SealedRoutes[R]['body'], context: SealedContext) => Promise<SealedRoutes[R]['answer'] | Refusal>,
): SealedHandler {
  // The intake parses with `body` before it calls `handle`, so the value has the route's type.
  return {
    route,
    body,
    handle: (value, context) => handle(value as SealedRoutes[R]['body'], context) as Promise<object | Refusal>,
  };
}

/** Who asks a route of the staff's API; for the record of what was done, so never the secret itself. */
export type StaffCaller =
  | { kind: 'token'; tokenId: string; label: string }
  | { kind: 'member'; staffId: string; name: string; roles: readonly Role[]; sessionId: string }
  | { kind: 'nobody' };

/** The browser that asks, for signing in and out. */
export interface StaffBrowser {
  /** The console's own address as the browser names it (`http://localhost:8090`); requests from elsewhere got no further. */
  origin: string;
  /** The session's secret in the cookie, whether it is still good or not. */
  secret: string | null;
  /** What it says it is (`User-Agent`). */
  userAgent: string;
  /** A cookie for the answer. */
  keepSession(secret: string): void;
  forgetSession(): void;
  /** What it was given when it left for an identity provider. */
  returning: string | null;
  keepReturn(secret: string): void;
  forgetReturn(): void;
}

export interface StaffContext {
  language: Language;
  caller: StaffCaller;
  browser: StaffBrowser;
}

/** What a route asks of its caller: a permission; only a session (one's own account); or nothing (signing in). */
export type Access = Permission | 'own account' | 'anyone';

/** One route under `/api`. Its schemas check the request and are its documentation in `/api/openapi.json`. */
export interface StaffRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without `/api`; `/visits/segments/:id`. */
  path: `/${string}`;
  permission: Access;
  /** One sentence, for programmers. */
  summary: string;
  /** Of the query string: values are texts. */
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Instead of `body`: any bytes (`application/octet-stream`), at most so many. */
  bytes?: number;
  /** Of the JSON answer; or the media type of another one. */
  answer: z.ZodType | { mediaType: string };
  handle(
    asked: { params: Record<string, string>; query: unknown; body: unknown },
    context: StaffContext,
  ): Promise<object | Refusal | Response>;
}

/** Ties a route's handler to the types of its schemas. */
export function staffRoute<Query extends z.ZodObject = z.ZodObject, Body extends z.ZodType = z.ZodType>(
  route: Omit<StaffRoute, 'query' | 'body' | 'handle'> & {
    query?: Query;
    body?: Body;
    handle(
      asked: { params: Record<string, string>; query: z.output<Query>; body: z.output<Body> },
      context: StaffContext,
    ): Promise<object | Refusal | Response>;
  },
): StaffRoute {
  // The API parses with `query` and `body` before it calls `handle`, so the values have these types.
  return route as StaffRoute;
}

/** One table (or folder) that a feature keeps: a line of the record of processing. */
export interface Kept {
  table: string;
  database: 'vault' | 'keyring' | 'clickhouse';
  why: string;
  promises: readonly string[];
  /** For people: "until you erase it", "14 days when not confirmed". */
  keptFor: { en: string; de: string };
  readers: readonly (
    | 'the person'
    | 'support'
    | 'product'
    | 'marketing'
    | 'privacy officer'
    | 'administrator'
    | 'nobody'
  )[];
  /** Rewritten nightly in random order, so that physical order tells nothing of time (DESIGN "Time is data too"). */
  shuffled: boolean;
}

export interface ScheduledTask {
  /** `registration.forgetUnconfirmed` */
  name: string;
  /** Five-field cron expression, UTC. */
  cron: string;
  /** Resolves to how many rows were forgotten, where that is what the task does. */
  run(): Promise<unknown>;
}

export interface Feature {
  name: string;
  accepts: readonly SealedHandler[];
  staffRoutes: readonly StaffRoute[];
  keeps: readonly Kept[];
  schedule: readonly ScheduledTask[];
  /** Its long work. */
  jobs?: readonly JobKind[];
  /** What this feature holds of the person. */
  tellPerson(tx: Kysely<VaultTables>, personId: string): Promise<Partial<EverythingHeld>>;
  /** Destroys what this feature holds of the person; says what has to stay and until when. */
  forgetPerson(tx: Kysely<VaultTables>, personId: string): Promise<{ stays: { what: string; until: string }[] }>;
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}
