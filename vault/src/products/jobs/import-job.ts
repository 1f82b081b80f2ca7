/**
 * `serials.import`: serials sold before this platform, from a file that was sent up. Either every row that was not refused counts in
 * the end, or none: the batches are written last. Going on after a pause reads the file again up to where the last step ended.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { type CsvRow, CsvUnreadable, delimiterOf, readCsvStream } from '../../platform/csv/csv-rows.ts';
import type { VaultDatabase } from '../../platform/database.ts';
import { isoDay } from '../../platform/day.ts';
import type { JobFile } from '../../platform/jobs/files.ts';
import { type JobKind, JobProblem, type RunningJob } from '../../platform/jobs/job-kind.ts';
import type { Services } from '../../platform/services.ts';
import { SerialRunRefused } from '../generate-serials.ts';
import { type Expectations, expectedOf, findColumns } from '../import-expectations.ts';
import { type Columns, type ReadableRow, type RefusedRow, readImportRow } from '../import-row.ts';
import { MAX_IMPORT_ROWS } from '../import-serials.ts';
import { productTitle } from '../products-sold.ts';
import { serialIndex } from '../recognise-serial.ts';
import { REPORT_HEAD, reportLine } from '../refused-rows.ts';
import { addBatch, addSerials, findStored, removeUnfinished, stepAlone } from './stored-serials.ts';

export const IMPORT = 'serials.import';
const STEP = 5_000;

export const importParameters = z.strictObject({
  file: z.uuid(),
  suite: z.string().max(40),
  edition: z.string().max(40).nullable(),
  column: z.string().trim().min(1).max(80),
  dryRun: z.boolean(),
  skipRefused: z.boolean(),
  note: z.string().trim().max(200),
});
type Parameters = z.output<typeof importParameters>;

const memorySchema = z.strictObject({
  rows: z.int(),
  fresh: z.int(),
  alreadyStored: z.int(),
  refused: z.int(),
  /** By edition. */
  batches: z.record(z.string(), z.strictObject({ id: z.uuid(), serials: z.int() })),
  report: z.uuid().nullable(),
  pieces: z.int(),
});
type Memory = z.output<typeof memorySchema>;

const NOTHING: Memory = { rows: 0, fresh: 0, alreadyStored: 0, refused: 0, batches: {}, report: null, pieces: 0 };
const memoryOf = (job: Pick<RunningJob, 'memory'>): Memory => memorySchema.parse(job.memory ?? NOTHING);

const resultSchema = z.strictObject({
  rows: z.int(),
  fresh: z.int(),
  alreadyStored: z.int(),
  refused: z.int(),
  stored: z.boolean(),
});

/** Rows read since the last step. */
interface Taken {
  rows: number;
  readable: ReadableRow[];
  refused: RefusedRow[];
  bytes: number;
}

