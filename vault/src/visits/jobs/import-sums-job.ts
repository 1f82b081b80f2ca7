/**
 * `visits.import`: an export of Plausible or Google Analytics 4 that was sent up. The whole of it is brought in, or nothing: cancelled or
 * failed, the job takes out again what it brought. A step is a thousand rows; going on reads the file again up to where the last one ended.
 */
import type { ClickHouseClient } from '@clickhouse/client';
import { CsvUnreadable } from '../../platform/csv/csv-rows.ts';
import type { VaultDatabase } from '../../platform/database.ts';
import { isTransient } from '../../platform/database-errors.ts';
import { type JobKind, JobProblem, type RunningJob } from '../../platform/jobs/job-kind.ts';
import { readRange } from '../../platform/jobs/read-range.ts';
import type { Services } from '../../platform/services.ts';
import { type ExportFile, type OpenExport, openExportBytes } from '../imported-sums/export-files.ts';
import { VisitsImportProblem } from '../imported-sums/import-problem.ts';
import { importSums } from '../imported-sums/import-sums.ts';
import { SUM_PROGRAMS } from '../imported-sums/programs.ts';
import { removeSumImport } from '../imported-sums/queries.ts';
import { BROKEN_SUMS, type BrokenSum } from '../imported-sums/sum-row.ts';
import {
  figuresOf,
  type ImportMemory,
  importParameters,
  importResult,
  memoryOf,
  type Parameters,
  withReport,
} from './import-memory.ts';

export const IMPORT = 'visits.import';
const REPORT_HEAD = 'file,line,why\r\n';

export function createSumImportJob(
  services: Services,
  clickhouse: ClickHouseClient,
  ready: () => Promise<void>,
): JobKind {
  const { config, db, clock } = services;
  const house = { config, db, clickhouse, clock };

  async function openUpload(job: RunningJob, id: string): Promise<OpenExport> {
    const file = await job.files.find(db, id);
    if (!file?.complete) throw new JobProblem('file_gone', '');
    const { name, expected_bytes: bytes } = file;
    const range = (start: number, end: number) => readRange(job.files, file, start, end);
    return openExportBytes({ name, bytes: bytes ?? 0, range });
  }

  /** Writes the lines into the report, which begins with the first of them. */
  async function report(tx: VaultDatabase, job: RunningJob, memory: ImportMemory, lines: string): Promise<void> {
    if (lines === '') return;
    const known = memory.report && (await job.files.find(tx, memory.report));
    const file =
      known ||
      (await job.files.create(tx, {
        jobId: job.id,
        role: 'result',
        askedBy: job.askedBy,
        name: `unreadable-rows-${job.id.slice(0, 8)}.csv`,
        mediaType: 'text/csv; charset=utf-8',
        expectedBytes: null,
      }));
    await job.files.write(tx, file, memory.now.pieces, Buffer.from(`${known ? '' : REPORT_HEAD}${lines}`));
    memory.report = file.id;
    memory.now.pieces += 1;
  }

  async function bring(job: RunningJob, asked: Parameters, files: readonly ExportFile[], at: number): Promise<void> {
    const file = files[at];
    if (!file) return;
    const [before, after] = [sizeOf(files.slice(0, at)), sizeOf(files.slice(at + 1))];
    const begun = memoryOf(job);
    // A dry run has nothing stored to go on from: the file is looked at anew.
    const base = asked.dryRun ? begun.before : begun.now;
    let lines = '';
    let pieces = base.pieces;
    const reported = await importSums(house, {
      ...asked,
      file,
      onBroken: ({ line, broken }) => {
        lines += brokenLine(file, line, broken);
      },
      commit: (write, { report: sofar, bytes, size, ended }) =>
        job.step(async (tx) => {
          await write(tx);
          const memory = memoryOf(job);
          memory.now = { ...withReport(base, sofar), pieces };
          if (sofar.id !== null && !memory.begun.includes(sofar.id)) memory.begun.push(sofar.id);
          await report(tx, job, memory, lines);
          if (ended) finishFile(memory);
          ({ pieces } = memory.now);
          lines = '';
          // Of what is packed by gzip, the size is known only now.
          return { done: before + (ended ? size : Math.min(bytes, size)), total: before + size + after, memory };
        }),
    });
    if (!reported.repeated) return;
    await job.step(async () => {
      const memory = memoryOf(job);
      memory.now = { ...base, repeated: base.repeated + 1 };
      finishFile(memory);
      return { done: before + file.bytes, total: before + file.bytes + after, memory };
    });
  }

  return {
    kind: IMPORT,
    permissions: { see: 'visits:write', steer: 'visits:write' },

    tell({ parameters, memory, result }) {
      const { site, program, dryRun, file } = importParameters.parse(parameters);
      const website = config.sites.find(({ id }) => id === site)?.name ?? site;
      return {
        about: { title: website, program: SUM_PROGRAMS[program], dryRun, file, site, format: program },
        figures: result ? importResult.parse(result) : figuresOf({ memory }),
      };
    },

    async run(job) {
      const asked = importParameters.parse(job.parameters);
      try {
        await ready();
        const { files, close } = await openUpload(job, asked.file);
        try {
          for (let at = memoryOf(job).files; at < files.length; at += 1) await bring(job, asked, files, at);
        } finally {
          close();
        }
      } catch (error) {
        if (isTransient(error)) throw error;
        if (error instanceof CsvUnreadable) throw new JobProblem('file_unreadable', error.message, { cause: error });
        if (error instanceof VisitsImportProblem) throw new JobProblem('refused', error.message, { cause: error });
        throw error;
      }
      await job.finish(async (tx) => {
        const stored = !asked.dryRun && memoryOf(job).now.sums > 0;
        if (!asked.dryRun) await job.files.remove(tx, asked.file);
        return { ...figuresOf(job), stored };
      });
    },

    async undo(tx, job) {
      for (const id of memoryOf(job).begun) await removeSumImport(tx, clickhouse, id);
    },
  };
}

function finishFile(memory: ImportMemory): void {
  memory.files += 1;
  memory.before = memory.now;
}

const sizeOf = (files: readonly ExportFile[]) => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** The name is the sender's: quoted, and no formula to a spreadsheet. What the row says is not repeated. */
function brokenLine({ name }: ExportFile, line: number, broken: BrokenSum): string {
  const harmless = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
  return `"${harmless.replaceAll('"', '""')}",${line},"${BROKEN_SUMS[broken]}"\r\n`;
}
