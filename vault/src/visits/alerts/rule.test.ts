import { expect, test } from 'vitest';
import { judge, ruleSchema } from './rule.ts';

const spike = { direction: 'spike', percent: 200, minimum: 50 } as const;
const drop = { direction: 'drop', percent: 50, minimum: 40 } as const;

test('a spike is so much of the usual, and not a handful', () => {
  expect(judge(spike, { count: 100, usual: 50 })).toBe('alarming');
  expect(judge(spike, { count: 99, usual: 50 })).toBe('normal');
  expect(judge(spike, { count: 49, usual: 1 })).toBe('normal');
  expect(judge(spike, { count: 50, usual: 0 })).toBe('alarming');
});

test('a drop is so little of the usual, where something is usual', () => {
  expect(judge(drop, { count: 20, usual: 40 })).toBe('alarming');
  expect(judge(drop, { count: 21, usual: 40 })).toBe('normal');
  expect(judge(drop, { count: 0, usual: 39 })).toBe('unknown');
  expect(judge({ ...drop, percent: 0 }, { count: 0, usual: 40 })).toBe('alarming');
});

test('without weeks to compare with nobody can say', () => {
  expect(judge(spike, { count: 1000, usual: null })).toBe('unknown');
  expect(judge(drop, { count: 0, usual: null })).toBe('unknown');
});

test('a rule that every hour would meet is none', () => {
  const schema = ruleSchema(['main']);
  expect(schema.safeParse(spike).data).toEqual({ ...spike, site: null, metric: 'visits' });
  expect(schema.safeParse({ ...spike, percent: 100 }).success).toBe(false);
  expect(schema.safeParse({ ...drop, percent: 100 }).success).toBe(false);
  expect(schema.safeParse({ ...drop, site: 'elsewhere' }).success).toBe(false);
});
