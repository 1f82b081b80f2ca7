/** `visits.export`: the events of a period as they are stored, in a file. A step is a day; a job that goes on begins the day in hand anew. */
import { buffer } from 'node:stream/consumers';
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { addDays, daysBetween } from '../../platform/day.ts';
import { type JobKind, JobProblem, type RunningJob } from '../../platform/jobs/job-kind.ts';
import type { Services } from '../../platform/services.ts';
import { countEvents, exportEvents } from '../export-events.ts';

const MOST_BYTES = 2 * 1024 ** 3;
const PIECE_BYTES = 4 * 1024 ** 2;

export const exportParameters = z.strictObject({
  /** Null: all. */
  site: z.string().max(40).nullable(),
  from: z.iso.date(),
  to: z.iso.date(),
  format: z.enum(['csv', 'json']),
});
type Parameters = z.output<typeof exportParameters>;

const memorySchema = z.strictObject({
  file: z.uuid(),
  days: z.int(),
  events: z.int(),
  bytes: z.int(),
  pieces: z.int(),
});
type Memory = z.output<typeof memorySchema>;

const resultSchema = z.strictObject({ events: z.int() });

export function createExportJob(
  { config }: Services,
  clickhouse: ClickHouseClient,
  ready: () => Promise<void>,
): JobKind {
  async function begin(job: RunningJob, { site, from, to, format }: Parameters, total: number): Promise<void> {
    await job.step(async (tx) => {
      const { id: file } = await job.files.create(tx, {
        jobId: job.id,
        role: 'result',
        askedBy: job.askedBy,
        name: `events-${site ?? 'all'}-${from}-${to}.${format === 'csv' ? 'csv' : 'ndjson'}`,
        mediaType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
        expectedBytes: null,
      });
      const memory: Memory = { file, days: 0, events: 0, bytes: 0, pieces: 0 };
      return { done: 0, total, memory };
    });
  }

  async function writeDay(job: RunningJob, { site, from, format }: Parameters, total: number): Promise<void> {
    const memory = memorySchema.parse(job.memory);
    const day = addDays(from, memory.days);
    const sites = site === null ? config.sites.map(({ id }) => id) : [site];
    const wanted = { sites, from: day, to: day, format, headless: memory.days > 0 };
    // Read before the step: while that is open, nobody can pause the job.
    const content = await buffer(await exportEvents(clickhouse, wanted));
    memory.events += await countEvents(clickhouse, wanted);
    memory.bytes += content.length;
    memory.days += 1;
    if (memory.bytes > MOST_BYTES) {
      throw new JobProblem(
        'refused',
        'The events come to more than 2 GiB. Ask for fewer days, or use `avow visits export`.',
      );
    }
    await job.step(async (tx) => {
      const file = await job.files.find(tx, memory.file);
      if (!file) throw new JobProblem('file_gone', '');
      for (let at = 0; at < content.length; at += PIECE_BYTES) {
        await job.files.write(tx, file, memory.pieces, content.subarray(at, at + PIECE_BYTES));
        memory.pieces += 1;
      }
      return { done: memory.days, total, memory };
    });
  }

  return {
    kind: 'visits.export',
    permissions: { see: 'visits:export', steer: 'visits:export' },

    tell({ parameters, memory, result }) {
      const { site, from, to, format } = exportParameters.parse(parameters);
      const website = config.sites.find(({ id }) => id === site)?.name ?? site ?? config.vendor.name;
      const { events } = memory ? memorySchema.parse(memory) : { events: 0 };
      return {
        about: { title: website, from, to, format: format === 'csv' ? 'CSV' : 'NDJSON' },
        figures: result ? resultSchema.parse(result) : { events },
      };
    },

    async run(job) {
      const asked = exportParameters.parse(job.parameters);
      const total = daysBetween(asked.from, asked.to) + 1;
      await ready();
      if (!job.memory) await begin(job, asked, total);
      while (memorySchema.parse(job.memory).days < total) await writeDay(job, asked, total);
      const { file, events } = memorySchema.parse(job.memory);
      await job.finish(async (tx) => {
        if (!(await job.files.find(tx, file))) throw new JobProblem('file_gone', '');
        return { events };
      });
    },

    // Its file goes with every job that does not end well.
    undo: async () => {},
  };
}
