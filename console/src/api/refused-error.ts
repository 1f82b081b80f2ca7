import type { Refused } from './call.ts';

/** A refusal on its way through TanStack Query, which knows failures as errors only. */
export class RefusedError extends Error {
  readonly refused: Refused;

  constructor(refused: Refused) {
    super(refused.code);
    this.refused = refused;
  }
}

/** Whether it passes by itself: the vault does not answer, or a database does not answer the vault. */
export function isAway(error: Error | null): boolean {
  return (
    error instanceof RefusedError && ['unreachable', 'stores_away', 'briefly_unavailable'].includes(error.refused.code)
  );
}
