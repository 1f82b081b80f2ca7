import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordResult } from './record-result.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-bench-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function linesOf(at: string): Promise<string[]> {
  return (await readFile(join(at, 'results.md'), 'utf8')).split('\n').filter((line) => line.startsWith('- '));
}

test('each benchmark has one line, its newest, whatever became of the file meanwhile', async () => {
  await recordResult({ name: 'serials', summary: 'slow', ratio: 0.1, figures: { seconds: 9 } }, folder);
  await recordResult({ name: 'gateway', summary: 'fast', ratio: 0.4, figures: {} }, folder);
  // As a formatter or a merge would leave it.
  await writeFile(join(folder, 'results.md'), '* __serials__ (old)\n| a | table |\n- **serials** (old): twice\n');
  await recordResult(
    { name: 'serials', summary: 'quick,\n  on two lines', ratio: 0.3, figures: { seconds: 3 } },
    folder,
  );
  const day = new Date().toISOString().slice(0, 10);
  expect(await linesOf(folder)).toEqual([
    `- **gateway** (${day}, ratio 0.4): fast`,
    `- **serials** (${day}, ratio 0.3): quick, on two lines`,
  ]);
  expect(JSON.parse(await readFile(join(folder, 'results', 'serials.json'), 'utf8'))).toMatchObject({ seconds: 3 });
  expect(await readdir(join(folder, 'results'))).toEqual(['gateway.json', 'serials.json']);
});

test('the results in the repository are those of the files beside them', async () => {
  const written = (await readdir(join(import.meta.dirname, 'results'))).map((file) => file.replace('.json', ''));
  const told = (await linesOf(import.meta.dirname)).map((line) => /^- \*\*([\w-]+)\*\* \(/.exec(line)?.[1]);
  expect(told).toEqual(written.toSorted());
});