export function createImportJob(services: Services): JobKind {
  const { config, db, keyring, clock } = services;

  async function settle(job: RunningJob, asked: Parameters, taken: Taken): Promise<void> {
    const memory = structuredClone(memoryOf(job));
    await stepAlone(job, async (tx) => {
      const refused = [...taken.refused];
      const fresh = await sortOut(tx, asked, taken.readable, refused, memory);
      // Once it is clear that nothing will be stored, the rest is only looked at.
      const storing = !asked.dryRun && (asked.skipRefused || memory.refused + refused.length === 0);
      for (const [edition, indexes] of fresh) {
        const batch = memory.batches[edition] ?? { id: randomUUID(), serials: 0 };
        memory.batches[edition] = { id: batch.id, serials: batch.serials + indexes.length };
        if (storing) await addSerials(tx, batch.id, indexes);
        memory.fresh += indexes.length;
      }
      memory.rows += taken.rows;
      memory.refused += refused.length;
      await report(tx, job, memory, refused);
      return { done: taken.bytes, memory };
    });
  }

  /** Returns the new ones by edition, and adds to `refused` what is stored for another product. */
  async function sortOut(
    tx: VaultDatabase,
    { suite }: Parameters,
    rows: readonly ReadableRow[],
    refused: RefusedRow[],
    memory: Memory,
  ): Promise<Map<string, Buffer[]>> {
    const indexes = rows.map(({ serial }) => serialIndex(keyring, serial));
    const stored = await findStored(tx, indexes);
    const fresh = new Map<string, Buffer[]>();
    for (const [at, row] of rows.entries()) {
      const known = stored.get(at);
      const index = indexes[at];
      if (known === undefined && index) fresh.set(row.edition, [...(fresh.get(row.edition) ?? []), index]);
      else if (known?.product === suite && known.edition === row.edition) memory.alreadyStored += 1;
      else refused.push({ line: row.line, what: row.what, why: known ? 'of another product' : 'of an unfinished run' });
    }
    return fresh;
  }

  async function report(
    tx: VaultDatabase,
    job: RunningJob,
    memory: Memory,
    refused: readonly RefusedRow[],
  ): Promise<void> {
    if (refused.length === 0) return;
    const file = memory.report ? await job.files.find(tx, memory.report) : await createReport(tx, job);
    if (!file) throw new JobProblem('file_gone', '');
    const head = memory.report ? '' : REPORT_HEAD;
    await job.files.write(tx, file, memory.pieces, Buffer.from(head + refused.map(reportLine).join('')));
    memory.report = file.id;
    memory.pieces += 1;
  }

  const createReport = (tx: VaultDatabase, job: RunningJob): Promise<JobFile> =>
    job.files.create(tx, {
      jobId: job.id,
      role: 'result',
      askedBy: job.askedBy,
      name: `refused-rows-${job.id.slice(0, 8)}.csv`,
      mediaType: 'text/csv; charset=utf-8',
      expectedBytes: null,
    });

  async function read(job: RunningJob, asked: Parameters, expected: Expectations): Promise<void> {
    const seen = new Set<string>();
    const before = memoryOf(job).rows;
    let columns: Columns | null = null;
    let row = 0;
    let taken: Taken = { rows: 0, readable: [], refused: [], bytes: 0 };
    const naming = {
      suite: asked.suite,
      column: asked.column,
      file: 'The file',
      ...(asked.edition && { edition: asked.edition }),
    };
    for await (const one of rowsOf(job, asked.file)) {
      if (columns === null) {
        columns = findColumns(one, naming);
        continue;
      }
      row += 1;
      if (row > MAX_IMPORT_ROWS) {
        throw new SerialRunRefused(`The file has more than ${MAX_IMPORT_ROWS.toLocaleString('en')} rows; split it.`);
      }
      const told = readImportRow(one, columns, expected);
      const repeated = !('why' in told) && seen.has(told.serial);
      if (!('why' in told)) seen.add(told.serial);
      if (row <= before) continue;
      taken.rows += 1;
      taken.bytes = one.bytes;
      if ('why' in told) taken.refused.push(told);
      else if (repeated) taken.refused.push({ line: told.line, what: told.what, why: 'repeated' });
      else taken.readable.push(told);
      if (taken.rows === STEP) {
        await settle(job, asked, taken);
        taken = { rows: 0, readable: [], refused: [], bytes: one.bytes };
      }
    }
    if (columns === null) throw new CsvUnreadable('The file is empty.');
    if (taken.rows > 0) await settle(job, asked, taken);
  }

  async function* rowsOf(job: RunningJob, fileId: string): AsyncGenerator<CsvRow> {
    const file = await job.files.find(db, fileId);
    if (!file?.complete) throw new JobProblem('file_gone', '');
    const pieces = job.files.read(file);
    const first = await pieces.next();
    const head = first.value ?? Buffer.alloc(0);
    async function* whole() {
      yield head;
      yield* pieces;
    }
    yield* readCsvStream(Readable.from(whole(), { objectMode: false }), { delimiter: delimiterOf(head) });
  }

  return {
    kind: IMPORT,
    permissions: { see: 'serials:read', steer: 'serials:write' },

    tell({ parameters, memory, result }) {
      const { suite, edition, dryRun, skipRefused, note, column, file } = importParameters.parse(parameters);
      const title = edition === null ? suite : productTitle(config, suite, edition);
      const { rows, fresh, alreadyStored, refused } = memoryOf({ memory });
      const sofar = { rows, fresh, alreadyStored, refused };
      return {
        about: { title, dryRun, skipRefused, note, column, file, suite, edition },
        figures: result ? resultSchema.parse(result) : sofar,
      };
    },

    async run(job) {
      const asked = importParameters.parse(job.parameters);
      const { suite, edition } = asked;
      try {
        const expected = expectedOf(config, { suite, file: '', ...(edition !== null && { edition }) });
        await read(job, asked, expected);
      } catch (error) {
        if (error instanceof CsvUnreadable) throw new JobProblem('file_unreadable', error.message, { cause: error });
        if (error instanceof SerialRunRefused) throw new JobProblem('refused', error.message, { cause: error });
        throw error;
      }
      await job.finish(async (tx) => {
        const { rows, fresh, alreadyStored, refused, batches } = memoryOf(job);
        const stored = !asked.dryRun && fresh > 0 && (refused === 0 || asked.skipRefused);
        const day = isoDay(clock());
        for (const [name, { id, serials }] of Object.entries(batches)) {
          const batch = {
            id,
            kind: 'legacy' as const,
            product: suite,
            edition: name,
            keyId: null,
            serials,
            note: asked.note,
            day,
          };
          if (stored && serials > 0) await addBatch(tx, batch);
          else if (!asked.dryRun) await removeUnfinished(tx, [id]);
        }
        if (stored) await job.files.remove(tx, asked.file);
        return { rows, fresh, alreadyStored, refused, stored };
      });
    },

    undo: (tx, job) =>
      removeUnfinished(
        tx,
        Object.values(memoryOf(job).batches).map(({ id }) => id),
      ),
  };
}
