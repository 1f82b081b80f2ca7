/**
 * The durable spool: what was accepted stays on disk until the vault has acknowledged it. At least once by construction. What
 * the vault has not acknowledged when its lease ends is given out again.
 */
import { setTimeout } from 'node:timers/promises';
import { LANES, type Lane, type LinkAnswer, MAX_LINK_ITEM_BYTES } from '@avow/protocol/link';
import { type EdgeDatabase, isConnectionLost } from '../platform/database.ts';
import { createGroupCommit } from '../platform/group-commit.ts';
import { enterAsClaimant } from './claimant.ts';
import { createGauge, type StorageMarks } from './gauge.ts';
import * as queries from './queries.ts';

export interface NewItem {
  /** Random UUID, made by the caller, who so can wait for the answer before the item can be taken. */
  id: string;
  /** `held`: not to be taken before `releaseHeld`, then in the lane `mixed`. */
  lane: Lane | 'held';
  body: Uint8Array;
}

export interface SpoolItem {
  id: string;
  lane: Lane;
  body: Buffer;
}

export type OpeningRefusal = NonNullable<LinkAnswer['refused']>;
/** What the vault says to an item: the encapsulated response, or why the bytes could not be opened at all. */
export type Answer = { body: Uint8Array } | { refused: OpeningRefusal };
export type SpoolAnswer = { id: string } & Answer;

/** A storage mark is reached, or the disk itself is full: nothing was kept. Becomes 507. */
export class StorageFull extends Error {}

export interface Spool {
  /** Resolves when the item is on disk. Throws StorageFull. */
  put(item: NewItem): Promise<void>;
  /** Everything held can be taken from now on, in random order. Returns how many items that were. */
  releaseHeld(): Promise<number>;
  /** Hands out up to `max` items of these lanes, as many as fit one answer of the link, and leases them to the caller. */
  takeBatch(max: number, options?: TakeOptions): Promise<SpoolItem[]>;
  /** Ends leases early: the items can be taken again at once. */
  giveBack(ids: readonly string[]): Promise<void>;
  /** The vault took from this process is gone, perhaps: leases that run longer than `seconds` are cut to that. */
  shortenLeases(seconds: number): void;
  isLeased(id: string): boolean;
  /** When the next lease ends, in the clock's milliseconds; null without leases. */
  nextLeaseEnd(): number | null;
  /** Done: the items go. Ids that are not there are ignored. */
  acknowledge(ids: readonly string[]): Promise<void>;
  /** Done, and the answer waits to be collected. The first answer stays; ids that are not there are ignored. */
  storeAnswer(answers: readonly SpoolAnswer[]): Promise<void>;
  /** Takes the answer out. `waiting`: not answered yet; `unknown`: no such item, or collected already. */
  collectAnswer(id: string): Promise<Answer | 'waiting' | 'unknown'>;
  /** Items that neither are answered nor in anybody's hands. */
  depth(): Promise<number>;
  /** Days since the oldest of these came, by the calendar and as of seconds ago; null: none waits. */
  oldestDays(): Promise<number | null>;
  /** Forgets uncollected answers and frees what dead processes had claimed. */
  tidy(): Promise<void>;
  /** Gives back all leases. The database stays open. */
  close(): Promise<void>;
}

export interface TakeOptions {
  /** These before others. */
  first?: readonly string[];
  lanes?: readonly Lane[];
  maxBytes?: number;
}

export interface SpoolOptions {
  marks: StorageMarks;
  /**
   * Where to write what a crash of the server may undo: that an item is handed out, or done. It is then handed out again, which
   * the vault is prepared for. Saves each of these a wait for the disk. Absent: as everything else.
   */
  undoable?: EdgeDatabase;
  leaseSeconds?: number;
  /** Answers to reports that wait to be collected; the oldest go first. Nobody needs them, and they must not fill the spool. */
  reportAnswers?: number;
  /** Milliseconds. */
  clock?: () => number;
}

/** A batch of the largest bodies is 32 MB in memory. */
const ITEMS_PER_COMMIT = 256;
const DISK_FULL = '53100';
/** Pauses of 50 ms, doubled up to this: 6.4 s in all. */
const LONGEST_PAUSE_MS = 3_200;

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DISK_FULL;
}

/** A database that starts anew is back within seconds: who sends something need not notice. */
async function outliveRestart(write: () => Promise<void>): Promise<void> {
  for (let pauseMs = 50; ; pauseMs *= 2) {
    try {
      return await write();
    } catch (error) {
      if (!isConnectionLost(error) || pauseMs > LONGEST_PAUSE_MS) throw error;
      await setTimeout(pauseMs);
    }
  }
}

