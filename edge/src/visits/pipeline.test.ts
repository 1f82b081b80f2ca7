import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRateLimits } from '../platform/rate-limits.ts';
import { exampleConfig } from '../testing.ts';
import { createEventMemory } from './event-memory.ts';
import { createPipeline } from './pipeline.ts';
import { BROWSER, MONDAY, view } from './testing.ts';

const config = await exampleConfig();
const salts = { today: randomBytes(32), previous: null };
const pipeline = createPipeline({
  config,
  limits: createRateLimits(null),
  memory: createEventMemory(),
  countryOf: () => 'DE',
  salts: () => salts,
});

test('W6: the steps are a list, and the last one forgets the address', () => {
  expect(pipeline.steps).toEqual([
    'limit rate',
    'parse',
    'check site',
    'refuse prefetches',
    'obey contract',
    'obey privacy signals',
    'refuse repeated',
    'label bots',
    'read country',
    'read device',
    'read language',
    'read source',
    'strip addresses',
    'count visitor',
    'forget address',
  ]);
});

test('W6: only forgetAddress makes an event that may be stored', () => {
  const makers = readdirSync(import.meta.dirname).filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.endsWith('.test.ts') &&
      /\bas (unknown as )?StorableEvent\b/.test(readFileSync(path.join(import.meta.dirname, file), 'utf8')),
  );
  expect(makers).toEqual(['forget-address.ts']);
});

test('W6: what comes out knows neither address nor user agent, nor a time finer than the hour', () => {
  const arrival = {
    now: MONDAY + 1_234_567,
    address: '198.51.100.77',
    headers: BROWSER,
    text: JSON.stringify(view('/a')),
  };
  const outcome = pipeline.pass(arrival);
  const text = JSON.stringify(outcome);
  expect(outcome).toHaveProperty('event');
  expect(text).not.toContain('198.51.100.77');
  expect(text).not.toContain('AppleWebKit');
  expect(text).not.toMatch(new RegExp(`${Math.floor(arrival.now / 1000)}|${arrival.now}`));
});
