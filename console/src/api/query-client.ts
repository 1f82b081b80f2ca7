import { QueryClient } from '@tanstack/react-query';
import type { Refused } from './call.ts';

/** A refusal on its way through TanStack Query, which knows failures as errors only. */
export class RefusedError extends Error {
  readonly refused: Refused;

  constructor(refused: Refused) {
    super(refused.code);
    this.refused = refused;
  }
}

/** The refusal of a failed question. Anything else is a mistake of ours, and is thrown on. */
export function refusedOf(error: Error): Refused {
  if (error instanceof RefusedError) return error.refused;
  throw error;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Only what another attempt may change: a refusal stays one.
      retry: (failures, error) => error instanceof RefusedError && error.refused.code === 'unreachable' && failures < 2,
    },
    mutations: { retry: false },
  },
});
