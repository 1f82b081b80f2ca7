import { CONSOLE_PAGES } from '@avow/protocol/staff/console-pages';
import { expect, test } from 'vitest';
import { areas } from './areas.ts';

const entries = areas.flatMap(({ nav }) => nav);

test('each key after g goes to one page', () => {
  const keys = entries.map(({ go }) => go);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^[a-z]$/);
});

test('the vault answers each page of the navigation with the console', () => {
  const known = ['', ...CONSOLE_PAGES];
  expect(entries.length).toBeGreaterThan(5);
  for (const { to } of entries) expect(known).toContain(to.split('/')[1]);
});
