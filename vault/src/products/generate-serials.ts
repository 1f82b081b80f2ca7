/** Makes a batch of new serials: a file to print from, and their keyed hashes in the vault. All of them or none. */
import { randomUUID } from 'node:crypto';
import type { AvowConfig } from '@avow/config/config';
import { isoDay } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { SERIAL_KEY_IDS, serialKey } from '../platform/keys/serial-keys.ts';
import { createDraw, drawInSlices, type FreshSerial, replaceStored } from './draw-serials.ts';
import { type EditionSold, findEdition } from './products-sold.ts';
import { type OnProgress, trackProgress } from './progress.ts';
import { createSerialFile, refuseExisting, type SerialFile } from './serial-file.ts';
import { SerialProblem } from './serial-problem.ts';
import { OutcomeUnknown, type SerialStore, writeSerials } from './serial-store.ts';
import { tagKey } from './serial-tag.ts';

export const MAX_BATCH = 10_000_000;
const CHUNK = 10_000;

/** The parts of an open vault that runs of serials work on. */
export interface SerialHouse {
  config: AvowConfig;
  keyring: Keyring;
  vaultUrl: string;
}

export interface GenerateOptions {
  /** Suite and edition ids of the configuration. */
  suite: string;
  edition: string;
  /** 1 to MAX_BATCH. */
  count: number;
  /** `pressed`: printed on a whole run of discs, many people may register it. */
  kind: 'unit' | 'pressed';
  /** Path of the file to write; must not exist. */
  file: string;
  note?: string;
  /** 0 to 15; a new one from time to time limits what a stolen key is good for. */
  keyId?: number;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

export interface GeneratedBatch {
  batchId: string;
  count: number;
  file: string;
}

/** What was asked for cannot be done; the message says why. */
export class SerialRunRefused extends SerialProblem {}

/** What can be told without making anything. Throws SerialRunRefused or SerialFileProblem. */
export async function checkGeneration(config: AvowConfig, options: GenerateOptions): Promise<EditionSold> {
  const sold = checkRequest(config, options);
  await refuseExisting(options.file);
  return sold;
}

function checkRequest(config: AvowConfig, { suite, edition, count, keyId = 0 }: GenerateOptions): EditionSold {
  const sold = findEdition(config, suite, edition);
  if (!sold) throw new SerialRunRefused(`The configuration knows no edition "${edition}" of a suite "${suite}".`);
  if (!Number.isInteger(count) || count < 1 || count > MAX_BATCH) {
    throw new SerialRunRefused(`A batch has 1 to ${MAX_BATCH.toLocaleString('en')} serials.`);
  }
  if (!Number.isInteger(keyId) || keyId < 0 || keyId >= SERIAL_KEY_IDS) {
    throw new SerialRunRefused(`A serial key has a number from 0 to ${SERIAL_KEY_IDS - 1}.`);
  }
  return sold;
}

/** Throws SerialRunRefused, SerialFileProblem, AnotherRun; rejects with the signal's reason when it is aborted. */
export async function generateSerials(house: SerialHouse, options: GenerateOptions): Promise<GeneratedBatch> {
  const { keyring, config } = house;
  const { keyId = 0 } = options;
  const sold = checkRequest(config, options);
  const draw = createDraw({ keyring, sold, keyId, key: tagKey(await serialKey(keyring, keyId)) });
  const file = await createSerialFile(options.file);
  const batchId = randomUUID();
  try {
    await writeSerials(house.vaultUrl, async (store) => {
      const { kind, suite, edition, count, note = '' } = options;
      const day = isoDay(new Date());
      await store.addBatch({ id: batchId, kind, product: suite, edition, keyId, serials: count, note, day });
      const progress = trackProgress(count, options.onProgress);
      // While PostgreSQL stores one chunk, the next is drawn.
      let storing: Promise<unknown> = Promise.resolve();
      for (let drawn = 0; drawn < count; drawn += CHUNK) {
        options.signal?.throwIfAborted();
        const chunk = await drawInSlices(draw, Math.min(CHUNK, count - drawn));
        await storing;
        progress(drawn);
        storing = storeChunk(store, batchId, file, await replaceStored(store, draw, chunk));
        // Its failure is met at the next turn; until then it is not unheard.
        storing.catch(() => {});
      }
      await storing;
      progress(count);
      await file.flush();
      options.signal?.throwIfAborted();
      return 'commit';
    });
  } catch (error) {
    // Where nobody knows whether the batch is stored, its only list must not be thrown away.
    if (error instanceof OutcomeUnknown) {
      throw new OutcomeUnknown(
        `${error.message} The serials are in ${file.partial}; look one up with "avow serials check".`,
        {
          cause: error,
        },
      );
    }
    await file.discard();
    throw error;
  }
  await file.finish();
  return { batchId, count: options.count, file: options.file };
}

async function storeChunk(
  store: SerialStore,
  batchId: string,
  file: SerialFile,
  chunk: readonly FreshSerial[],
): Promise<void> {
  const indexes = chunk.map(({ index }) => index);
  await Promise.all([store.addSerials(batchId, indexes), file.write(chunk.map(({ printed }) => printed))]);
}
