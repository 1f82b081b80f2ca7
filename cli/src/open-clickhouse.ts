/** Opens the vault's ClickHouse for a command, beside a running house or without one. */
import { attachClickHouse } from '@avow/engines/attach-clickhouse';
import { migrateClickHouse, openClickHouse } from '@avow/vault/platform/clickhouse';
import { clickHouseDir } from './house/engines.ts';
import { dataDir } from './place.ts';
import { type VaultContext, type VaultHandle, withVault } from './vault-handle.ts';

export type ClickHouse = ReturnType<typeof openClickHouse>;

export interface FiguresContext extends VaultContext {
  /** `close` ends an engine that was started for the command. */
  openFigures(): Promise<{ clickhouse: ClickHouse; close(): Promise<void> }>;
}

export async function openFigures(): Promise<{ clickhouse: ClickHouse; close(): Promise<void> }> {
  const given = process.env.CLICKHOUSE_URL;
  const engine = given
    ? { url: given, stop: async () => {} }
    : await attachClickHouse({ dir: clickHouseDir(dataDir()) });
  const clickhouse = openClickHouse(engine.url, (given && process.env.CLICKHOUSE_CLUSTER) || null);
  const close = async (): Promise<void> => {
    await clickhouse.close();
    await engine.stop();
  };
  try {
    await migrateClickHouse(clickhouse);
    return { clickhouse, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Vault and figures together, closed again whatever happens. */
export function withFigures<T>(
  context: FiguresContext,
  work: (house: { vault: VaultHandle; clickhouse: ClickHouse }) => Promise<T>,
): Promise<T> {
  return withVault(context, async (vault) => {
    const { clickhouse, close } = await context.openFigures();
    try {
      return await work({ vault, clickhouse });
    } finally {
      await close();
    }
  });
}
