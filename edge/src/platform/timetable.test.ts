import { expect, test } from 'vitest';
import { silentLog } from './log.ts';
import { startTimetable } from './timetable.ts';

test('a task runs at the start and again, never beside itself, and its failure ends nothing', async () => {
  let runs = 0;
  let under = 0;
  let most = 0;
  const run = async () => {
    runs += 1;
    under += 1;
    most = Math.max(most, under);
    await new Promise((done) => setTimeout(done, 25));
    under -= 1;
    if (runs === 1) throw new Error('the first time');
  };
  const stop = startTimetable([{ name: 'test.run', everySeconds: 0.01, run }], silentLog);
  expect(runs).toBe(1);
  await expect.poll(() => runs, { timeout: 15_000 }).toBeGreaterThan(3);
  await stop();
  expect(under).toBe(0);
  const after = runs;
  await new Promise((done) => setTimeout(done, 50));
  expect([runs, most]).toEqual([after, 1]);
});
