import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtConsole } from './built-console.ts';

let dist: string;

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'avow-console-'));
});
afterAll(() => rm(dist, { recursive: true }));

test('two who start together get the same complete folder, and nothing half is left', {
  timeout: 120_000,
}, async () => {
  let builds = 0;
  const onBuild = () => {
    builds++;
  };
  const folders = await Promise.all([builtConsole({ dist, onBuild }), builtConsole({ dist, onBuild })]);
  expect(folders[0]).toBe(folders[1]);
  expect(builds).toBeGreaterThanOrEqual(1);
  expect(await readdir(dist)).toHaveLength(1);
  expect(await readFile(join(folders[0], 'index.html'), 'utf8')).toContain('nonce="AVOW_NONCE"');
  const assets = await readdir(join(folders[0], 'assets'));
  const script = assets.find((name) => /^index-.*\.js$/.test(name));
  expect(assets).toEqual(expect.arrayContaining([`${script}.br`, `${script}.gz`]));
});

test('what is built is not built again, and says so by silence', async () => {
  const folder = await builtConsole({ dist, onBuild: () => expect.unreachable() });
  // In use again: it must not count as unused.
  await utimes(folder, 0, 0);
  await builtConsole({ dist, onBuild: () => expect.unreachable() });
  expect(await readdir(dist)).toHaveLength(1);
});
