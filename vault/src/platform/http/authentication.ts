/** Who is signed in: what the staff's API needs to know of it. The feature `staff` is given in as a value; platform imports no feature. */
import { timingSafeEqual } from 'node:crypto';
import type { Permission } from '@avow/protocol/staff/roles';
import type { Context } from 'hono';
import type { StaffBrowser, StaffCaller } from '../feature.ts';

export interface SignedIn {
  caller: Extract<StaffCaller, { kind: 'member' }>;
  permissions: readonly Permission[];
  /** What the header `avow-csrf` must say. */
  csrf: string;
}

export interface Authentication {
  /** Null for a session that is unknown, idle for too long or over, and for one of a member who was disabled. */
  findSession(secret: string): Promise<SignedIn | null>;
  /** What a member may do today; nothing for one who was disabled or is gone. */
  permissionsOf(staffId: string): Promise<readonly Permission[]>;
  /** Null of somebody who is no member (any more). */
  nameOf(staffId: string): Promise<string | null>;
}

const READING = new Set(['GET', 'HEAD']);

export function isReading(c: Context): boolean {
  return READING.has(c.req.method);
}

/**
 * Whether the request comes from a page of the console. Browsers name the page's origin in every request that can change
 * something (Fetch, section 3.2), and no page can choose what they name.
 */
export function isFromConsole(c: Context, { origin }: StaffBrowser): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && !(site === 'none' && isReading(c))) return false;
  const named = c.req.header('origin');
  return named === undefined ? isReading(c) : named === origin;
}

/** Whether the header repeats what only a page of the console could read. */
export function provesCsrf(c: Context, { csrf }: SignedIn): boolean {
  const told = Buffer.from(c.req.header('avow-csrf') ?? '');
  const wanted = Buffer.from(csrf);
  return told.length === wanted.length && timingSafeEqual(told, wanted);
}
