import { describe, expect, test } from 'vitest';
import { drawNoise, noiseBound } from './noise.ts';

const DRAWS = 200_000;

describe('noise', () => {
  test('has the two-sided geometric distribution of its epsilon', () => {
    const epsilon = 1;
    const alpha = Math.exp(-epsilon);
    const seen = new Map<number, number>();
    for (let n = 0; n < DRAWS; n++) {
      const noise = drawNoise(epsilon);
      seen.set(noise, (seen.get(noise) ?? 0) + 1);
    }
    for (const value of [-4, -3, -2, -1, 0, 1, 2, 3, 4]) {
      const expected = (DRAWS * (1 - alpha) * alpha ** Math.abs(value)) / (1 + alpha);
      // Seven standard deviations of a count: by chance once in 10^11 runs.
      expect(Math.abs((seen.get(value) ?? 0) - expected)).toBeLessThan(7 * Math.sqrt(expected));
    }
  });

  test('exceeds its bound as rarely as the bound says', () => {
    const bound = noiseBound(1, 0.01);
    let beyond = 0;
    for (let n = 0; n < DRAWS; n++) if (drawNoise(1) > bound) beyond += 1;
    expect(beyond / DRAWS).toBeLessThan(0.01);
    expect(beyond).toBeGreaterThan(0);
  });

  test('is finite at the ends of what the generator gives', () => {
    expect(drawNoise(1, () => 1)).toBe(0);
    expect(Number.isFinite(drawNoise(0.01, () => 2 ** -53))).toBe(true);
  });
});
