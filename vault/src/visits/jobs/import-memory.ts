/** What a job that brings in an export has to know from step to step. */
import { z } from 'zod';
import type { SumImportReport } from '../imported-sums/import-sums.ts';
import type { SkippedSum } from '../imported-sums/sum-row.ts';

export const importParameters = z.strictObject({
  file: z.uuid(),
  program: z.enum(['plausible', 'ga4']),
  site: z.string().max(40),
  dryRun: z.boolean(),
});
export type Parameters = z.output<typeof importParameters>;

export const importResult = z.record(z.string(), z.union([z.int(), z.string(), z.boolean()]));

/** Names of figures, which the console has words for. */
const SKIPPED: Readonly<Record<SkippedSum, string>> = {
  'counted here': 'countedHere',
  'imported before': 'importedBefore',
  'not collected': 'notCollected',
  total: 'totals',
  'too old': 'tooOld',
};

const tally = z.strictObject({
  rows: z.int(),
  sums: z.int(),
  broken: z.int(),
  /** Files that were imported before. */
  repeated: z.int(),
  skipped: z.record(z.string(), z.int()),
  firstDay: z.string(),
  lastDay: z.string(),
  /** Of the report, so far. */
  pieces: z.int(),
});
type Tally = z.output<typeof tally>;

const memorySchema = z.strictObject({
  /** Files that are done. */
  files: z.int(),
  /** As it was when the last of them was done. */
  before: tally,
  now: tally,
  /** Imports that this job began: what it takes out again when it is cancelled. */
  begun: z.array(z.uuid()),
  report: z.uuid().nullable(),
});
export type ImportMemory = z.output<typeof memorySchema>;

const EMPTY: Tally = { rows: 0, sums: 0, broken: 0, repeated: 0, skipped: {}, firstDay: '', lastDay: '', pieces: 0 };
const NOTHING: ImportMemory = { files: 0, before: EMPTY, now: EMPTY, begun: [], report: null };

/** A copy, to change and give to the next step. */
export function memoryOf({ memory }: { memory: object | null }): ImportMemory {
  return memorySchema.parse(structuredClone(memory ?? NOTHING));
}

/** What has come of it so far, for whoever looks at the job. */
export function figuresOf(job: { memory: object | null }): z.output<typeof importResult> {
  const { skipped, firstDay, lastDay, pieces: _, ...figures } = memoryOf(job).now;
  return { ...figures, ...skipped, ...(firstDay !== '' && { firstDay, lastDay }) };
}

/** `base` and what a run has read since. */
export function withReport(base: Tally, report: SumImportReport): Tally {
  const skipped = { ...base.skipped };
  for (const [why, count] of Object.entries(report.skipped)) {
    const name = SKIPPED[why as SkippedSum];
    skipped[name] = (skipped[name] ?? 0) + count;
  }
  const days = [base.firstDay, report.firstDay, base.lastDay, report.lastDay].filter((day) => day !== '').sort();
  return {
    ...base,
    rows: base.rows + report.rows,
    sums: base.sums + report.sums,
    broken: base.broken + report.broken,
    skipped,
    firstDay: days[0] ?? '',
    lastDay: days.at(-1) ?? '',
  };
}
