/** Serials of the example suite for a running house, made as the operator makes them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { openKeyringDatabase } from '@avow/vault/platform/database';
import { openKeyring } from '@avow/vault/platform/keys/keyring';
import { loadMasterKey } from '@avow/vault/platform/keys/master-key';
import { generateSerials } from '@avow/vault/products/generate-serials';
import { CONFIG, type TestHouse } from './house.ts';

export async function makeSerials(house: TestHouse, count: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'avow-serials-'));
  const keyringDb = openKeyringDatabase(house.engines.urls.keyringDatabase ?? '', 1);
  try {
    const masterKey = await loadMasterKey(join(house.dataDir, 'vault', 'keys'));
    const keyring = await openKeyring({ db: keyringDb, masterKey });
    const file = join(folder, 'serials.txt');
    await generateSerials(
      { config: await loadConfig(CONFIG), keyring, vaultUrl: house.engines.urls.vaultDatabase ?? '' },
      { suite: 'nordlicht-suite', edition: 'standard', count, kind: 'unit', file },
    );
    return (await readFile(file, 'utf8')).trim().split('\n');
  } finally {
    await keyringDb.destroy();
    await rm(folder, { recursive: true });
  }
}
