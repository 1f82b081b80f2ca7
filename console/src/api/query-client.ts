import { QueryClient } from '@tanstack/react-query';
import type { Refused } from './call.ts';
import { isAway, RefusedError } from './refused-error.ts';

/** The refusal of a failed question. Anything else is a mistake of ours, and is thrown on. */
export function refusedOf(error: Error): Refused {
  if (error instanceof RefusedError) return error.refused;
  throw error;
}

const AGAIN_MS = 5_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Only what another attempt may change: a refusal stays one.
      retry: (failures, error) => isAway(error) && failures < 2,
      // A page that could not be read is there again when the house is, without anybody's doing.
      refetchInterval: ({ state }) => (isAway(state.error) ? AGAIN_MS : false),
    },
    mutations: { retry: false },
  },
});
