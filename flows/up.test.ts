/** `avow up` as an operator meets it: refused in one sentence, stopped without a trace, back after kill -9. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONFIG } from './house.ts';

const AVOW = fileURLToPath(import.meta.resolve('@avow/cli/avow'));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-up-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Up {
  child: ChildProcess;
  /** What it wrote so far, both streams. */
  said(): string;
  ended: Promise<number | null>;
}

interface Started {
  env?: Record<string, string>;
  config?: string;
  command?: string[];
}

function up(data: string, { env = {}, config = CONFIG, command = ['up', '--json'] }: Started = {}): Up {
  const args = [AVOW, '--config', config, '--data', data, ...command];
  const ports = { AVOW_EDGE_PORT: '0', AVOW_VAULT_PORT: '0' };
  const child = spawn(process.execPath, args, { env: { ...process.env, ...ports, ...env }, stdio: 'pipe' });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  return { child, said: () => text, ended: once(child, 'exit').then(([code]) => code) };
}

async function ready({ child, said }: Up): Promise<{ edge: string }> {
  while (child.exitCode === null) {
    if (said().includes('"ready":true')) return JSON.parse(said());
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(said());
}

/** Ids of the processes that name the data folder, in their arguments or their environment. */
async function processesOf(data: string): Promise<number[]> {
  const ids = (await readdir('/proc')).map(Number).filter((id) => id > 0 && id !== process.pid);
  const mentions = async (id: number) => {
    const files = ['cmdline', 'environ'].map((file) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => ''));
    return (await Promise.all(files)).some((text) => text.includes(data));
  };
  const found = await Promise.all(ids.map(async (id) => ((await mentions(id)) ? [id] : [])));
  return found.flat();
}

/** What it says when it does not start. */
async function refusal(data: string, options: Started = {}): Promise<string> {
  const refused = up(data, options);
  expect(await refused.ended, refused.said()).toBe(1);
  expect(refused.said(), 'no stack').not.toMatch(/^\s+at /m);
  return refused.said();
}

test('a taken port is told by its number and the name of its setting', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  expect(await refusal(join(folder, 'ports'), { env: { AVOW_EDGE_PORT: port } })).toContain(
    `Another program already listens on 127.0.0.1:${port}. Choose another port: edge.port`,
  );
  expect(await refusal(join(folder, 'ports'), { env: { AVOW_VAULT_PORT: port } })).toContain('vault.port');
  other.close();
});

test('a port that is none is told before anything starts', async () => {
  const data = join(folder, 'ports');
  expect(await refusal(data, { env: { AVOW_EDGE_PORT: 'abc' } })).toContain('"abc" is no port (0 to 65535)');
});

test('a data folder that is a file is told', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  expect(await refusal(file)).toContain('cannot hold the data: it is a file, not a folder');
  expect(await refusal(join(file, 'below'))).toContain('cannot hold the data: a part of the path is a file');
});

test('a command on a folder without a house says so, and makes nothing there', async () => {
  const data = join(folder, 'nothing');
  expect(await refusal(data, { command: ['access-log'] })).toContain(`No edge was ever started in ${data}`);
  expect(await refusal(data, { command: ['keys', 'status'] })).toContain('master.key');
  expect(await readdir(folder)).not.toContain('nothing');
});

test('a mistyped setting is told instead of ignored', async () => {
  const config = join(folder, 'avow.config.ts');
  const text = `import config from ${JSON.stringify(CONFIG)};
    export default { ...config, retentoin: {}, edge: { ...config.edge, trustedProxys: [] }, visits: { retainDays: 3 } };`;
  await writeFile(config, text);
  const said = await refusal(join(folder, 'config'), { config });
  expect(said).toContain('retentoin');
  expect(said).toContain('trustedProxys');
  expect(said).toContain('retainDays');
});

test('Ctrl+C or a closed terminal during the start ends everything too', async () => {
  const data = join(folder, 'early');
  const early = up(data);
  await expect.poll(() => readdir(join(data, 'edge')).catch(() => []), { timeout: 60_000 }).toContain('postgres');
  early.child.kill('SIGINT');
  expect(await early.ended).toBe(0);
  await expect.poll(() => processesOf(data), { timeout: 30_000 }).toEqual([]);

  const unheard = up(data, { command: ['up'] });
  await expect.poll(() => readdir(data), { timeout: 60_000 }).toContain('up.pid');
  // As when its terminal is closed.
  for (const stream of [unheard.child.stdout, unheard.child.stderr]) stream?.destroy();
  unheard.child.kill('SIGHUP');
  expect(await unheard.ended).toBe(0);
  await expect.poll(() => processesOf(data), { timeout: 30_000 }).toEqual([]);
}, 180_000);

test('Ctrl+C ends everything, and kill -9 leaves nothing that the next start cannot take over', async () => {
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o711 });
  const first = up(data);
  const { edge } = await ready(first);
  expect((await fetch(`${edge}/register`)).status).toBe(200);
  expect(await refusal(data)).toContain(`is in use by process ${first.child.pid}`);

  first.child.kill('SIGKILL');
  await first.ended;
  const second = up(data);
  await ready(second);
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
  await expect.poll(() => processesOf(data), { timeout: 30_000 }).toEqual([]);
  expect(await readdir(data)).not.toContain('up.pid');

  await rm(join(data, 'root', 'root.key'));
  expect(await refusal(data, { command: ['keys', 'rotate'] })).toContain(`${data}/root/root.key is missing`);
  await expect.poll(() => processesOf(data), { timeout: 30_000 }).toEqual([]);
}, 180_000);
