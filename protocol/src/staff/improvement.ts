/**
 * Questions about the Improvement Programme and their answers, as vault and console see them. Every path stands under `/api`. All
 * figures are of finished weeks, carry noise that was drawn once, and stand for at least the operators' threshold.
 */
import type { TableKind } from '../improvement/tables.ts';
import type { Week } from '../improvement/weeks.ts';

/** What there is to ask about. */
export interface ImprovementOverview {
  /** Version of the configuration in force, and of its field list; null: nothing is signed yet. */
  configuration: { version: number; fieldList: number; created: string } | null;
  /** Figures of fewer installations are not shown. */
  threshold: number;
  /** Shares of fewer installations than this are less exact than ±5 %. */
  vagueBelow: number;
  /** Oldest first; `weeks`: finished ones, oldest first. */
  products: { id: string; name: string; applications: { id: string; name: string }[]; weeks: Week[] }[];
  alarms: ImprovementAlarm[];
}

/** The reports of a week jumped: more than five standard deviations. Numbers are rounded. */
export interface ImprovementAlarm {
  week: Week;
  product: string;
  facet: string;
  seen: number;
  usual: number;
  /** ISO date. */
  raised: string;
}

export interface TrendPoint {
  week: Week;
  /** Null: fewer than the threshold. */
  actives: number | null;
  newInstallations: number | null;
  /** Installations that reported at least once in these and the three weeks before: it lies between the two. Null: not four weeks. */
  distinctInFourWeeks: { atLeast: number; atMost: number } | null;
}

export interface ShareRow {
  label: string;
  /** Null: suppressed; fewer than the threshold, or it would tell of others that are. */
  installations: number | null;
  /** 0 to 1, with its 95 % interval (Wilson). Null where suppressed. */
  share: { value: number; low: number; high: number } | null;
}

export interface ShareTable {
  kind: TableKind;
  product: string;
  week: Week;
  /** The operating system or the application that it is about. */
  within: string | null;
  /** What the shares are of. Null: fewer than the threshold. */
  total: number | null;
  /** Too few for shares that are exact to ±5 %. */
  vague: boolean;
  /** All values there are; suppressed ones last. */
  rows: ShareRow[];
  /** The sum of suppressed values: 0, or at least the threshold. */
  other: number;
}

/** How a table's values changed: a line each, over all finished weeks. */
export interface ShareTrend {
  weeks: Week[];
  /** Largest in the last week first. Null: suppressed. */
  series: { label: string; shares: (number | null)[]; installations: (number | null)[] }[];
}

/** How many of those who installed at the same time still report. */
export interface Retention {
  weeks: Week[];
  cohorts: {
    /** A week for its first four weeks, a month, or a year. */
    installed: string;
    /** By `weeks`. Null: suppressed, or not told in this way in that week. */
    installations: (number | null)[];
    /** Of the largest number this cohort had. */
    kept: (number | null)[];
  }[];
}

export interface ImprovementRoutes {
  'GET /improvement': { body: null; answer: ImprovementOverview };
  'GET /improvement/trend': { body: null; query: { product: string }; answer: { points: TrendPoint[] } };
  /** `week` absent: the last finished one. */
  'GET /improvement/table': {
    body: null;
    query: { product: string; kind: TableKind; within?: string | undefined; week?: string | undefined };
    answer: ShareTable;
  };
  'GET /improvement/shares': {
    body: null;
    query: { product: string; kind: TableKind; within?: string | undefined };
    answer: ShareTrend;
  };
  'GET /improvement/retention': { body: null; query: { product: string }; answer: Retention };
}
