import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { attachPostgres, type PostgresOptions, type RunningPostgres, startPostgres } from './postgres.ts';
import { findArguments } from './system/processes.ts';
import { createTestFolder, type TestFolder } from './test-folders.ts';
import { startProgram } from './test-program.ts';

const ROLES = [
  { name: 'vault', database: 'vault' },
  { name: 'keyring', database: 'keyring' },
];

let folder: TestFolder;
let options: PostgresOptions;
let running: RunningPostgres | undefined;

beforeAll(async () => {
  folder = await createTestFolder();
  options = { dir: join(folder.path, 'postgres'), roles: ROLES };
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

afterAll(() => folder.remove());

async function start(): Promise<RunningPostgres> {
  running = await startPostgres(options);
  return running;
}

async function ask(url: string | undefined, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function portOf(url: string | undefined): number {
  return Number(new URL(url ?? '').port);
}

describe('who gets in', () => {
  test('each role owns its database and is refused at every other', async () => {
    const { urls } = await start();
    await ask(urls.vault, 'CREATE TABLE mine (a int)');
    for (const other of ['keyring', 'postgres', 'template1']) {
      const url = new URL(urls.vault ?? '');
      url.pathname = `/${other}`;
      await expect(ask(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('a wrong password is refused, and so is none', async () => {
    const { urls } = await start();
    const url = new URL(urls.vault ?? '');
    url.password = 'guessed';
    await expect(ask(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    url.password = '';
    await expect(ask(url.href, 'SELECT 1')).rejects.toThrow(/password/);
  });

  test('passwords are kept as SCRAM, in no readable form in the database', async () => {
    const { adminUrl } = await start();
    const rows = await ask(
      adminUrl,
      `SELECT rolname FROM pg_authid WHERE rolcanlogin AND rolpassword NOT LIKE 'SCRAM-SHA-256$%'`,
    );
    expect(rows).toEqual([]);
    expect((await stat(`${options.dir}.access.json`)).mode & 0o777).toBe(0o600);
  });

  test('a plain role cannot reach the host: neither files nor programs', async () => {
    const { urls } = await start();
    await expect(ask(urls.vault, `SELECT pg_read_file('/etc/passwd')`)).rejects.toMatchObject({ code: '42501' });
    await expect(ask(urls.vault, `COPY (SELECT 1) TO PROGRAM 'true'`)).rejects.toMatchObject({ code: '42501' });
  });

  test('the log holds no values of rows', async () => {
    const { urls } = await start();
    await ask(
      urls.vault,
      `CREATE TABLE people (email text PRIMARY KEY); INSERT INTO people VALUES ('canary@mark.example')`,
    );
    await expect(ask(urls.vault, `INSERT INTO people VALUES ('canary@mark.example')`)).rejects.toMatchObject({
      code: '23505',
    });
    const log = await readFile(`${options.dir}.log`, 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('canary');
  });
});

describe('how it stands', () => {
  test('checksums and fsync on, loopback only, no socket file', async () => {
    const { adminUrl } = await start();
    const names = [
      'data_checksums',
      'fsync',
      'synchronous_commit',
      'listen_addresses',
      'unix_socket_directories',
      'full_page_writes',
    ];
    const rows = await ask(adminUrl, `SELECT name, setting FROM pg_settings WHERE name IN ('${names.join("','")}')`);
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    });
  });

  test('after a restart the URLs are the same, the rows are there, and it took less than three seconds', async () => {
    const first = await start();
    await ask(first.urls.vault, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const begin = performance.now();
    const second = await start();
    expect(performance.now() - begin).toBeLessThan(3000);
    expect(second.urls).toEqual(first.urls);
    expect(await ask(second.urls.vault, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('a role that is wanted later is added', async () => {
    const later = { ...options, roles: [...ROLES, { name: 'later', database: 'later' }] };
    running = await startPostgres(later);
    expect(await ask(running.urls.later, 'SELECT current_user')).toEqual([{ current_user: 'later' }]);
  });

  test('when another program took the port, it takes another and remembers that', async () => {
    const first = await start();
    await first.stop();
    const squatter = await listen(first.port);
    const second = await start();
    expect(second.port).not.toBe(first.port);
    await second.stop();
    await new Promise((done) => squatter.close(done));
    expect((await start()).port).toBe(second.port);
  });

  test('what an interrupted first start left is begun anew', async () => {
    const dir = join(folder.path, 'interrupted');
    const cluster = { dir, roles: [{ name: 'edge', database: 'edge' }], durable: false };
    await writeHalf(`${dir}.new`);
    running = await startPostgres(cluster);
    expect(await ask(running.urls.edge, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('lost passwords are said to be lost, and nothing is overwritten', async () => {
    const dir = join(folder.path, 'interrupted');
    await rm(`${dir}.access.json`);
    await expect(startPostgres({ dir, roles: [] })).rejects.toThrow(/access\.json .* is missing/);
  });
});

describe('after kill -9', () => {
  test('of the program that started it, the orphan is adopted and ended with stop()', async () => {
    const program = await startProgram(holding());
    await ask(String(program.said.vault), 'CREATE TABLE orphaned AS SELECT 1 AS a');
    await program.kill();
    const adopted = await start();
    expect(adopted).toMatchObject({ pid: program.said.pid, startedHere: false });
    expect(adopted.urls.vault).toBe(program.said.vault);
    expect(await ask(adopted.urls.vault, 'SELECT a FROM orphaned')).toEqual([{ a: 1 }]);
    await adopted.stop();
    expect(await findArguments(adopted.pid)).toBeNull();
  });

  test('of the server, the program is told, can start it again on the same port, and every committed row is there', async () => {
    const first = await start();
    await ask(first.urls.vault, 'CREATE TABLE counted (n int)');
    const told = new Promise<void>((done) => first.onExit(done));
    const pool = new Pool({ connectionString: first.urls.vault, max: 8 });
    pool.on('error', () => {});
    let acknowledged = 0;
    const writers = Array.from({ length: 8 }, async () => {
      for (;;) {
        await pool.query('INSERT INTO counted VALUES (1)');
        acknowledged += 1;
        if (acknowledged === 200) process.kill(first.pid, 'SIGKILL');
      }
    });
    await Promise.allSettled(writers);
    await told;
    const again = await start();
    expect(again.urls).toEqual(first.urls);
    const [row] = await ask(again.urls.vault, 'SELECT count(*)::int AS n FROM counted');
    expect(row?.n).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBeGreaterThanOrEqual(200);
    // The pool of a program that held the URL goes on.
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  test('of an adopted server, the program is told, too', async () => {
    const program = await startProgram(holding());
    await program.kill();
    const adopted = await start();
    const told = new Promise<void>((done) => adopted.onExit(done));
    process.kill(adopted.pid, 'SIGKILL');
    await told;
  });

  test('of both, a new one starts', async () => {
    const program = await startProgram(holding());
    await program.kill();
    process.kill(Number(program.said.pid), 'SIGKILL');
    const again = await start();
    expect(again.startedHere).toBe(true);
    expect(portOf(again.urls.vault)).toBe(portOf(String(program.said.vault)));
  });

  test('a process number in the left pid file that is used again by another program does not stop the start', async () => {
    const first = await start();
    const file = join(options.dir, 'postmaster.pid');
    const left = await readFile(file, 'utf8');
    await first.stop();
    await writeFile(file, left.replace(/^\d+/, String(process.pid)));
    expect((await start()).startedHere).toBe(true);
  });
});

test('a guest leaves the server alone that was there, and ends the one it had to start', async () => {
  const host = await start();
  const guest = await attachPostgres(options);
  expect(guest).toMatchObject({ pid: host.pid, urls: host.urls, startedHere: false });
  await guest.stop();
  expect(await ask(host.urls.vault, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await host.stop();
  const alone = await attachPostgres(options);
  expect(alone.startedHere).toBe(true);
  await alone.stop();
  expect(await findArguments(alone.pid)).toBeNull();
});

/** A program that starts the cluster and then only is there. */
function holding(): string {
  const module = JSON.stringify(new URL('./postgres.ts', import.meta.url).href);
  return `
    const { startPostgres } = await import(${module});
    const running = await startPostgres(${JSON.stringify(options)});
    console.log(JSON.stringify({ pid: running.pid, ...running.urls }));
    setInterval(() => {}, 1000);
  `;
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return server;
}

async function writeHalf(dir: string): Promise<void> {
  await mkdir(join(dir, 'base'), { recursive: true });
  await writeFile(join(dir, 'PG_VERSION'), '18\n');
}
