/**
 * What edge and vault say to each other. The vault dials `POST /link`; the request carries what it has finished, the answer
 * brings what waits. At least once by construction: an item stays in the spool until it is acknowledged.
 * Bodies are base64 (standard alphabet, padded). See DESIGN "The link".
 */
import type { SignedKeySet } from './key-set.ts';

/**
 * `prompt`: an encapsulated request, somebody may be waiting. `visits`: a VisitBatch (`visits.ts`), acknowledged by an answer
 * without body. `mixed`: an encapsulated report of the Improvement Programme, released together with many others, in random order.
 */
export type Lane = (typeof LANES)[number];
/** In the order in which they are handed out. */
export const LANES = ['prompt', 'visits', 'mixed'] as const;

export const MAX_LINK_ITEMS = 64;
export const MAX_LINK_WAIT_SECONDS = 25;
/** Upper bound of one `POST /link` body, either way, in bytes: 64 items of the largest class in base64, and room. */
export const MAX_LINK_BYTES = 24 * 1024 * 1024;
/** Bytes of all items' bodies in one answer, before base64: three quarters of the bound above, less room for the rest. */
export const MAX_LINK_ITEM_BYTES = 16 * 1024 * 1024;

export interface LinkItem {
  /** The spool's random id (UUID). Delivered again under the same id until acknowledged. */
  id: string;
  lane: Lane;
  /** What the lane carries, base64. */
  body: string;
  /** Whether the requester was still connected when the item left the edge. */
  awaited: boolean;
}

export interface LinkAnswer {
  /** Also acknowledges the item. */
  id: string;
  /** The encapsulated response, base64; or why the bytes could not be opened at all. */
  body?: string;
  refused?: 'malformed' | 'key_unknown' | 'not_decryptable';
}

/** What the vault publishes through its edges. Anybody may read it. */
export const PUBLIC_DOCUMENTS = ['improvement-config', 'improvement-tables'] as const;
export type DocumentName = (typeof PUBLIC_DOCUMENTS)[number];

export interface PublicDocument {
  name: DocumentName;
  /** Rises with every change; an edge never goes back to a lower one. */
  revision: number;
  /** JSON. */
  content: unknown;
}

export interface LinkRequest {
  answers: LinkAnswer[];
  /** Sent with the first call of a connection and after each rotation. The edge verifies it against the pinned root. */
  keySet?: SignedKeySet;
  /** One that the edge has not yet, or in an older revision. */
  document?: PublicDocument;
  /** How many items the vault takes at most (0 to MAX_LINK_ITEMS) and how long the edge may wait for the first, in seconds. */
  want: number;
  /** Only items of these lanes; absent: of all. A vault whose visits store is away still takes what people wait for. */
  lanes?: Lane[];
  waitSeconds: number;
}

export interface LinkResponse {
  items: LinkItem[];
  /** Items left in the spool after this batch. */
  depth: number;
  /** Days since the oldest of them came, by the calendar: a spool knows no finer time. Absent: nothing waits. */
  oldestDays?: number | undefined;
  /** Id of the newest key set the edge publishes; null if it has none. */
  keySetVersion: number | null;
  /** The revisions of the public documents that the edge serves. */
  documents?: Partial<Record<DocumentName, number>> | undefined;
}
