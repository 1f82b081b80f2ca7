/**
 * Milliseconds to wait before try number `attempt` (from 1): doubling up to `most`, anywhere in the upper half of it, so that
 * those who failed together do not come back together.
 */
export function backOff(attempt: number, first: number, most: number): number {
  const full = Math.min(most, first * 2 ** Math.min(attempt - 1, 30));
  return full / 2 + (Math.random() * full) / 2;
}
