/** How full the spool and its disk are. Measured now and then, and counted along in between, so that asking costs nothing. */
import { statfs } from 'node:fs/promises';
import type { EdgeDatabase } from '../platform/database.ts';
import { measureSpool } from './queries.ts';

export interface StorageMarks {
  /** Bytes that the spool may hold. */
  spoolMaxBytes: number;
  /** Bytes that have to stay free on the disk. */
  diskMinFreeBytes: number;
  /** A folder on that disk. */
  diskFolder: string;
}

export interface Gauge {
  /** Counts the bytes in and says true, or says false: a mark is reached. */
  admit(bytes: number): Promise<boolean>;
  /** The admitted bytes did not get in after all. */
  takeBack(bytes: number): void;
  countItems(change: number): void;
  /** Unanswered items. */
  items(): Promise<number>;
  /** Days since the oldest of those came that can be taken, as of the last look. */
  oldestDays(): number;
}

/** A refusal is always based on a fresh look; an admission on one that is a little older, plus all that was admitted since. */
const FRESH_MS = 1_000;
const USABLE_MS = 10_000;

export function createGauge(db: EdgeDatabase, marks: StorageMarks, clock: () => number = Date.now): Gauge {
  let seen = { items: 0, bytes: 0, oldestDays: 0, diskFree: 0 };
  let at = Number.NEGATIVE_INFINITY;
  let bytesSince = 0;
  let itemsSince = 0;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const before = { bytes: bytesSince, items: itemsSince };
    const [spool, disk] = await Promise.all([measureSpool(db), statfs(marks.diskFolder)]);
    seen = { ...spool, oldestDays: spool.oldestDays ?? 0, diskFree: disk.bavail * disk.bsize };
    // What came in during the look may be in both numbers: that errs on the careful side, until the next look.
    bytesSince -= before.bytes;
    itemsSince -= before.items;
    at = clock();
  }

  function lookAgain(): Promise<void> {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function atMostOld(age: number): Promise<void> {
    const now = clock();
    if (now - at > age) {
      if (at === Number.NEGATIVE_INFINITY || age === FRESH_MS) await lookAgain();
      else lookAgain().catch(() => {});
    }
  }

  const fits = (bytes: number) =>
    seen.bytes + bytesSince + bytes <= marks.spoolMaxBytes &&
    seen.diskFree - bytesSince - bytes >= marks.diskMinFreeBytes;

  return {
    async admit(bytes) {
      await atMostOld(USABLE_MS);
      if (!fits(bytes)) await atMostOld(FRESH_MS);
      if (!fits(bytes)) return false;
      bytesSince += bytes;
      return true;
    },
    takeBack(bytes) {
      bytesSince -= bytes;
    },
    countItems(change) {
      itemsSince += change;
    },
    async items() {
      await atMostOld(USABLE_MS);
      return Math.max(0, seen.items + itemsSince);
    },
    oldestDays: () => seen.oldestDays,
  };
}
