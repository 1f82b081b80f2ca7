/** `serials.generate`: a batch of new serials, and the file to print from. A step is ten thousand of them. */
import { z } from 'zod';
import { isoDay } from '../../platform/day.ts';
import { type JobKind, JobProblem, type RunningJob } from '../../platform/jobs/job-kind.ts';
import { serialKey } from '../../platform/keys/serial-keys.ts';
import type { Services } from '../../platform/services.ts';
import { createDraw, type Draw, drawInSlices, replaceStored } from '../draw-serials.ts';
import { MAX_BATCH } from '../generate-serials.ts';
import { type EditionSold, findEdition, productTitle } from '../products-sold.ts';
import { tagKey } from '../serial-tag.ts';
import { addBatch, addSerials, findStored, removeUnfinished, stepAlone } from './stored-serials.ts';

export const GENERATE = 'serials.generate';
/** A second's work: what a crash takes back, and how long a pause takes to be heard. */
const STEP = 10_000;

export const generateParameters = z.strictObject({
  suite: z.string().max(40),
  edition: z.string().max(40),
  count: z.int().min(1).max(MAX_BATCH),
  kind: z.enum(['unit', 'pressed']),
  keyId: z.int().min(0).max(15),
  note: z.string().trim().max(200),
});

const memorySchema = z.strictObject({ fileId: z.uuid(), drawn: z.int(), pieces: z.int() });
type Memory = z.output<typeof memorySchema>;

/** The batch has the id of its job, so that a job that runs anew cannot make two. */
export function createGenerateJob(services: Services): JobKind {
  const { config, keyring, clock } = services;

  async function drawFor({ keyId }: { keyId: number }, sold: EditionSold): Promise<Draw> {
    return createDraw({ keyring, sold, keyId, key: tagKey(await serialKey(keyring, keyId)) });
  }

  async function begin(job: RunningJob): Promise<void> {
    await job.step(async (tx) => {
      const { suite, edition } = generateParameters.parse(job.parameters);
      const name = `serials-${suite}-${edition}-${job.id.slice(0, 8)}.txt`;
      const file = await job.files.create(tx, {
        jobId: job.id,
        role: 'result',
        askedBy: job.askedBy,
        name,
        mediaType: 'text/plain; charset=utf-8',
        expectedBytes: null,
      });
      const memory: Memory = { fileId: file.id, drawn: 0, pieces: 0 };
      return { done: 0, memory };
    });
  }

  async function drawSome(job: RunningJob, draw: Draw, count: number): Promise<void> {
    const { fileId, drawn, pieces } = memorySchema.parse(job.memory);
    const chunk = await drawInSlices(draw, Math.min(STEP, count - drawn));
    await stepAlone(job, async (tx) => {
      await replaceStored({ findStored: (indexes) => findStored(tx, indexes) }, draw, chunk);
      const indexes = chunk.map(({ index }) => index);
      await addSerials(tx, job.id, indexes);
      const file = await job.files.find(tx, fileId);
      if (!file) throw new JobProblem('file_gone', '');
      await job.files.write(tx, file, pieces, Buffer.from(chunk.map(({ printed }) => `${printed}\n`).join('')));
      const memory: Memory = { fileId, drawn: drawn + chunk.length, pieces: pieces + 1 };
      return { done: memory.drawn, memory };
    });
  }

  return {
    kind: GENERATE,
    permissions: { see: 'serials:read', steer: 'serials:write' },

    tell({ parameters, result }) {
      const { suite, edition, ...about } = generateParameters.parse(parameters);
      return {
        about: { ...about, title: productTitle(config, suite, edition) },
        figures: result ? { serials: about.count } : {},
      };
    },

    async run(job) {
      const { suite, edition, count, kind, keyId, note } = generateParameters.parse(job.parameters);
      const sold = findEdition(config, suite, edition);
      if (!sold) throw new JobProblem('refused', `${suite} ${edition}`);
      if (!job.memory) await begin(job);
      const draw = await drawFor({ keyId }, sold);
      while (memorySchema.parse(job.memory).drawn < count) await drawSome(job, draw, count);
      await job.finish(async (tx) => {
        const day = isoDay(clock());
        await addBatch(tx, { id: job.id, kind, product: suite, edition, keyId, serials: count, note, day });
        return { batchId: job.id, serials: count };
      });
    },

    undo: (tx, { id }) => removeUnfinished(tx, [id]),
  };
}
