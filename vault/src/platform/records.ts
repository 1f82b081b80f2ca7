/** The record of processing (GDPR article 30), derived from the features: it cannot say something else than the code does. */
import type { Feature, Kept } from './feature.ts';

export interface ProcessingRecord extends Kept {
  /** The purpose: the feature's name, which is also its folder's. */
  purpose: string;
}

/** One line per table, in the order of the features. */
export function recordOfProcessing(features: readonly Pick<Feature, 'name' | 'keeps'>[]): ProcessingRecord[] {
  return features.flatMap(({ name, keeps }) => keeps.map((kept) => ({ purpose: name, ...kept })));
}
