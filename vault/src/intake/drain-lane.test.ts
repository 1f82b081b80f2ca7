import { randomUUID } from 'node:crypto';
import { type LinkAnswer, type LinkItem, type LinkRequest, MAX_LINK_ITEMS } from '@avow/protocol/link';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { drainLane, type Gathering, type LaneDrain, type ReceiveItems } from './drain-lane.ts';
import type { LinkCall } from './link-call.ts';

const drains: LaneDrain[] = [];
afterEach(async () => {
  await Promise.all(drains.splice(0).map((drain) => drain.stop()));
});

/** What an edge does with the calls: an item stays, and is given again, until it is acknowledged. */
function createEdge(bodies: string[], { perCall = 2, leases = false } = {}) {
  const given = new Set<string>();
  const spool: LinkItem[] = bodies.map((body) => ({
    id: randomUUID(),
    lane: 'visits',
    body: Buffer.from(body).toString('base64'),
    awaited: false,
  }));
  const requests: LinkRequest[] = [];
  let failures = 0;
  const call: LinkCall = async (request, signal) => {
    requests.push(request);
    if (failures-- > 0) throw new Error('away');
    for (const { id } of request.answers) {
      const at = spool.findIndex((item) => item.id === id);
      if (at >= 0) spool.splice(at, 1);
    }
    if (spool.length === 0 && request.waitSeconds > 0) {
      await new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    }
    const items = spool.filter(({ id }) => !given.has(id)).slice(0, Math.min(request.want, perCall));
    for (const { id } of leases ? items : []) given.add(id);
    return { items, depth: spool.length, keySetVersion: 1 };
  };
  return {
    call,
    spool,
    requests,
    failNext(times: number) {
      failures = times;
    },
  };
}

function drain(edge: ReturnType<typeof createEdge>, receive: ReceiveItems, gathering?: Gathering): LaneDrain {
  const log = pino({ level: 'silent' });
  const { call } = edge;
  const one = drainLane({ edge: 'one', lane: 'visits', call, receive, log, ...(gathering && { gathering }) });
  drains.push(one);
  return one;
}

const text = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString();
const acknowledge = (items: readonly { id: string }[]): LinkAnswer[] => items.map(({ id }) => ({ id }));

describe('batches of visits', () => {
  test('are stored in order, never two calls at once, and acknowledged with the call that asks for more', async () => {
    const edge = createEdge(['a', 'b', 'c', 'd', 'e']);
    const stored: string[] = [];
    let running = 0;
    drain(edge, async (items) => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      stored.push(...items.map(text));
      running -= 1;
      return acknowledge(items);
    });
    await expect.poll(() => edge.spool.length).toBe(0);
    expect(stored).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(edge.requests.map(({ answers }) => answers.length)).toEqual([0, 2, 2, 1]);
    for (const { lanes, want } of edge.requests) expect([lanes, want]).toEqual([['visits'], MAX_LINK_ITEMS]);
  });

  const full = (batches: number) =>
    createEdge(
      Array.from({ length: batches }, (_, n) => `${n}`),
      { perCall: MAX_LINK_ITEMS, leases: true },
    );

  test('that fill a call are stored together with those of the calls after it, as many as are gathered', async () => {
    const edge = full(4 * MAX_LINK_ITEMS + 1);
    const together: number[] = [];
    const receive: ReceiveItems = async (items) => {
      together.push(items.length);
      return acknowledge(items);
    };
    drain(edge, receive, { milliseconds: 0, calls: 3 });
    await expect.poll(() => edge.spool.length).toBe(0);
    expect(together).toEqual([3 * MAX_LINK_ITEMS, MAX_LINK_ITEMS + 1]);
  });

  test('in hand are stored even if the edge goes away while more are asked for', async () => {
    const edge = full(MAX_LINK_ITEMS + 1);
    const { call } = edge;
    edge.call = (request, signal) => {
      if (edge.requests.length === 1) edge.failNext(1);
      return call(request, signal);
    };
    const stored: string[] = [];
    const receive: ReceiveItems = async (items) => {
      stored.push(...items.map(text));
      return acknowledge(items);
    };
    drain(edge, receive, { milliseconds: 0, calls: 3 });
    await expect.poll(() => edge.spool.length).toBe(0);
    expect(stored.toSorted()).toEqual(Array.from({ length: MAX_LINK_ITEMS + 1 }, (_, n) => `${n}`).toSorted());
  });

  test('are not given up while they cannot be stored', async () => {
    const edge = createEdge(['a']);
    let tries = 0;
    drain(edge, async (items) => {
      tries += 1;
      if (tries < 3) throw new Error('the store is away');
      return acknowledge(items);
    });
    await expect.poll(() => edge.spool.length).toBe(0);
    expect(tries).toBe(3);
    expect(edge.requests).toHaveLength(2);
  });

  test('are acknowledged again when the edge did not hear it', async () => {
    const edge = createEdge(['a']);
    drain(edge, async (items) => {
      edge.failNext(2);
      return acknowledge(items);
    });
    await expect.poll(() => edge.spool.length).toBe(0);
    expect(edge.requests.map(({ answers }) => answers.length)).toEqual([0, 1, 1, 1]);
  });

  test('in hand when the vault stops are finished and acknowledged', async () => {
    const edge = createEdge(['a', 'b', 'c']);
    let go: () => void = () => {};
    const one = drain(edge, async (items) => {
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      return acknowledge(items);
    });
    await expect.poll(() => edge.requests.length).toBe(1);
    const stopped = one.stop();
    go();
    await stopped;
    expect(edge.spool).toHaveLength(1);
    expect(edge.requests.at(-1)).toMatchObject({ want: 0, waitSeconds: 0 });
  });

  test('of another lane are none', async () => {
    const edge = createEdge(['a', 'b']);
    for (const item of edge.spool.slice(0, 1)) item.lane = 'prompt';
    const stored: string[] = [];
    drain(edge, async (items) => {
      stored.push(...items.map(text));
      return acknowledge(items);
    });
    await expect.poll(() => stored).toEqual(['b']);
    await expect.poll(() => edge.requests.length).toBeGreaterThan(1);
  });
});
