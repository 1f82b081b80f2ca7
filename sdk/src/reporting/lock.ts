/** One process at a time freezes and sends. What a dead one left is taken over. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { OWN_FILE } from '../place/home.ts';

/** Longer than any one sending takes; the holder renews it between them. */
const STALE_MS = 3 * 60_000;

export interface Lock {
  renew(): void;
  release(): void;
}

function create(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', OWN_FILE));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** By the file system's own clock, whatever is injected elsewhere. A lock from the future is stale, too. */
function isStale(file: string): boolean {
  const held = statSync(file, { throwIfNoEntry: false });
  return held !== undefined && Math.abs(Date.now() - held.mtimeMs) > STALE_MS;
}

/** Null: another process is at it. Throws as node:fs does. */
export function takeLock(file: string): Lock | null {
  if (!create(file)) {
    if (!isStale(file)) return null;
    const aside = `${file}.${randomBytes(4).toString('hex')}.stale`;
    try {
      renameSync(file, aside);
    } catch {
      return null;
    }
    rmSync(aside, { force: true });
    if (!create(file)) return null;
  }
  // Two that took over the same lock in the same moment send the same nonces, which count once.
  return {
    renew: () => {
      const now = new Date();
      utimesSync(file, now, now);
    },
    release: () => rmSync(file, { force: true }),
  };
}
