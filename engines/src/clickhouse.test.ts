import { readdir, stat, truncate } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningClickHouse, startClickHouse } from './clickhouse.ts';
import { findArguments } from './system/processes.ts';
import { createTestFolder, type TestFolder } from './test-folders.ts';
import { startProgram } from './test-program.ts';

let folder: TestFolder;
let dir: string;
let running: RunningClickHouse;
let client: ClickHouseClient;

beforeAll(async () => {
  folder = await createTestFolder();
  dir = join(folder.path, 'clickhouse');
  await start();
  await client.command({ query: 'CREATE TABLE kept (id UInt64, text String) ENGINE = MergeTree ORDER BY id' });
});

afterEach(async () => {
  // The next test finds the engine running, whatever this one did to it.
  if (!(await client.ping()).success) await start();
});

afterAll(async () => {
  await stop();
  await folder.remove();
});

async function start(): Promise<RunningClickHouse> {
  await client?.close();
  running = await startClickHouse({ dir, memoryBytes: 1024 ** 3 });
  client = createClient({ url: running.url, log: { level: ClickHouseLogLevel.OFF } });
  return running;
}

async function stop(): Promise<void> {
  await client.close();
  await running.stop();
}

async function ask(query: string, settings: Record<string, string> = {}): Promise<string> {
  const answer = await client.query({ query, format: 'TabSeparated', clickhouse_settings: settings });
  return (await answer.text()).trim();
}

describe('what a failed query had answered already', () => {
  test('is in nobody’s next answer', async () => {
    // 70,000 rows are written out before it fails.
    const failing = `SELECT number, 'secret of another person' AS text, throwIf(number = 70000) FROM numbers(100000)`;
    for (let round = 0; round < 6; round++) {
      await expect(client.query({ query: failing, format: 'TabSeparated' })).rejects.toMatchObject({ code: '395' });
      const answers = await Promise.all([1, 2, 3, 4].map((number) => ask(`SELECT ${number}`)));
      expect(answers).toEqual(['1', '2', '3', '4']);
    }
  });

  test('nor when it failed by its time or its memory, with questions waiting behind it', async () => {
    const slow = `SELECT number, sleepEachRow(0.001), 'secret' FROM numbers(100000)`;
    const large = `SELECT number, groupArray(repeat('secret', 1000)) OVER (ROWS UNBOUNDED PRECEDING) FROM numbers(1000000)`;
    const failures = [
      client.query({
        query: slow,
        format: 'TabSeparated',
        clickhouse_settings: { max_execution_time: 1, max_block_size: '100' },
      }),
      client.query({ query: large, format: 'TabSeparated', clickhouse_settings: { max_memory_usage: '20000000' } }),
    ];
    const behind = [1, 2, 3, 4, 5, 6].map((number) => ask(`SELECT ${number}`));
    const codes = (await Promise.allSettled(failures)).map(
      (result) => result.status === 'rejected' && result.reason.code,
    );
    expect(codes).toEqual(['159', '241']);
    expect(await Promise.all(behind)).toEqual(['1', '2', '3', '4', '5', '6']);
  });
});

