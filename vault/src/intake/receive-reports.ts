/**
 * Reports of the Improvement Programme, from sealed bytes to sealed answers, many at a time. Whatever a report says, and whether it
 * is new, known or refused, its answer has the same length. Nothing of it is logged.
 */

import { isReportRequest } from '@avow/protocol/improvement/report-request';
import type { LinkAnswer } from '@avow/protocol/link';
import { createGateway, type GatewayOptions, type OpenedRequest } from '@avow/protocol/opening/gateway';
import { errorBody, type Refusal, refusalStatus } from '@avow/protocol/refusals';
import { REPORTS_ROUTE } from '@avow/protocol/sealed-routes';
import { isRefusal } from '../platform/feature.ts';
import type { ReceiveItems } from './drain-lane.ts';

export interface ReportReceiverOptions extends Omit<GatewayOptions, 'allows'> {
  /** Stores the bodies, each once; answers in their order. */
  accept(bodies: readonly Uint8Array[]): Promise<(object | Refusal)[]>;
}

const HEADERS: [string, string][] = [['content-type', 'application/json']];

function seal({ seal: sealed }: OpenedRequest, result: object | Refusal): Uint8Array {
  const refused = isRefusal(result);
  // Reports carry no language; what a program is told is told in one.
  const body = new TextEncoder().encode(JSON.stringify(refused ? errorBody(result, 'en') : result));
  return sealed({ status: refused ? refusalStatus(result) : 200, headers: HEADERS, body });
}

function refusalBefore(opened: OpenedRequest): Refusal | null {
  if (opened.malformed) return { refused: 'malformed' };
  if (opened.destinationRefused) return { refused: 'destination_refused' };
  return isReportRequest(opened.request) ? null : { refused: 'malformed' };
}

/** Throws when the store is away: the same items may then be given again. */
export function createReportReceiver({ accept, ...options }: ReportReceiverOptions): ReceiveItems {
  const gateway = createGateway({ ...options, allows: (method, path) => `${method} ${path}` === REPORTS_ROUTE });
  return async (items) => {
    const read = items.map(({ id, body }) => ({ id, opened: gateway.open(body) }));
    const results = new Map<string, object | Refusal>();
    const bodies = new Map<string, Uint8Array>();
    for (const { id, opened } of read) {
      if (!opened.ok) continue;
      const refusal = refusalBefore(opened);
      if (refusal) results.set(id, refusal);
      else bodies.set(id, opened.request.body);
    }
    const accepted = await accept([...bodies.values()]);
    for (const [at, id] of [...bodies.keys()].entries()) results.set(id, accepted[at] ?? { refused: 'internal' });
    return read.map(({ id, opened }): LinkAnswer => {
      if (!opened.ok) return { id, refused: opened.refused };
      const sealed = seal(opened, results.get(id) ?? { refused: 'internal' });
      return { id, body: Buffer.from(sealed).toString('base64') };
    });
  };
}
