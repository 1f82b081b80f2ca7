/** Writes the log's entries: behind the requests, in batches, and never so many that they fill the memory. */
import { sql } from 'kysely';
import type { EdgeDatabase } from '../platform/database.ts';
import { createGroupCommit } from '../platform/group-commit.ts';
import type { DomainResolver } from './domain-resolver.ts';
import { ensurePartitions } from './partitions.ts';
import './tables.ts';

interface Entry {
  domain: string | null;
  address: string;
  at: Date;
}

export interface EntryWriter {
  /** Returns at once. */
  write(address: string, at: Date): void;
  /** Entries that could not be written since the last time this was asked. */
  takeLost(): number;
  /** Resolves when everything so far is on disk or lost. */
  settled(): Promise<void>;
}

const ENTRIES_PER_COMMIT = 1_000;
const MAX_PENDING = 20_000;
/** No partition for the row. */
const NO_PARTITION = '23514';

async function insertEntries(db: EdgeDatabase, entries: readonly Entry[]): Promise<void> {
  await sql`/* accessLog.insertEntries */
    INSERT INTO access_log (domain, address, at)
    SELECT * FROM unnest(
      ${entries.map((entry) => entry.domain)}::text[],
      ${entries.map((entry) => entry.address)}::inet[],
      ${entries.map((entry) => entry.at.toISOString())}::timestamptz[]
    )`.execute(db);
}

export function createEntryWriter(db: EdgeDatabase, resolver: DomainResolver, maxPending = MAX_PENDING): EntryWriter {
  const inserts = createGroupCommit<Entry>(async (entries) => {
    try {
      await insertEntries(db, entries);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === NO_PARTITION)) throw error;
      await ensurePartitions(db, new Date());
      await insertEntries(db, entries);
    }
  }, ENTRIES_PER_COMMIT);
  const pending = new Set<Promise<void>>();
  let lost = 0;

  async function append(address: string, at: Date): Promise<void> {
    try {
      await inserts.write({ domain: await resolver.domainOf(address), address, at });
    } catch {
      lost += 1;
    }
  }

  return {
    write(address, at) {
      if (pending.size >= maxPending) {
        lost += 1;
        return;
      }
      const entry = append(address, at).finally(() => pending.delete(entry));
      pending.add(entry);
    },
    takeLost() {
      const count = lost;
      lost = 0;
      return count;
    },
    async settled() {
      await Promise.all(pending);
    },
  };
}