describe('lanes', () => {
  test('an insert does not wait for readers that take long', async () => {
    const scan = 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)';
    const scans = [1, 2].map(() =>
      ask(scan, { max_execution_time: '3' }).catch((error: { code: string }) => error.code),
    );
    await sleep(200);
    const begin = performance.now();
    await client.insert({ table: 'kept', values: [{ id: 1, text: 'meanwhile' }], format: 'JSONEachRow' });
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(await Promise.all(scans)).toEqual(['159', '159']);
  });

  test('a reader can neither write nor reach the host or the network', async () => {
    for (const query of [
      `SELECT * FROM file('/etc/passwd', 'LineAsString')`,
      `SELECT * FROM url('${running.url}', 'LineAsString')`,
      `SELECT * FROM remote('127.0.0.1', 'system', 'one')`,
      'SELECT 1 SETTINGS readonly = 0',
    ]) {
      await expect(client.query({ query })).rejects.toMatchObject({ code: '164' });
    }
    await expect(client.query({ query: 'SELECT 1', clickhouse_settings: { readonly: '0' } })).resolves.toBeDefined();
    const inserting = `SELECT * FROM (SELECT 1) /* INSERT */`;
    expect(await ask(inserting)).toBe('1');
  });

  test('no file of the host is written or read by INTO OUTFILE and FROM INFILE', async () => {
    const target = join(folder.path, 'out.csv');
    await expect(client.command({ query: `SELECT 1 INTO OUTFILE '${target}'` })).rejects.toMatchObject({ code: '48' });
    const reading = `INSERT INTO kept (text) FROM INFILE '/etc/passwd' FORMAT LineAsString`;
    await expect(client.command({ query: reading })).rejects.toMatchObject({ code: '48' });
    await expect(stat(target)).rejects.toThrow();
  });

  test('the limits of reading cannot be raised by a request, only lowered', async () => {
    const limits = `SELECT getSetting('max_threads'), getSetting('readonly'), getSetting('max_execution_time')`;
    expect(await ask(limits, { max_threads: '8', max_execution_time: '0' })).toBe('1\t1\t30');
    expect(await ask(limits, { max_execution_time: '2' })).toBe('1\t1\t2');
  });
});

describe('limits', () => {
  test('a query that wants too much memory fails, and the engine goes on', async () => {
    await expect(
      ask(`SELECT length(groupArray(repeat('x', 1000) || toString(number))) FROM numbers(100000000)`),
    ).rejects.toMatchObject({
      code: '241',
    });
    const limit = await ask(`SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'`);
    expect(limit).toBe(String(1024 ** 3));
  });

  test('an answer that is too large to be held is refused', async () => {
    const huge = `SELECT number, repeat('x', 1000) FROM numbers(10000000)`;
    // By the size of the answer, or by the memory it takes to make it, whichever is reached first.
    await expect(ask(huge)).rejects.toMatchObject({ code: expect.stringMatching(/^(396|241)$/) });
  });
});

