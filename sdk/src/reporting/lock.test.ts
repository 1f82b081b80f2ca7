import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from './lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'avow-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('one holds it at a time', () => {
  const held = takeLock(file);
  expect(takeLock(file)).toBeNull();
  held?.release();
  expect(existsSync(file)).toBe(false);
  expect(takeLock(file)).not.toBeNull();
});

test.each([-4 * 60_000, 365 * 86_400_000])('one that a dead process left %d ms from now is taken over', (away) => {
  takeLock(file);
  const then = new Date(Date.now() + away);
  utimesSync(file, then, then);
  expect(takeLock(file)).not.toBeNull();
  expect(takeLock(file)).toBeNull();
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('one that is renewed is not stale', () => {
  const held = takeLock(file);
  const long = new Date(Date.now() - 10 * 60_000);
  utimesSync(file, long, long);
  held?.renew();
  expect(takeLock(file)).toBeNull();
});
