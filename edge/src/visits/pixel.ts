/**
 * `GET /collect.gif`: the page view of a visitor without JavaScript. The page is the one that the browser names as `Referer`;
 * across sites browsers name only its origin, so the page may tell its whole address as `?u=`, of the same host.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { CollectBody } from '@avow/protocol/visits';

export const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** The event as the tracker would have sent it. */
export function pixelEvent(url: string, headers: IncomingHttpHeaders): string {
  const referer = URL.parse(headers.referer ?? '');
  const told = URL.parse(new URLSearchParams(url.split('?')[1] ?? '').get('u') ?? '');
  const page = told !== null && told.host === referer?.host ? told : referer;
  const body: CollectBody = { i: randomBytes(8).toString('base64url'), u: page?.href ?? '' };
  return JSON.stringify(body);
}
