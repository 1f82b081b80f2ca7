/**
 * Read-only links to figures of the visits. Staff make and withdraw them (permission `visits:share`); whoever has one opens it at
 * `/shared#TOKEN` on the vault's private port and reads through `/api/shared`, without an account.
 */
import type { VisitsHouse } from './visits.ts';

/** What a reader may do beside reading figures. */
export type SharedGrant = 'export' | 'annotations' | 'goals' | 'segments';

export interface SharedLinkInput {
  name: string;
  /** Ids of sites; nothing of another one can be read. */
  sites: string[];
  /** Id of a saved segment that chooses visits; its filters are copied and apply to every answer. */
  segment?: string | null | undefined;
  grants?: SharedGrant[] | undefined;
  password?: string | null | undefined;
  /** Last day (UTC); null: until it is withdrawn. */
  validThrough?: string | null | undefined;
}

export interface SharedLink {
  id: string;
  name: string;
  sites: string[];
  /** Name of the segment at the time the link was made. */
  segment: string | null;
  grants: SharedGrant[];
  password: boolean;
  validThrough: string | null;
  created: string;
}

export interface SharedLinkRoutes {
  'GET /visits/shared-links': { body: null; answer: { links: SharedLink[] } };
  /** The token is told only here. */
  'POST /visits/shared-links': { body: SharedLinkInput; answer: { link: SharedLink; token: string } };
  'DELETE /visits/shared-links/:id': { body: null; answer: { deleted: true } };
}

/** What a reader is told of the link: of the house, only what it shows. */
export interface SharedView extends VisitsHouse {
  name: string;
  segment: string | null;
  grants: SharedGrant[];
  /** Whether realtime can be read: its counters know no visits, so a segment cannot be applied to them. */
  realtime: boolean;
}

/**
 * Under `/api/shared`: `open` takes the token (and the password), and gives a secret that lives for half a day; the others take it as
 * `authorization: Bearer`. Beside `view`, they are the routes of the same name without `/shared`, of visits only.
 */
export interface SharedReadingRoutes {
  'POST /shared/open': {
    body: { token: string; password?: string | undefined };
    answer: { reader: string; ends: string; view: SharedView };
  };
  /** Asked by readers, hence under `/api/shared` as well. */
  'GET /view': { body: null; answer: SharedView };
}
