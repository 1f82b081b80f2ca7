/** Makes spool items of what was counted: JSON batches (protocol/src/visits.ts), none larger than the vault will read. */
import { constants, zstdCompressSync } from 'node:zlib';
import type { ActiveVisits, DropCount, MinuteCount, QuietView, VisitBatch } from '@avow/protocol/visits';
import type { StorableEvent } from './forget-address.ts';

export type CountedItem =
  /** `now`: for the minute counts, which know no visit. */
  { event: StorableEvent; now: number } | { quiet: QuietView };

/** Batches shrink to a twentieth: less to write, to fsync and to carry than the compression costs. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** Leaves room for the counts: there are at most as many of them as items in a commit. */
const MAX_EVENT_BYTES = 1024 * 1024;

function countMinutes(items: readonly CountedItem[]): MinuteCount[] {
  const counts = new Map<string, MinuteCount>();
  for (const item of items) {
    if (!('event' in item) || item.event.kind !== 'view' || item.event.bot !== '') continue;
    const { site, path } = item.event;
    const minute = Math.floor(item.now / 60_000) * 60;
    const key = `${minute} ${site} ${path}`;
    const known = counts.get(key);
    if (known) known.views += 1;
    else counts.set(key, { minute, site, path, views: 1 });
  }
  return [...counts.values()];
}

function countQuiet(items: readonly CountedItem[]): QuietView[] {
  const counts = new Map<string, QuietView>();
  for (const item of items) {
    if (!('quiet' in item) || item.quiet.views === 0) continue;
    const { day, site, path, views } = item.quiet;
    const key = `${day} ${site} ${path}`;
    const known = counts.get(key);
    if (known) known.views += views;
    else counts.set(key, { day, site, path, views });
  }
  return [...counts.values()];
}

/** The events as JSON texts, in groups of limited size; one empty group if there are none. */
function groupEvents(items: readonly CountedItem[], maxBytes: number): string[][] {
  let group: string[] = [];
  let bytes = 0;
  const groups = [group];
  for (const item of items) {
    if (!('event' in item)) continue;
    const text = JSON.stringify(item.event);
    const length = Buffer.byteLength(text);
    if (group.length > 0 && bytes + length > maxBytes) {
      group = [];
      bytes = 0;
      groups.push(group);
    }
    group.push(text);
    bytes += length;
  }
  return groups;
}

export function buildBatches(
  items: readonly CountedItem[],
  drops: DropCount[],
  active: ActiveVisits[],
  maxBytes = MAX_EVENT_BYTES,
): Uint8Array[] {
  const counts: Omit<VisitBatch, 'version' | 'events'> = {
    minutes: countMinutes(items),
    active,
    drops,
    quiet: countQuiet(items),
  };
  const none: typeof counts = { minutes: [], active: [], drops: [], quiet: [] };
  return groupEvents(items, maxBytes).map((events, n) => {
    const rest = JSON.stringify(n === 0 ? counts : none).slice(1);
    return zstdCompressSync(`{"version":1,"events":[${events.join(',')}],${rest}`, FAST);
  });
}
