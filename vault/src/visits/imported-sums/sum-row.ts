/** What one row of another program's export comes to: sums of a day, by one value of one dimension. */
import { keptAddress } from '@avow/protocol/readable-address';
import type { IsoDay } from '../../platform/day.ts';

/** As in the column `dimension` of the roll-ups; `total`: not split; `scroll`: how far all pages were scrolled, where it is told apart. */
export type SumDimension =
  | 'total'
  | 'scroll'
  | 'page'
  | 'entry'
  | 'exit'
  | 'source'
  | 'referrer'
  | 'channel'
  | 'utm_source'
  | 'utm_medium'
  | 'utm_campaign'
  | 'utm_content'
  | 'utm_term'
  | 'country'
  | 'language'
  | 'device'
  | 'browser'
  | 'browser_version'
  | 'os'
  | 'os_version'
  | 'event'
  | 'outbound'
  | 'download'
  | 'not-found'
  | 'form';

export const MEASURES = [
  'views',
  'visits',
  'visitors',
  'events',
  'engaged_ms',
  'visit_starts',
  'bounces',
  'visit_views',
  'visit_engaged_ms',
  'scrolled',
  'scroll_percent',
] as const;
export type Measure = (typeof MEASURES)[number];

export interface SumRow {
  dimension: SumDimension;
  day: IsoDay;
  value: string;
  /** Whole numbers, 0 or more. What is not named is 0. */
  measures: Partial<Record<Measure, number>>;
}

/** Why a row is reported with its line number. */
export const BROKEN_SUMS = {
  'cell count': 'the row has fewer cells than the header',
  'bad date': 'the date cannot be read',
  'bad number': 'a figure is no whole number',
  'in the future': 'the date lies in the future',
} as const;
export type BrokenSum = keyof typeof BROKEN_SUMS;

/** Readable, but nothing that is kept. */
export const SKIPPED_SUMS = {
  'counted here': 'the day was counted by this house itself',
  'imported before': 'another import has the same figures of that day',
  'not collected': "the site's contract does not collect it",
  total: 'a line of totals',
  'too old': 'more than ten years old',
} as const;
export type SkippedSum = keyof typeof SKIPPED_SUMS;

export type ReadRow = SumRow[] | { broken: BrokenSum } | { skipped: SkippedSum };

/** A row's cells by the names in the header, trimmed; empty where there is no such column. */
export type Cells = (column: string) => string;

/** Reads the rows of one table of an export. */
export type ReadSums = (cells: Cells) => ReadRow;

/** `2026-01-31` or `20260131`; null if it is no day. */
export function readDay(text: string): IsoDay | null {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  const iso = `${year}-${month}-${day}`;
  const at = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== iso ? null : iso;
}

/** A figure of 0 or more; an empty cell is 0. Null if it is no number. */
export function readFigure(text: string): number | null {
  if (text === '') return 0;
  if (!/^\d{1,15}(\.\d+)?(E[+-]?\d{1,2})?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(Math.round(value)) ? value : null;
}

const LONGEST_VALUE = 500;

/** One line, well formed, at most 500 characters. */
export function plainValue(text: string): string {
  return text
    .slice(0, LONGEST_VALUE)
    .toWellFormed()
    .replace(/\p{C}+/gu, ' ')
    .trim();
}

const MAIL_IN_SEGMENT = /[^/]*(?:@|%40)[^/]*/gi;

/** Without query and fragment; a segment that holds an e-mail address becomes `:mail`, as where page views are collected. */
export function plainPath(text: string): string {
  const path = text.replace(/[?#].*$/s, '').replace(/;[^/]*/g, '');
  return plainValue(keptAddress((path.startsWith('/') ? path : `/${path}`).replace(MAIL_IN_SEGMENT, ':mail')));
}

/** Host and path of an address that may come without its scheme. */
export function plainAddress(text: string): string {
  const bare = text.replace(/^[a-z]+:\/\//i, '').replace(/^www\./i, '');
  const [host = '', ...path] = bare.replace(/[?#].*$/s, '').split('/');
  const rest = path.length > 0 ? plainPath(path.join('/')) : '/';
  return plainValue(host === '' ? '' : `${host.toLowerCase().replace(/^.*@/, '')}${rest === '/' ? '' : rest}`);
}
