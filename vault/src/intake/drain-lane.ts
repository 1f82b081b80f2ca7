/**
 * A lane that nobody waits for (visits, reports), from one edge, in order: what is there is taken, stored, and acknowledged with the
 * call that takes the next. Each has calls of its own, so that people do not wait for it, even while its store is away.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Lane,
  type LinkAnswer,
  MAX_LINK_ITEM_BYTES,
  MAX_LINK_ITEMS,
  MAX_LINK_WAIT_SECONDS,
} from '@avow/protocol/link';
import type { Logger } from 'pino';
import { backOff } from '../platform/back-off.ts';
import { withoutContents } from '../platform/database-errors.ts';
import type { LinkCall } from './link-call.ts';

interface LaneItem {
  id: string;
  body: Uint8Array;
}

/** Answers acknowledge, and come when the items are stored. Throws when they could not be now. */
export type ReceiveItems = (items: readonly LaneItem[], edge: string) => Promise<LinkAnswer[]>;

/** For a store that takes nearly as long for one item as for a thousand. */
export interface Gathering {
  /** From the first item of a round until the next round, unless more waits than one takes. */
  milliseconds: number;
  /** So many at most are taken over in one round. */
  calls: number;
}

const NO_GATHERING: Gathering = { milliseconds: 0, calls: 1 };

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
  gathering?: Gathering;
}): LaneDrain {
  const { edge, lane, call, receive, log, gathering = NO_GATHERING } = options;
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

  async function ask(waitSeconds: number): Promise<{ items: LaneItem[]; moreWait: boolean }> {
    const { items } = await call({ answers, want: MAX_LINK_ITEMS, lanes: [lane], waitSeconds }, signal);
    answers = [];
    return {
      items: items
        .filter((item) => item.lane === lane)
        .map(({ id, body }) => ({ id, body: Buffer.from(body, 'base64') })),
      moreWait: items.length === MAX_LINK_ITEMS,
    };
  }

  /** What a further call does not bring waits for the next round. Returns whether anything may. */
  async function takeMore(items: LaneItem[]): Promise<boolean> {
    const size = () => items.reduce((bytes, { body }) => bytes + body.length, 0);
    for (let calls = 1; calls < gathering.calls && size() < MAX_LINK_ITEM_BYTES; calls += 1) {
      const more = await ask(0).catch(() => null);
      items.push(...(more?.items ?? []));
      if (!more?.moreWait) return false;
    }
    return true;
  }

  async function drain(): Promise<void> {
    while (!signal.aborted) {
      const taken = await persist('the edge gives nothing of this lane', () => ask(MAX_LINK_WAIT_SECONDS));
      if (!taken) return;
      const { items } = taken;
      if (items.length === 0) continue;
      const began = performance.now();
      const moreWait = taken.moreWait && (await takeMore(items));
      answers = (await persist('what came waits to be stored', () => receive(items, edge))) ?? [];
      if (answers.length > 0) lastDrain = performance.now();
      const pause = began + gathering.milliseconds - performance.now();
      if (!moreWait && pause > 0) await sleep(pause, undefined, { signal }).catch(() => {});
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
