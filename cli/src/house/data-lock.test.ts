import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdDataDir } from './data-lock.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-lock-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a lock is there while it is held, and gone after its release', async () => {
  const lock = await holdDataDir(folder);
  expect(await readFile(join(folder, 'up.pid'), 'utf8')).toBe(`${process.pid}\n`);
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

// After a power cut the number may belong to anything; in a container it is often the new process itself.
test.each([
  ['a process that is gone', () => 2 ** 22 + 1],
  ['a process that is no avow', () => process.ppid],
  ['this very process', () => process.pid],
  ['nobody: the file was being written', () => ''],
])('a lock left with the number of %s is taken over', async (_whose, number) => {
  await writeFile(join(folder, 'up.pid'), `${number()}\n`);
  const lock = await holdDataDir(folder);
  expect(await readFile(join(folder, 'up.pid'), 'utf8')).toBe(`${process.pid}\n`);
  await lock.release();
});
