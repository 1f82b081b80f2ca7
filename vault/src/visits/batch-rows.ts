/** What of a batch goes into which table of ClickHouse. Rows of one table and one month make one part: all of a batch or none. */
import type { VisitEvent } from '@avow/protocol/visits';
import type { IsoDay } from '../platform/day.ts';
import type { ReadBatch } from './read-batch.ts';

export type CountTable = 'drop_counts' | 'quiet_views';
export type BatchTable = 'visit_events' | CountTable | 'minute_counts';

/** In the order of EVENT_COLUMNS and so on. */
type Row = unknown[];

export interface MonthRows {
  table: BatchTable;
  columns: readonly string[];
  rows: Row[];
}

const EVENT_KEYS = [
  'id',
  'retried',
  'site',
  'hour',
  'day',
  'visitor',
  'visit',
  'seq',
  'kind',
  'name',
  'path',
  'target',
  'firstInVisit',
  'firstOfPath',
  'firstOfDay',
  'engagedMs',
  'scrollPercent',
  'source',
  'referrer',
  'channel',
  'utmSource',
  'utmMedium',
  'utmCampaign',
  'utmContent',
  'utmTerm',
  'entryPath',
  'country',
  'language',
  'device',
  'browser',
  'browserVersion',
  'os',
  'osVersion',
  'bot',
  'props',
] as const satisfies (keyof VisitEvent)[];

const snakeCase = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const COLUMNS: Record<BatchTable, readonly string[]> = {
  visit_events: [...EVENT_KEYS.map(snakeCase), 'received', 'batch'],
  drop_counts: ['hour', 'day', 'site', 'reason', 'count', 'received', 'batch'],
  quiet_views: ['day', 'site', 'path', 'views', 'received', 'batch'],
  minute_counts: ['minute', 'site', 'path', 'views', 'batch'],
};

const MINUTES_KEPT_SECONDS = 3600;

export interface NumberedBatch {
  id: string;
  content: ReadBatch;
}

/** `received`: UTC day. Minutes of more than an hour ago are of no use to anybody. */
export function rowsOfBatches(batches: readonly NumberedBatch[], now: Date, received: IsoDay): MonthRows[] {
  const groups = new Map<string, MonthRows>();
  const put = (table: BatchTable, month: string, row: Row) => {
    const key = `${table} ${month}`;
    let group = groups.get(key);
    if (!group) {
      group = { table, columns: COLUMNS[table], rows: [] };
      groups.set(key, group);
    }
    group.rows.push(row);
  };
  const oldestMinute = now.getTime() / 1000 - MINUTES_KEPT_SECONDS;
  for (const { id, content } of batches) {
    const { events, drops, quiet, minutes } = content;
    for (const { minute, site, path, views } of minutes) {
      if (minute > oldestMinute) put('minute_counts', '', [minute, site, path, views, id]);
    }
    for (const event of events) {
      put('visit_events', event.day.slice(0, 7), [...EVENT_KEYS.map((key) => event[key]), received, id]);
    }
    for (const { hour, day, site, reason, count } of drops) {
      put('drop_counts', day.slice(0, 7), [hour, day, site, reason, count, received, id]);
    }
    for (const { day, site, path, views } of quiet) {
      put('quiet_views', day.slice(0, 7), [day, site, path, views, received, id]);
    }
  }
  // Minutes first: they expire too soon to be counted later, so they have to be there when all else is.
  return [...groups.values()].sort(
    (one, other) => Number(other.table === 'minute_counts') - Number(one.table === 'minute_counts'),
  );
}
