/** What a reader makes of one row of a file: something to count, something to leave out, or something that cannot be read. */
import type { EventKind } from '@avow/protocol/visits';

/** Why a row is reported with its line number. */
export const BROKEN = {
  'too long': 'the line is longer than 64 KiB',
  'not this format': 'this is no line of the common or combined format',
  'bad date': 'the date cannot be read',
  'bad address': 'there is no Internet address at the beginning',
  'bad status': 'the status is no number from 100 to 599',
  'bad request': 'the request line cannot be read',
  'bad url': 'the page has no usable path',
  'missing column': 'a column that is needed is empty',
  'unreadable row': 'a quotation mark is opened and never closed, or the row is longer than 64 KiB',
  'cell count': 'the row has fewer cells than the header',
  'in the future': 'the date lies in the future',
  'damaged file': 'the compressed file is damaged or cut off here; what follows cannot be read',
} as const;
export type Broken = keyof typeof BROKEN;

/** Readable, but nothing that is counted. */
export const SKIPPED = {
  method: 'no GET request',
  status: 'redirected, refused or failed',
  asset: 'image, style, script, feed or another part of a page',
  proxy: 'a request for another server',
  'too old': 'more than ten years old: the private server takes no older events',
  'other event': 'an event of another kind',
} as const;
export type Skipped = keyof typeof SKIPPED;

/** A single request with its sender's address: only ever in memory, until the pipeline has forgotten the address. */
export interface RequestHit {
  /** Unix milliseconds. */
  at: number;
  address: string;
  /** Null: the format does not tell. */
  userAgent: string | null;
  kind: Extract<EventKind, 'view' | 'download' | 'not-found'>;
  /** Absolute URL of the page. */
  url: string;
  referrer: string;
  /** Download: absolute URL of the file. */
  target: string;
}

/** An event that another program has counted before: no address, no user agent, its own sessions. */
export interface CountedHit {
  /** Unix milliseconds. */
  at: number;
  kind: Extract<EventKind, 'view' | 'event'>;
  /** Absolute URL of the page, with its query, from which the campaign is read. */
  url: string;
  referrer: string;
  name: string;
  /** The other program's name for the visitor; never stored. */
  visitorKey: string;
  /** The other program's name for the visit; empty: told from the pauses. Never stored. */
  visitKey: string;
  browser: string;
  os: string;
  device: string;
  country: string;
  language: string;
  bot: string;
}

export type Row =
  | { line: number; request: RequestHit }
  | { line: number; counted: CountedHit }
  | { line: number; skipped: Skipped }
  | { line: number; broken: Broken };

/** A stretch of rows, and how many bytes of the file (as it lies on disk) are read so far. */
export interface RowBlock {
  rows: Row[];
  bytesRead: number;
}
