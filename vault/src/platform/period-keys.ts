/**
 * Data keys for what belongs to no person's key: answers kept for redelivery, mails to addresses nobody registered. One key a
 * week and purpose; destroying a week's key makes its rows unreadable, in backups too.
 */
import type { VaultDatabase } from './database.ts';
import { addDays, type IsoDay } from './day.ts';
import type { DataKey } from './keys/data-key.ts';
import type { Keyring } from './keys/keyring.ts';

interface PeriodKeysTable {
  purpose: string;
  week: string;
  data_key_id: string;
}

declare module './database.ts' {
  interface VaultTables {
    period_keys: PeriodKeysTable;
  }
}

export interface PeriodKeys {
  /** The key of the week in which `today` (ISO date) lies. */
  current(purpose: string, today: string): Promise<DataKey>;
  /** Destroys the keys of the weeks that ended before `day`. */
  forgetBefore(purpose: string, day: string): Promise<void>;
}

/** The Monday of the week in which `day` lies. */
export function weekOf(day: IsoDay): IsoDay {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

export function openPeriodKeys(db: VaultDatabase, keyring: Keyring): PeriodKeys {
  const known = new Map<string, string>();

  // On a connection of its own, not in the caller's transaction: a rollback must not take back a key others already use.
  async function findOrCreate(purpose: string, week: string): Promise<string> {
    const find = () =>
      db
        .selectFrom('period_keys')
        .select('data_key_id')
        .where('purpose', '=', purpose)
        .where('week', '=', week)
        .executeTakeFirst();
    const found = await find();
    if (found) return found.data_key_id;
    const made = await keyring.createDataKey();
    const inserted = await db
      .insertInto('period_keys')
      .values({ purpose, week, data_key_id: made.id })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) return made.id;
    await keyring.destroyDataKey(made.id);
    const others = await find();
    if (!others) throw new Error('a period key vanished while it was being made');
    return others.data_key_id;
  }

  return {
    async current(purpose, today) {
      const week = weekOf(today);
      const name = `${purpose} ${week}`;
      const id = known.get(name) ?? (await findOrCreate(purpose, week));
      known.set(name, id);
      return keyring.dataKey(id);
    },
    async forgetBefore(purpose, day) {
      const ended = await db
        .selectFrom('period_keys')
        .select('data_key_id')
        .where('purpose', '=', purpose)
        .where('week', '<', addDays(day, -6))
        .execute();
      for (const { data_key_id } of ended) {
        await keyring.destroyDataKey(data_key_id);
        await db.deleteFrom('period_keys').where('data_key_id', '=', data_key_id).execute();
      }
    },
  };
}
