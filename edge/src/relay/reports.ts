/**
 * The lane `mixed`: reports of the Improvement Programme. Every one has the same length, is answered as soon as it is on disk,
 * and stays here until many leave together in random order. When they leave is told by the clock or by their number, never by
 * one of them: so nobody behind the edge learns when, or after which other one, a report came (DESIGN "One wire").
 */
import { REPORT_REQUEST_BYTES } from '@avow/protocol/padding';
import type { Context } from 'hono';
import { readBody } from '../platform/read-body.ts';
import { refuse } from '../platform/refuse.ts';
import type { EdgeEnv } from '../platform/variables.ts';
import type { Exchange } from '../spool/exchange.ts';
import { StorageFull } from '../spool/spool.ts';

export interface Reports {
  /** `POST /relay/reports` */
  submit(c: Context<EdgeEnv>): Promise<Response>;
  /** To be called at even intervals: what is held leaves. */
  release(): Promise<void>;
}

/** Nobody needs the answer sooner, and many would ask in vain. */
const COME_BACK_SECONDS = 900;

/** `atLeast`: so many held reports leave without waiting for the clock. */
export function createReports(exchange: Exchange, atLeast: number): Reports {
  let heldHere = 0;

  async function release(): Promise<void> {
    heldHere = 0;
    await exchange.releaseHeld();
  }

  async function readReport(c: Context<EdgeEnv>): Promise<Uint8Array | Response> {
    if (c.req.header('content-type')?.toLowerCase() !== 'message/ohttp-req') return refuse(c, 'unsupported_media_type');
    const declared = c.req.header('content-length');
    if (declared !== undefined && Number(declared) !== REPORT_REQUEST_BYTES) return refuse(c, 'malformed');
    const body = await readBody(c.req.raw, REPORT_REQUEST_BYTES);
    return typeof body === 'string' || body.length !== REPORT_REQUEST_BYTES ? refuse(c, 'malformed') : body;
  }

  return {
    release,
    async submit(c) {
      const body = await readReport(c);
      if (body instanceof Response) return body;
      let id: string;
      try {
        id = await exchange.hold(body);
      } catch (error) {
        if (error instanceof StorageFull) return refuse(c, 'storage_full');
        throw error;
      }
      heldHere += 1;
      // Answered all the same if it fails: the next round of the clock comes.
      if (heldHere >= atLeast) await release().catch(() => {});
      return c.body(null, 202, {
        location: `/relay/answers/${id}`,
        'retry-after': String(COME_BACK_SECONDS),
        'cache-control': 'no-store',
      });
    },
  };
}
