/**
 * The vault's end of the link to one edge. Two calls are under way at most: one waits for items, the other carries answers as
 * soon as there are any. So an answer never waits for a long poll, and while one batch of answers travels the next one gathers.
 * What nobody waits for has calls of its own (`drain-lane.ts`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SignedKeySet } from '@avow/protocol/key-set';
import {
  type DocumentName,
  type LinkItem,
  type LinkResponse,
  MAX_LINK_ITEMS,
  MAX_LINK_WAIT_SECONDS,
  type PublicDocument,
} from '@avow/protocol/link';
import type { Logger } from 'pino';
import { backOff } from '../platform/back-off.ts';
import { withoutContents } from '../platform/database-errors.ts';
import { drainLane, type ReceiveItems } from './drain-lane.ts';
import type { LinkCall } from './link-call.ts';
import { LinkFailed } from './link-response.ts';
import { createOutgoingAnswers } from './outgoing-answers.ts';
import type { Receive } from './receive.ts';
import { createWorkQueue } from './work-queue.ts';

export interface EdgeLinkState {
  edge: string;
  connected: boolean;
  /** Seconds since the edge last answered a call; null: never. */
  lastAnswerSeconds: number | null;
  /** Items left in the edge's spool when it last answered. */
  spoolDepth: number | null;
  /** Days since the oldest of those came; null: none waited, or it never answered. */
  spoolOldestDays: number | null;
  keySetPublished: number | null;
  /** Items here, and answers not yet confirmed by the edge. */
  inHand: number;
  /** Since a batch of visits was last taken over; null: none was. */
  lastDrainSeconds: number | null;
}

export interface EdgeLink {
  state(): EdgeLinkState;
  /** Tells the edge the set in force, after a rotation. */
  publish(): Promise<void>;
  /** Gives the edge those that it lacks. One that is away gets them later. */
  publishDocuments(documents: readonly PublicDocument[]): Promise<void>;
  /** Takes no more items, finishes those in hand, and hands over their answers if the edge is there. */
  stop(): Promise<void>;
}

export interface KeySets {
  /** The set in force. */
  current(): SignedKeySet;
  /** Oldest first. Each names the one before, so an edge that missed some needs them all. */
  after(version: number): Promise<SignedKeySet[]>;
}

export interface DialOptions {
  edge: string;
  call: LinkCall;
  keySets: KeySets;
  receive: Receive;
  log: Logger;
  /** Items worked on at the same time. */
  concurrency: number;
  /** Without it, batches of visits stay in the spool. */
  receiveVisits?: ReceiveItems | undefined;
  /** Without it, reports stay in the spool. */
  receiveReports?: ReceiveItems | undefined;
}

/** ClickHouse takes as long for one page view as for a thousand. So late, at most, is what it shows of this minute. */
const VISITS_GATHERING = { milliseconds: 400, calls: 8 };
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
/** A long poll for a handful of items would be as dear as one for many. */
const SMALLEST_WANT = MAX_LINK_ITEMS / 4;
/** How long an answer waits for others to travel with, where many items are being worked on. */
const GATHER_MS = 20;
/** How long a stopping vault tries to hand over its last answers. They are stored: the edge asks again after the start. */
const LAST_ANSWERS_MS = 3_000;

function reasonOf(error: unknown): object {
  return error instanceof LinkFailed ? { reason: error.message } : { error: withoutContents(error) };
}

