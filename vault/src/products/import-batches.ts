/** Stores the rows of an import in one batch for each edition that occurs. */
import { randomUUID } from 'node:crypto';
import { isoDay } from '../platform/day.ts';
import type { SerialHouse } from './generate-serials.ts';
import type { ReadableRow, RefusedRow } from './import-row.ts';
import type { ImportOptions } from './import-serials.ts';
import { serialIndex } from './recognise-serial.ts';
import type { SerialStore } from './serial-store.ts';

export interface ImportBatches {
  /** Adds what is not stored yet; refuses what is stored for another product. */
  add(rows: readonly ReadableRow[], refuse: (row: RefusedRow) => void): Promise<{ fresh: number; stored: number }>;
  /** Makes the added serials count. */
  close(): Promise<void>;
}

export function createImportBatches(
  { keyring }: SerialHouse,
  store: SerialStore,
  options: ImportOptions,
): ImportBatches {
  const { suite, note = '', dryRun = false } = options;
  const batches = new Map<string, { id: string; serials: number }>();

  async function addFresh(edition: string, indexes: readonly Buffer[]): Promise<void> {
    const batch = batches.get(edition) ?? { id: randomUUID(), serials: 0 };
    batches.set(edition, batch);
    batch.serials += indexes.length;
    if (!dryRun) await store.addSerials(batch.id, indexes);
  }

  return {
    async add(rows, refuse) {
      const indexed = rows.map((row) => ({ row, index: serialIndex(keyring, row.serial) }));
      const stored = await store.findStored(indexed.map(({ index }) => index));
      const fresh = indexed.filter((_, at) => !stored.has(at));
      for (const [edition, serials] of Map.groupBy(fresh, ({ row }) => row.edition)) {
        await addFresh(
          edition,
          serials.map(({ index }) => index),
        );
      }
      let refused = 0;
      for (const [at, known] of stored) {
        const row = rows[at];
        if (!row || (known?.product === suite && known.edition === row.edition)) continue;
        refused += 1;
        refuse({ line: row.line, what: row.what, why: known ? 'of another product' : 'of an unfinished run' });
      }
      return { fresh: fresh.length, stored: stored.size - refused };
    },

    async close() {
      const day = isoDay(new Date());
      for (const [edition, { id, serials }] of batches) {
        await store.addBatch({ id, kind: 'legacy', product: suite, edition, keyId: null, serials, note, day });
      }
    },
  };
}
