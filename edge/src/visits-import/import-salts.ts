/**
 * The salts of an import: one random one, from which each UTC day's follows. It is kept (unlogged) until the import is done, so
 * that an interrupted one goes on with the same visitors, and is destroyed then.
 */
import { randomBytes } from 'node:crypto';
import type { EdgeDatabase } from '../platform/database.ts';
import { derivedKey } from './identity.ts';
import { findSalt, keepSalt } from './queries.ts';

const DAY_MS = 86_400_000;
/** As with the salts of the days: a visit that goes on longer than this after midnight begins anew. */
const SPAN_MS = 3 * 3_600_000;

export interface ImportSalts {
  at(now: number): { today: Buffer; previous: Buffer | null };
  turn(): Promise<void>;
  close(): void;
}

/** `again`: the salt is the one of the run before. */
export async function openImportSalt(db: EdgeDatabase, id: string): Promise<{ salt: Buffer; again: boolean }> {
  const kept = await findSalt(db, id);
  if (kept) return { salt: kept, again: true };
  const salt = randomBytes(32);
  await keepSalt(db, id, salt);
  return { salt, again: false };
}

export function createImportSalts(salt: Buffer): ImportSalts {
  const days = new Map<number, Buffer>();
  const saltOf = (day: number): Buffer => {
    const known = days.get(day);
    if (known) return known;
    const made = derivedKey(salt, `day ${day}`);
    days.set(day, made);
    return made;
  };
  return {
    at(now) {
      const day = Math.floor(now / DAY_MS);
      return { today: saltOf(day), previous: now - day * DAY_MS < SPAN_MS ? saltOf(day - 1) : null };
    },
    turn: async () => {},
    close() {
      for (const made of days.values()) made.fill(0);
      days.clear();
      salt.fill(0);
    },
  };
}
