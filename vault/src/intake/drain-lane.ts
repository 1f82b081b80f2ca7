/**
 * A lane that nobody waits for (visits, reports), from one edge, in order: what is there is taken, stored, and acknowledged with the
 * call that takes the next. Each has calls of its own, so that people do not wait for it, even while its store is away.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Lane, type LinkAnswer, MAX_LINK_ITEMS, MAX_LINK_WAIT_SECONDS } from '@avow/protocol/link';
import type { Logger } from 'pino';
import { backOff } from '../platform/back-off.ts';
import { withoutContents } from '../platform/database-errors.ts';
import type { LinkCall } from './link-call.ts';

/** Answers acknowledge, and come when the items are stored. Throws when they could not be now. */
export type ReceiveItems = (items: readonly { id: string; body: Uint8Array }[], edge: string) => Promise<LinkAnswer[]>;

export interface LaneDrain {
  /** Since a batch was last taken over; null: none was. */
  lastDrainSeconds(): number | null;
  /** Finishes what is in hand. */
  stop(): Promise<void>;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
/** What could not be acknowledged by then comes again, and is recognised. */
const LAST_CALL_MS = 2_000;

export function drainLane(options: {
  edge: string;
  lane: Exclude<Lane, 'prompt'>;
  call: LinkCall;
  receive: ReceiveItems;
  log: Logger;
}): LaneDrain {
  const { edge, lane, call, receive, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let answers: LinkAnswer[] = [];
  let lastDrain: number | null = null;

  /** Tries until it succeeds or the vault stops; says once that it does not. */
  async function persist<T>(complaint: string, work: () => Promise<T>): Promise<T | null> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted) return null;
        if (failures === 0) log.warn({ edge, lane, error: withoutContents(error) }, complaint);
        await sleep(backOff(++failures, FIRST_WAIT_MS, LONGEST_WAIT_MS), undefined, { signal }).catch(() => {});
      }
    }
    return null;
  }

  async function drain(): Promise<void> {
    while (!signal.aborted) {
      const request = { want: MAX_LINK_ITEMS, lanes: [lane], waitSeconds: MAX_LINK_WAIT_SECONDS };
      const response = await persist('the edge gives nothing of this lane', () =>
        call({ answers, ...request }, signal),
      );
      if (!response) return;
      answers = [];
      const items = response.items
        .filter((item) => item.lane === lane)
        .map(({ id, body }) => ({ id, body: Buffer.from(body, 'base64') }));
      if (items.length === 0) continue;
      answers = (await persist('what came waits to be stored', () => receive(items, edge))) ?? [];
      if (answers.length > 0) lastDrain = performance.now();
    }
  }

  const drained = drain();
  return {
    lastDrainSeconds: () => (lastDrain === null ? null : Math.round((performance.now() - lastDrain) / 1000)),
    async stop() {
      stopping.abort();
      await drained;
      if (answers.length === 0) return;
      const last = { answers, want: 0, waitSeconds: 0 };
      await call(last, AbortSignal.timeout(LAST_CALL_MS)).catch(() => {});
    },
  };
}
