/** An import never takes the room that visitors and registrations need: it waits until the vault has fetched what is there. */
import { setTimeout } from 'node:timers/promises';
import type { EdgeDatabase } from '../platform/database.ts';
import { measureSpool } from '../spool/queries.ts';

const SHARE = 0.25;
const PAUSE_MS = 500;

export async function waitForRoom(
  db: EdgeDatabase,
  { spoolMaxBytes, signal, onWaiting }: { spoolMaxBytes: number; signal: AbortSignal; onWaiting: () => void },
): Promise<void> {
  let told = false;
  while ((await measureSpool(db)).bytes > spoolMaxBytes * SHARE) {
    if (!told) onWaiting();
    told = true;
    await setTimeout(PAUSE_MS, undefined, { signal });
  }
}
