import { spawnSync } from 'node:child_process';
import { chmod, chown, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPostgres } from '../postgres.ts';
import { findArguments, waitForEnd } from '../system/processes.ts';
import { createTestFolder, type TestFolder } from '../test-folders.ts';
import { startProgram } from '../test-program.ts';
import { asUser, findOperatingUser } from './operating-user.ts';

const MODULE = new URL('../postgres.ts', import.meta.url);
const NOBODY = { uid: 65534, gid: 65534 };
const root = process.getuid?.() === 0;
/** Not in a checkout that only root may enter. */
const nobodyCanRead = root && spawnSync('test', ['-r', fileURLToPath(MODULE)], NOBODY).status === 0;

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder();
});

afterEach(() => folder.remove());

describe.runIf(root)('as root', () => {
  test('the programs themselves may lie where only root may enter', async () => {
    const file = join(folder.path, 'closed', 'program');
    await mkdir(join(folder.path, 'closed'), { mode: 0o700 });
    await writeFile(file, '', { mode: 0o755 });
    const user = await findOperatingUser([file]);
    const look = `require('node:fs').accessSync(${JSON.stringify(file)}, ${constants.R_OK | constants.X_OK})`;
    const [program, args, options] = asUser(user, process.execPath, ['-e', look]);
    expect(spawnSync(program, args, { ...options, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  test('the server runs as another user, also where only root may enter', async () => {
    const closed = join(folder.path, 'closed', 'data');
    await mkdir(closed, { recursive: true });
    await chmod(join(folder.path, 'closed'), 0o700);
    const running = await startPostgres({
      dir: join(closed, 'postgres'),
      roles: [{ name: 'edge', database: 'edge' }],
      durable: false,
    });
    try {
      const client = new Client({ connectionString: running.urls.edge });
      await client.connect();
      expect((await client.query('SELECT current_user AS me')).rows).toEqual([{ me: 'edge' }]);
      await client.end();
      expect(await userOf(running.pid)).not.toBe(0);
    } finally {
      await running.stop();
    }
  });
});

describe.runIf(nobodyCanRead)('as an ordinary user', () => {
  test('the server runs as that user, with everything it needs in the given folder', async () => {
    await chown(folder.path, NOBODY.uid, NOBODY.gid);
    const dir = join(folder.path, 'postgres');
    const program = await startProgram(
      `const { startPostgres } = await import(${JSON.stringify(MODULE.href)});
       const running = await startPostgres({ dir: ${JSON.stringify(dir)}, roles: [{ name: 'edge', database: 'edge' }], durable: false });
       console.log(JSON.stringify({ pid: running.pid, url: running.urls.edge }));
       setInterval(() => {}, 1000);`,
      { ...NOBODY, env: { PATH: process.env.PATH, HOME: folder.path } },
    );
    const client = new Client({ connectionString: String(program.said.url) });
    await client.connect();
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await client.end();
    const pid = Number(program.said.pid);
    expect(await userOf(pid)).toBe(NOBODY.uid);
    await program.kill();
    process.kill(pid, 'SIGINT');
    expect(await waitForEnd(async () => (await findArguments(pid)) !== null, 10_000)).toBe(true);
  });
});

async function userOf(pid: number): Promise<number> {
  return (await stat(`/proc/${pid}`)).uid;
}
