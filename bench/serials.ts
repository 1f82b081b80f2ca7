/**
 * A million serials, generated and stored on a durable PostgreSQL, beside a plain COPY of as many random rows into the same
 * kind of table. The promise: under two minutes on two cores.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { loadConfig } from '@avow/config/config';
import { startPostgres } from '@avow/engines/postgres';
import { openKeyringDatabase } from '@avow/vault/platform/database';
import { openKeyring } from '@avow/vault/platform/keys/keyring';
import { loadOrCreateMasterKey } from '@avow/vault/platform/keys/master-key';
import { prepareVault } from '@avow/vault/prepare';
import { copyRows } from '@avow/vault/products/copy-rows';
import { generateSerials } from '@avow/vault/products/generate-serials';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { recordResult } from './record-result.ts';

const COUNT = Number(process.env.SERIALS ?? 1_000_000);
const CHUNK = 10_000;
const LIMIT_SECONDS = 120;

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function copyRandomRows(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE random_rows (serial_index bytea PRIMARY KEY, batch_id uuid NOT NULL)');
  await client.query('BEGIN');
  for (let done = 0; done < COUNT; done += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, COUNT - done) }, () => [randomBytes(32), randomBytes(16)]);
    const copy = client.query(copyFrom('COPY random_rows FROM STDIN (FORMAT binary)'));
    copy.end(copyRows(rows));
    await finished(copy);
  }
  await client.query('COMMIT');
  await client.end();
}

const folder = await mkdtemp(join(tmpdir(), 'avow-bench-'));
const postgres = await startPostgres({
  dir: join(folder, 'postgres'),
  roles: [
    { name: 'vault', database: 'vault' },
    { name: 'keyring', database: 'keyring' },
  ],
});
try {
  const { vault: vaultUrl = '', keyring: keyringUrl = '' } = postgres.urls;
  const keysDir = join(folder, 'keys');
  await prepareVault({ keysDir, rootKeyFile: join(folder, 'root.key'), vaultUrl, keyringUrl });
  const keyringDb = openKeyringDatabase(keyringUrl, 1);
  const keyring = await openKeyring({ db: keyringDb, masterKey: await loadOrCreateMasterKey(keysDir) });
  const config = await loadConfig(join(import.meta.dirname, '..', 'examples', 'vendor', 'avow.config.ts'));

  const plain = await secondsOf(() => copyRandomRows(vaultUrl));
  const file = join(folder, 'serials.txt');
  const batch = { suite: 'nordlicht-suite', edition: 'studio', count: COUNT, kind: 'unit', file } as const;
  const first = await secondsOf(() => generateSerials({ config, keyring, vaultUrl }, batch));
  const { size } = await stat(file);
  // The second batch goes into an index that has a million already.
  const second = await secondsOf(() =>
    generateSerials({ config, keyring, vaultUrl }, { ...batch, file: `${file}.second` }),
  );
  await keyringDb.destroy();

  const round = (value: number) => Math.round(value * 100) / 100;
  await recordResult({
    name: 'serials',
    summary: `${COUNT.toLocaleString('en')} serials generated and stored in ${round(first)} s (${Math.round(COUNT / first).toLocaleString('en')}/s); a second batch in ${round(second)} s; plain COPY of as many random rows ${round(plain)} s`,
    ratio: round(plain / first),
    figures: {
      serials: COUNT,
      seconds: round(first),
      perSecond: Math.round(COUNT / first),
      secondBatchSeconds: round(second),
      plainCopySeconds: round(plain),
      fileBytes: size,
    },
  });
  process.stdout.write(`generated ${round(first)} s, second batch ${round(second)} s, plain COPY ${round(plain)} s\n`);
  if (Math.max(first, second) > LIMIT_SECONDS * (COUNT / 1_000_000)) process.exitCode = 1;
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
