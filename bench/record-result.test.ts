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

test('how a cost grows is drawn on one scale', async () => {
  const chart = {
    unit: 'ms',
    steps: ['1 million', '10 million'],
    series: { pages: [1, 4], 'whole screen': [2, 8], scan: [3, null] },
  };
  await recordResult({ name: 'queries', summary: 'quick', ratio: 1, figures: {}, chart }, folder);
  const text = await readFile(join(folder, 'results.md'), 'utf8');
  expect(text).toContain(`  10 million ${'█'.repeat(24)} 4 ms\nwhole screen\n   1 million ${'█'.repeat(12)} 2 ms\n`);
  expect(text).toContain('  10 million no figure\n');
  expect(await linesOf(folder)).toHaveLength(1);
});

test('the results in the repository are those of the files beside them', async () => {
  const written = (await readdir(join(import.meta.dirname, 'results'))).map((file) => file.replace('.json', ''));
  const told = (await linesOf(import.meta.dirname)).map((line) => /^- \*\*([\w-]+)\*\* \(/.exec(line)?.[1]);
  expect(told).toEqual(written.toSorted());
});