/** Opens the spool in a migrated database and frees what a dead process had claimed. */
export async function openSpool(
  db: EdgeDatabase,
  { marks, undoable = db, leaseSeconds = 60, reportAnswers = 16_384, clock = Date.now }: SpoolOptions,
): Promise<Spool> {
  const claimant = await enterAsClaimant(db);
  await claimant.freeDeadClaims();
  const gauge = createGauge(db, marks, clock);
  const inserts = createGroupCommit<NewItem>(
    (items) => outliveRestart(() => queries.insertItems(db, items)),
    ITEMS_PER_COMMIT,
  );
  const leases = new Map<string, number>();
  const leasedReports = new Set<string>();
  const answeredReports: string[] = [];

  async function giveBack(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await queries.releaseItems(undoable, claimant.number, ids);
    for (const id of ids) {
      leases.delete(id);
      leasedReports.delete(id);
    }
  }

  async function endOldLeases(): Promise<void> {
    const now = clock();
    await giveBack([...leases].filter(([, end]) => end <= now).map(([id]) => id));
  }

  async function claim(wanted: queries.Claim): Promise<SpoolItem[]> {
    const items = await queries.claimItems(undoable, claimant.number, wanted);
    for (const item of items) {
      leases.set(item.id, clock() + leaseSeconds * 1000);
      if (item.lane === 'mixed') leasedReports.add(item.id);
    }
    return items;
  }

  /** What is forgotten with this process goes with its day (`tidy`). */
  async function makeRoomForAnswers(answered: readonly string[]): Promise<void> {
    answeredReports.push(...answered.filter((id) => leasedReports.delete(id)));
    const surplus = answeredReports.splice(0, Math.max(0, answeredReports.length - reportAnswers));
    if (surplus.length > 0) await queries.deleteItems(undoable, surplus);
  }

  const depth = async () => Math.max(0, (await gauge.items()) - leases.size);

  return {
    async put(item) {
      if (!(await gauge.admit(item.body.length))) throw new StorageFull();
      try {
        await inserts.write(item);
      } catch (error) {
        gauge.takeBack(item.body.length);
        throw isDiskFull(error) ? new StorageFull('The disk is full.', { cause: error }) : error;
      }
      gauge.countItems(1);
    },
    async takeBatch(max, { first = [], lanes = LANES, maxBytes = MAX_LINK_ITEM_BYTES } = {}) {
      if (max <= 0) return [];
      await endOldLeases();
      const items: SpoolItem[] = [];
      const claimMore = async (wanted: Pick<queries.Claim, 'lanes' | 'only'>): Promise<void> => {
        const left = maxBytes - items.reduce((bytes, item) => bytes + item.body.length, 0);
        if (items.length < max) items.push(...(await claim({ max: max - items.length, maxBytes: left, ...wanted })));
      };
      if (first.length > 0) await claimMore({ lanes, only: first });
      const inOrder = lanes.filter((lane) => lane !== 'mixed');
      if (inOrder.length > 0) await claimMore({ lanes: inOrder, only: null });
      if (lanes.includes('mixed')) await claimMore({ lanes: ['mixed'], only: null });
      return items;
    },
    releaseHeld: () => queries.releaseHeldItems(db),
    giveBack,
    shortenLeases(seconds) {
      const latest = clock() + seconds * 1000;
      for (const [id, end] of leases) leases.set(id, Math.min(end, latest));
    },
    isLeased: (id) => leases.has(id),
    nextLeaseEnd() {
      let next: number | null = null;
      for (const end of leases.values()) if (next === null || end < next) next = end;
      return next;
    },
    async acknowledge(ids) {
      if (ids.length === 0) return;
      gauge.countItems(-(await queries.deleteItems(undoable, ids)));
      for (const id of ids) {
        leases.delete(id);
        leasedReports.delete(id);
      }
    },
    async storeAnswer(answers) {
      if (answers.length === 0) return;
      gauge.countItems(-(await queries.storeItemAnswers(db, answers)));
      for (const { id } of answers) leases.delete(id);
      await makeRoomForAnswers(answers.map(({ id }) => id));
    },
    async collectAnswer(id) {
      const found = await queries.takeItemAnswer(db, id);
      if (found === null) return 'unknown';
      if (found.answer !== null) return { body: found.answer };
      return found.refused === null ? 'waiting' : { refused: found.refused as OpeningRefusal };
    },
    depth,
    oldestDays: async () => ((await depth()) === 0 ? null : gauge.oldestDays()),
    async tidy() {
      await queries.forgetOldAnswers(db);
      await claimant.freeDeadClaims();
    },
    async close() {
      await inserts.settled();
      await giveBack([...leases.keys()]);
      await claimant.leave();
    },
  };
}