export function dialEdge(options: DialOptions): EdgeLink {
  const { edge, call, keySets, receive, log } = options;
  const queue = createWorkQueue(options.concurrency);
  const outgoing = createOutgoingAnswers();
  /** Ids from the moment they come until their answer is confirmed: an edge that sends one again meanwhile is not obeyed. */
  const inHand = new Set<string>();
  const asking = new AbortController();
  const answering = new AbortController();
  let roomMade: () => void = () => {};
  let connected = false;
  let lastAnswer: number | null = null;
  let spoolDepth: number | null = null;
  let spoolOldestDays: number | null = null;
  let published: number | null = null;
  let documentsThere: Partial<Record<DocumentName, number>> = {};

  function release(id: string): void {
    inHand.delete(id);
    roomMade();
  }

  function take(item: LinkItem): void {
    if (inHand.has(item.id)) return;
    inHand.add(item.id);
    queue.add(async () => {
      try {
        const body = Buffer.from(item.body, 'base64');
        const received = await receive({ id: item.id, body, awaited: item.awaited }, asking.signal);
        if (received) {
          outgoing.add(received.answer);
          return roomMade();
        }
      } catch (error) {
        log.error({ edge, error: withoutContents(error) }, 'an item was left in the spool');
      }
      release(item.id);
    });
  }

  function heard(response: LinkResponse): void {
    if (!connected) log.info({ edge }, 'the edge answers');
    connected = true;
    lastAnswer = performance.now();
    spoolDepth = response.depth;
    spoolOldestDays = response.oldestDays ?? null;
    published = response.keySetVersion;
    documentsThere = response.documents ?? {};
  }

  async function publishDocuments(documents: readonly PublicDocument[]): Promise<void> {
    for (const document of documents) {
      const { name, revision } = document;
      if ((documentsThere[name] ?? 0) >= revision) continue;
      heard(await call({ answers: [], want: 0, waitSeconds: 0, document }, asking.signal));
      if (documentsThere[name] !== revision)
        log.error({ edge, name, revision }, 'the edge does not publish a document');
    }
  }

  /**
   * The set in force goes first, even where the edge has it: it tells the edge that a connection begins, and that whoever had
   * items in hand before may have died with them. Then, one a call, what the edge lacks.
   */
  async function publish(): Promise<void> {
    const current = keySets.current();
    const send = async (keySet: SignedKeySet) =>
      heard(await call({ answers: [], want: 0, waitSeconds: 0, keySet }, asking.signal));
    await send(current);
    if (published === current.version) return;
    for (const keySet of await keySets.after(published ?? 0)) {
      await send(keySet);
      if (published !== keySet.version) break;
    }
    if (published !== current.version) {
      log.error({ edge, ours: current.version, published }, 'the edge does not publish our key set');
    }
  }

  async function askOnce(want: number): Promise<void> {
    if (!connected) await publish();
    const waitSeconds = MAX_LINK_WAIT_SECONDS;
    const response = await call({ answers: [], want, lanes: ['prompt'], waitSeconds }, asking.signal);
    heard(response);
    for (const item of response.items) if (item.lane === 'prompt') take(item);
  }

  async function ask(): Promise<void> {
    for (let failures = 0; !asking.signal.aborted; ) {
      const want = MAX_LINK_ITEMS - inHand.size;
      // While jobs wait here, more of them gather at the edge, and come in one call.
      if (want < SMALLEST_WANT || queue.size > options.concurrency) {
        await new Promise<void>((resolve) => {
          roomMade = resolve;
        });
        continue;
      }
      try {
        await askOnce(want);
        failures = 0;
      } catch (error) {
        if (asking.signal.aborted) return;
        if (connected || failures === 0) log.warn({ edge, ...reasonOf(error) }, 'the edge does not answer');
        connected = false;
        await sleep(backOff(++failures, FIRST_WAIT_MS, LONGEST_WAIT_MS), undefined, { signal: asking.signal }).catch(
          () => {},
        );
      }
    }
  }

  async function handOver(): Promise<void> {
    for (let failures = 0; !answering.signal.aborted; ) {
      await outgoing.waiting();
      // Alone, an answer leaves at once.
      if (outgoing.size < queue.size) await sleep(GATHER_MS, undefined, { signal: answering.signal }).catch(() => {});
      const answers = outgoing.batch();
      if (answers.length === 0) continue;
      try {
        await call({ answers, want: 0, waitSeconds: 0 }, answering.signal);
        outgoing.confirm(answers);
        for (const { id } of answers) release(id);
        failures = 0;
      } catch (error) {
        if (answering.signal.aborted) return;
        if (failures === 0) log.warn({ edge, ...reasonOf(error) }, 'answers could not be handed over');
        const wait = backOff(++failures, FIRST_WAIT_MS, LONGEST_WAIT_MS);
        await sleep(wait, undefined, { signal: answering.signal }).catch(() => {});
      }
    }
  }

  const asked = ask();
  void handOver();
  const { receiveVisits, receiveReports } = options;
  const visits =
    receiveVisits &&
    drainLane({ edge, lane: 'visits', call, receive: receiveVisits, log, gathering: VISITS_GATHERING });
  const reports = receiveReports && drainLane({ edge, lane: 'mixed', call, receive: receiveReports, log });

  return {
    state: () => ({
      edge,
      connected,
      lastAnswerSeconds: lastAnswer === null ? null : Math.round((performance.now() - lastAnswer) / 1000),
      spoolDepth,
      spoolOldestDays,
      keySetPublished: published,
      inHand: inHand.size,
      lastDrainSeconds: visits?.lastDrainSeconds() ?? null,
    }),
    async publish() {
      // An edge that is away is told when it is back.
      if (connected)
        await publish().catch((error: unknown) => log.warn({ edge, ...reasonOf(error) }, 'a key set waits'));
    },
    async publishDocuments(documents) {
      if (!connected) return;
      await publishDocuments(documents).catch((error: unknown) =>
        log.warn({ edge, ...reasonOf(error) }, 'a public document waits'),
      );
    },
    async stop() {
      asking.abort();
      roomMade();
      await Promise.all([asked, visits?.stop(), reports?.stop()]);
      await queue.idle();
      const deadline = performance.now() + LAST_ANSWERS_MS;
      while (outgoing.size > 0 && performance.now() < deadline) await sleep(20);
      answering.abort();
    },
  };
}
