/** What somebody who reads through a shared link can never get out of. */
import { dimensionOf } from './dimensions.ts';
import type { Filter } from './question.ts';

export interface Bounds {
  /** They apply to every answer, beside those of the question. */
  filters: readonly Filter[];
  /** Whether questions may name saved segments. */
  segments: boolean;
}

/**
 * That the filters choose visits as a whole. Others choose single events, and then the rest of their visits would show: in journeys, in
 * visit lengths, in first pages.
 */
export function choosesVisits(filters: readonly Filter[]): boolean {
  return filters.every(({ dimension, within }) => within === 'visit' || dimensionOf(dimension).level === 'visit');
}
