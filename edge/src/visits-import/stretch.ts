/** What came of a stretch of rows, and the batches it goes into the spool as. */
import { zstdCompressSync } from 'node:zlib';
import {
  type DropCount,
  type DropReason,
  MAX_VISIT_BATCH_BYTES,
  type QuietView,
  type VisitBatch,
  type VisitEvent,
} from '@avow/protocol/visits';
import type { NewItem } from '../spool/spool.ts';
import { derivedUuid } from './identity.ts';

/** Room for the drops and quiet views that go with the first batch. */
const MAX_BYTES = MAX_VISIT_BATCH_BYTES - 256 * 1024;

export interface Stretch {
  events: VisitEvent[];
  drops: Map<string, DropCount>;
  quiet: QuietView[];
  /** Line of the last row in it. */
  to: number;
  rows: number;
}

export function emptyStretch(to: number): Stretch {
  return { events: [], drops: new Map(), quiet: [], to, rows: 0 };
}

export function countDrop(stretch: Stretch, at: { hour: number; day: string }, site: string, reason: DropReason): void {
  const key = `${at.hour} ${reason}`;
  const count = stretch.drops.get(key);
  if (count) count.count += 1;
  else stretch.drops.set(key, { ...at, site, reason, count: 1 });
}

/** The ids follow from the import and the place in the file. Bodies are compressed: names repeat in every event. */
export function batchesOf(importId: string, from: number, stretch: Stretch): NewItem[] {
  const { events, quiet } = stretch;
  const drops = [...stretch.drops.values()];
  if (events.length + drops.length + quiet.length === 0) return [];
  const items: NewItem[] = [];
  const add = (part: VisitEvent[], name: string): void => {
    const first = items.length === 0;
    const batch: VisitBatch = {
      version: 1,
      events: part,
      minutes: [],
      active: [],
      drops: first ? drops : [],
      quiet: first ? quiet : [],
    };
    const json = Buffer.from(JSON.stringify(batch));
    if (json.length > MAX_BYTES && part.length > 1) {
      const half = part.length >> 1;
      add(part.slice(0, half), `${name}0`);
      add(part.slice(half), `${name}1`);
      return;
    }
    items.push({ id: derivedUuid(importId, from, stretch.to, name), lane: 'visits', body: zstdCompressSync(json) });
  };
  add(events, '');
  return items;
}
