/** One signed `POST /link` to one edge (RFC 9421). */
import type { KeyObject } from 'node:crypto';
import type { LinkRequest, LinkResponse } from '@avow/protocol/link';
import { signLinkRequest } from '@avow/protocol/opening/link-signing';
import { LinkFailed, readLinkResponse } from './link-response.ts';

/** Throws LinkFailed. */
export type LinkCall = (request: LinkRequest, signal: AbortSignal) => Promise<LinkResponse>;

/** How much longer than it was asked to wait an edge may take. */
const PATIENCE_SECONDS = 15;

export function createLinkCall(edge: string, linkKey: KeyObject): LinkCall {
  const url = new URL('/link', edge).href;
  return async (request, signal) => {
    const body = Buffer.from(JSON.stringify(request));
    const late = AbortSignal.timeout((request.waitSeconds + PATIENCE_SECONDS) * 1000);
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          ...signLinkRequest({ method: 'POST', url, body, privateKey: linkKey }),
        },
        // A redirect would carry answers to wherever a taken-over edge points.
        redirect: 'error',
        signal: AbortSignal.any([signal, late]),
      });
      return await readLinkResponse(response, request.want);
    } catch (cause) {
      if (cause instanceof LinkFailed) throw cause;
      throw new LinkFailed('the edge could not be reached', { cause });
    }
  };
}