describe('who gets in', () => {
  const get = (headers: Record<string, string>) => fetch(`${new URL(running.url).origin}/?query=SELECT+1`, { headers });

  test('user and key in headers, or basic authentication; nothing else, not even with the right user', async () => {
    const { username, password } = new URL(running.url);
    const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` });
    expect((await get({ 'x-clickhouse-user': username, 'x-clickhouse-key': password })).status).toBe(200);
    expect((await get(basic(`${username}:${password}`))).status).toBe(200);
    for (const headers of [{}, basic(`${username}:`), basic(`other:${password}`), { 'x-clickhouse-user': username }]) {
      const refused = await get(headers);
      expect(refused.status).toBe(403);
      expect(refused.headers.get('x-clickhouse-exception-code')).toBe('516');
    }
  });

  test('the password is in a file for its owner only, and in no argument of a process', async () => {
    const { password } = new URL(running.url);
    expect((await stat(`${dir}.access.json`)).mode & 0o777).toBe(0o600);
    expect((await findArguments(running.pid))?.join(' ')).not.toContain(password);
  });

  test('what is no text is refused, not stored changed', async () => {
    const { username, password, origin } = new URL(running.url);
    const headers = { 'x-clickhouse-user': username, 'x-clickhouse-key': password };
    const query = encodeURIComponent('INSERT INTO avow.kept FORMAT RowBinary');
    const answer = await fetch(`${origin}/?query=${query}`, {
      method: 'POST',
      headers,
      body: new Uint8Array([0xff, 0xfe]),
    });
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('NOT_IMPLEMENTED');
  });
});

describe('after a restart', () => {
  test('the URL is the same, the rows are there, and it took less than three seconds', async () => {
    await client.insert({ table: 'kept', values: [{ id: 42, text: 'before' }], format: 'JSONEachRow' });
    const before = running.url;
    await stop();
    const begin = performance.now();
    await start();
    expect(performance.now() - begin).toBeLessThan(3000);
    expect(running.url).toBe(before);
    expect(await ask('SELECT text FROM kept WHERE id = 42')).toBe('before');
  });

  test('a merged part that is broken is removed, and the rows of its parts are there', async () => {
    await client.command({
      query: `CREATE TABLE merged (id UInt64) ENGINE = MergeTree ORDER BY id SETTINGS old_parts_lifetime = 600`,
    });
    for (const id of [1, 2, 3]) await client.insert({ table: 'merged', values: [{ id }], format: 'JSONEachRow' });
    await client.command({ query: 'OPTIMIZE TABLE merged FINAL' });
    const path = await ask(`SELECT path FROM system.parts WHERE table = 'merged' AND active`);
    const ended = new Promise<void>((done) => running.onExit(done));
    process.kill(running.pid, 'SIGKILL');
    await ended;
    const data = (await readdir(path)).find((file) => file.endsWith('.bin')) ?? '';
    await truncate(join(path, data), 1);
    await start();
    expect(await ask('SELECT groupArray(id) FROM (SELECT id FROM merged ORDER BY id)')).toBe('[1,2,3]');
    expect(await ask('SELECT count() FROM system.detached_parts')).toBe('0');
  });

  test('when another program took the port, it takes another', async () => {
    const { port } = running;
    await stop();
    const squatter = createServer().listen(port, '127.0.0.1');
    await start();
    expect(running.port).not.toBe(port);
    await new Promise((done) => squatter.close(done));
  });
});

describe('after kill -9', () => {
  test('of the engine, the program is told, starts it again on the same port, and no acknowledged row is missing', async () => {
    const { url, pid } = running;
    const told = new Promise<void>((done) => running.onExit(done));
    await client.command({ query: 'CREATE TABLE counted (id UInt64) ENGINE = MergeTree ORDER BY id' });
    let acknowledged = 0;
    const insert = async () => {
      for (let id = 0; id < 1000; id++) {
        await client.insert({ table: 'counted', values: [{ id }], format: 'JSONEachRow' });
        acknowledged += 1;
        if (acknowledged === 30) process.kill(pid, 'SIGKILL');
      }
    };
    await expect(insert()).rejects.toThrow();
    await told;
    await start();
    expect(running.url).toBe(url);
    expect(Number(await ask('SELECT count() FROM counted'))).toBeGreaterThanOrEqual(acknowledged);
  });

  test('of the program that started it, the engine ends by itself and can be started again', async () => {
    await stop();
    const program = await startProgram(holding());
    await program.kill();
    const orphan = Number(program.said.pid);
    await start();
    expect(await findArguments(orphan)).toBeNull();
    expect(running.url).toBe(program.said.url);
  });

  test('a directory that a living program uses is not taken from it', async () => {
    await expect(startClickHouse({ dir })).rejects.toThrow(/in use/);
    await stop();
    const program = await startProgram(holding());
    await expect(startClickHouse({ dir })).rejects.toThrow(`in use by process ${program.child.pid}`);
    expect(await findArguments(Number(program.said.pid))).not.toBeNull();
    await program.kill();
  });
});

test('every table is durable by default', async () => {
  const settings = await ask(
    `SELECT name, value FROM system.merge_tree_settings WHERE name LIKE 'fsync%' ORDER BY name`,
  );
  expect(settings).toBe('fsync_after_insert\t1\nfsync_part_directory\t1');
});

/** A program that starts the engine and then only is there. */
function holding(): string {
  const module = JSON.stringify(new URL('./clickhouse.ts', import.meta.url).href);
  return `
    const { startClickHouse } = await import(${module});
    const running = await startClickHouse(${JSON.stringify({ dir })});
    console.log(JSON.stringify({ pid: running.pid, url: running.url }));
    setInterval(() => {}, 1000);
  `;
}
