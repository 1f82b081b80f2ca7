import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { prepareVault } from './prepare.ts';

const CONFIG = join(import.meta.dirname, '../../examples/vendor/avow.config.ts');
const databases = await Promise.all([createTestDatabase(), createTestDatabase()]);
const [vaultUrl = '', keyringUrl = ''] = databases.map(({ url }) => url);
const folder = await mkdtemp(join(tmpdir(), 'avow-main-'));
let child: ChildProcess | null = null;

const environment = {
  AVOW_CONFIG: CONFIG,
  VAULT_DATABASE_URL: vaultUrl,
  KEYRING_DATABASE_URL: keyringUrl,
  SMTP_URL: 'smtp://127.0.0.1:9',
  AVOW_VAULT_KEYS: join(folder, 'keys'),
  AVOW_VAULT_PORT: '0',
  AVOW_EDGES: 'http://127.0.0.1:9',
};

beforeAll(async () => {
  const keysDir = environment.AVOW_VAULT_KEYS;
  await prepareVault({ keysDir, rootKeyFile: join(folder, 'root.key'), vaultUrl, keyringUrl });
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
});
afterAll(async () => {
  for (const database of databases) await database.drop();
  await rm(folder, { recursive: true });
});

function run(env: Record<string, string>): { process: ChildProcess; log: () => string; firstLine: Promise<string> } {
  const started = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let log = '';
  started.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const firstLine = once(createInterface({ input: started.stdout }), 'line').then(([line]) => String(line));
  firstLine.catch(() => {});
  return { process: started, log: () => log, firstLine };
}

test('it says where it listens, answers there, and stops cleanly', async () => {
  const { process: vault, firstLine, log } = run(environment);
  const { ready, url } = JSON.parse(await firstLine);
  expect(ready).toBe(true);
  const health = await (await fetch(`${url}/health`)).json();
  // No edge listens at that port: that is told, and no reason not to start.
  expect(health).toMatchObject({
    status: 'degraded',
    databases: { vault: 'reachable' },
    links: [{ connected: false }],
  });
  vault.kill('SIGTERM');
  expect(await once(vault, 'exit')).toEqual([0, null]);
  for (const line of log().trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ program: 'vault' });
});

test('it does not start without what it needs, and says what that is', async () => {
  const { SMTP_URL: _, ...incomplete } = environment;
  const { process: vault, log } = run(incomplete);
  expect(await once(vault, 'exit')).toEqual([1, null]);
  expect(log()).toContain('SMTP_URL is not set');
});

test('it does not start on a public address', async () => {
  const file = join(folder, 'public.config.mjs');
  const text = `import config from ${JSON.stringify(CONFIG)}; export default { ...config, vault: { host: '203.0.113.5' } };`;
  await writeFile(file, text);
  const { process: vault, log } = run({ ...environment, AVOW_CONFIG: file });
  expect(await once(vault, 'exit')).toEqual([1, null]);
  expect(log()).toContain('private addresses only');
});
