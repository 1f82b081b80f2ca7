/** A whole house for one test file: real engines, real programs, its own data folder and free ports, gone afterwards. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type House, startHouse } from '@avow/cli/house/start-house';
import { loadConfig } from '@avow/config/config';

export const CONFIG = fileURLToPath(new URL('../examples/vendor/avow.config.ts', import.meta.url));

export interface TestHouse extends House {
  dataDir: string;
  /** The authority of every inner request. */
  vaultName: string;
  /** Every line the two programs wrote. */
  log: string[];
  /** Stops everything and removes the data folder. */
  remove(): Promise<void>;
}

export async function startTestHouse(env: Record<string, string> = {}, configFile = CONFIG): Promise<TestHouse> {
  const dataDir = await mkdtemp(join(tmpdir(), 'avow-flow-'));
  // As root, PostgreSQL runs as a user of its own, who has to get into the folder.
  await chmod(dataDir, 0o711);
  const log: string[] = [];
  const config = await loadConfig(configFile);
  const house = await startHouse({
    config,
    configFile,
    dataDir,
    parts: ['edge', 'vault'],
    edgePort: 0,
    vaultPort: 0,
    env: { AVOW_RATE_LIMITS: 'off', ...env },
    onLog: (source, line) => log.push(`${source} ${line}`),
  }).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  return Object.assign(house, {
    dataDir,
    vaultName: config.vendor.vaultName,
    log,
    async remove() {
      await house.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  });
}
