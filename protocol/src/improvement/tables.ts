/**
 * What is published of a finished week: one table a question. Every number stands for at least `threshold` installations, carries
 * noise that was drawn once, and the tables of a week and product fit together: what is not shown is told as one sum, or not at
 * all, so that no small number follows from others.
 */
import type { Week } from './weeks.ts';

/**
 * `new-installations`: in this week or the one before; a total without rows. `cohorts`: by time of installation. `systems`: families of
 * operating systems; `system-versions`: of one of them (`within`). `applications`: installed ones; they overlap, so there is no
 * `other`. `combinations`: sets of installed applications, joined by `+`. `starts`: of one application (`within`), by bucket.
 */
export const TABLE_KINDS = [
  'new-installations',
  'cohorts',
  'versions',
  'systems',
  'system-versions',
  'countries',
  'applications',
  'combinations',
  'starts',
] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

export interface TableRow {
  label: string;
  installations: number;
}

export interface ImprovementTable {
  kind: TableKind;
  product: string;
  week: Week;
  /** The operating system or the application that the table is about; null: all installations. */
  within: string | null;
  /** Of all rows and `other`; of installations that overlap: of them all. Null: fewer than the threshold. */
  total: number | null;
  /** Largest first; buckets and cohorts in their own order. */
  rows: TableRow[];
  /** Installations with one of the labels that are not shown: 0, or at least the threshold. */
  other: number;
}

/** All tables of one product and week. `actives`: installations that reported; null: fewer than the threshold. */
export interface WeekTables {
  product: string;
  week: Week;
  actives: number | null;
  tables: ImprovementTable[];
}

/** The document `improvement-tables`. */
export interface PublishedTables {
  /** ISO date. */
  published: string;
  threshold: number;
  /** Every number is a multiple of it. */
  roundedTo: number;
  epsilon: number;
  /** Oldest first. */
  weeks: WeekTables[];
}
