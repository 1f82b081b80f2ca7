/**
 * Where the relay and the link meet: the relay brings requests and waits for answers, the link takes requests and brings
 * answers. Durable requests go through the spool, interactive ones through memory.
 */
import { randomUUID } from 'node:crypto';
import { LANES, type Lane, type LinkAnswer, MAX_LINK_ITEM_BYTES } from '@avow/protocol/link';
import { createHeldRequests } from './held-requests.ts';
import type { Answer, Spool, SpoolItem } from './spool.ts';
import { createWaiters } from './waiters.ts';

export type DurableOutcome = { kind: 'answered'; answer: Answer } | { kind: 'accepted'; id: string };

export interface Exchange {
  /** On disk first, then waits up to `waitMs` for the answer. Throws StorageFull. */
  submitDurable(body: Uint8Array, waitMs: number, gone: AbortSignal): Promise<DurableOutcome>;
  /** The answer, or null when no vault is there, there is no room, or none came within `waitMs`. */
  submitInteractive(body: Uint8Array, waitMs: number, gone: AbortSignal): Promise<Answer | null>;
  /** On disk, for a vault that will acknowledge it and answer nothing. Throws StorageFull. */
  keep(lane: Lane, body: Uint8Array): Promise<void>;
  /** On disk, held until `releaseHeld`. Returns the id under which the answer can be collected. Throws StorageFull. */
  hold(body: Uint8Array): Promise<string>;
  /** Lets everything held go to the vault together. Returns how many items that were. */
  releaseHeld(): Promise<number>;
  collect(id: string): Promise<Answer | 'waiting' | 'unknown'>;
  /** Up to `max` requests; waits up to `waitMs` for the first. Empty when `gone` or closing. */
  next(
    max: number,
    waitMs: number,
    gone: AbortSignal,
    lanes?: readonly Lane[],
  ): Promise<(SpoolItem & { awaited: boolean })[]>;
  /** The items did not reach the vault. */
  giveBack(ids: readonly string[]): Promise<void>;
  finish(answers: readonly (LinkAnswer & { answer: Answer | null })[]): Promise<void>;
  /** A vault has dialled; call what this returns when the call ends. */
  vaultDialled(): () => void;
  /** The vault has started anew: what was handed to it before is soon handed out again. */
  vaultStarted(): void;
  vaultIsConnected(): boolean;
  depth(): Promise<number>;
  oldestDays(): Promise<number | null>;
  /** Everyone who waits gets an answer now: a stop is near. */
  close(): void;
}

export interface ExchangeOptions {
  spool: Spool;
  /** So long after a vault's last call it still counts as connected. */
  awaySeconds?: number;
  clock?: () => number;
}

/** Long enough that a second worker of the same vault, or the same one over a new connection, can still answer what it has. */
const LEASE_SECONDS_AFTER_START = 3;

export function createExchange({ spool, awaySeconds = 30, clock = Date.now }: ExchangeOptions): Exchange {
  const waiters = createWaiters();
  const held = createHeldRequests();
  const sleeping = new Set<() => void>();
  const closing = new AbortController();
  let arrivals = 0;
  let callsUnderWay = 0;
  let lastCall = Number.NEGATIVE_INFINITY;

  function announce(): void {
    arrivals += 1;
    for (const wake of sleeping) wake();
  }

  /** Resolves at the next arrival after `seen`, or after `milliseconds`, or when `stop` fires. */
  function arrival(seen: number, milliseconds: number, stop: AbortSignal): Promise<void> {
    if (arrivals !== seen || stop.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        sleeping.delete(done);
        stop.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      sleeping.add(done);
      stop.addEventListener('abort', done);
    });
  }

  const vaultIsConnected = () => callsUnderWay > 0 || clock() - lastCall <= awaySeconds * 1000;

  async function take(max: number, lanes: readonly Lane[]): Promise<(SpoolItem & { awaited: boolean })[]> {
    const now = lanes.includes('prompt') ? held.take(max) : [];
    const first: string[] = [];
    for (const id of waiters.ids()) {
      if (first.length >= max) break;
      if (!spool.isLeased(id)) first.push(id);
    }
    try {
      const maxBytes = MAX_LINK_ITEM_BYTES - now.reduce((bytes, item) => bytes + item.body.length, 0);
      now.push(...(await spool.takeBatch(max - now.length, { first, lanes, maxBytes })));
    } catch (error) {
      held.giveBack(now.map((item) => item.id));
      throw error;
    }
    return now.map((item) => ({ ...item, awaited: waiters.isWaiting(item.id) }));
  }

  return {
    async submitDurable(body, waitMs, gone) {
      const id = randomUUID();
      const waiter = waiters.wait(id);
      try {
        await spool.put({ id, lane: 'prompt', body });
        announce();
        const answer = await waiter.answered(closing.signal.aborted ? 0 : waitMs, gone);
        if (answer !== null) return { kind: 'answered', answer };
      } finally {
        waiter.leave();
      }
      // Another edge on the same database may have brought the answer.
      const stored = waitMs > 0 && !gone.aborted ? await spool.collectAnswer(id) : 'waiting';
      return typeof stored === 'string' ? { kind: 'accepted', id } : { kind: 'answered', answer: stored };
    },

    async submitInteractive(body, waitMs, gone) {
      if (!vaultIsConnected() || closing.signal.aborted) return null;
      const id = randomUUID();
      if (!held.hold(id, body)) return null;
      const waiter = waiters.wait(id);
      announce();
      try {
        return await waiter.answered(waitMs, gone);
      } finally {
        held.drop(id);
      }
    },

    async keep(lane, body) {
      await spool.put({ id: randomUUID(), lane, body });
      announce();
    },

    async hold(body) {
      const id = randomUUID();
      await spool.put({ id, lane: 'held', body });
      return id;
    },

    async releaseHeld() {
      const released = await spool.releaseHeld();
      if (released > 0) announce();
      return released;
    },

    collect: (id) => spool.collectAnswer(id),

    async next(max, waitMs, gone, lanes = LANES) {
      const until = clock() + waitMs;
      const stop = AbortSignal.any([gone, closing.signal]);
      while (!stop.aborted && max > 0) {
        const seen = arrivals;
        const items = await take(max, lanes);
        if (items.length > 0) return items;
        const now = clock();
        const left = Math.min(until, spool.nextLeaseEnd() ?? until) - now;
        if (until <= now) return [];
        await arrival(seen, Math.max(1, left), stop);
      }
      return [];
    },

    async giveBack(ids) {
      held.giveBack(ids);
      await spool.giveBack(ids.filter((id) => spool.isLeased(id)));
      announce();
    },

    async finish(answers) {
      const done: string[] = [];
      const uncollected: ({ id: string } & Answer)[] = [];
      for (const { id, answer } of answers) {
        if (answer === null || waiters.deliver(id, answer)) done.push(id);
        else uncollected.push({ id, ...answer });
      }
      // Who waited has the answer already. If this fails, the vault answers again, and the answer is forgotten after a day.
      await spool.acknowledge(done);
      await spool.storeAnswer(uncollected);
    },

    vaultDialled() {
      callsUnderWay += 1;
      lastCall = clock();
      return () => {
        callsUnderWay -= 1;
        lastCall = clock();
      };
    },
    vaultStarted() {
      spool.shortenLeases(LEASE_SECONDS_AFTER_START);
      held.giveBackAll();
      announce();
    },
    vaultIsConnected,
    depth: () => spool.depth(),
    oldestDays: () => spool.oldestDays(),
    close() {
      closing.abort();
      waiters.sendAllAway();
    },
  };
}
