/** Questions to the vault through TanStack Query. Keys are `[route, params and query]`, so that an act can name what it changed. */
import { queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type AskedArguments, call } from './call.ts';
import { RefusedError } from './refused-error.ts';
import type { AnswerOf, RouteName } from './routes.ts';

export function answerOptions<R extends RouteName>(route: R, ...asked: AskedArguments<R>) {
  return queryOptions({
    queryKey: [route, asked[0] ?? {}] as const,
    async queryFn(): Promise<AnswerOf<R>> {
      const outcome = await call(route, ...asked);
      if (!outcome.ok) throw new RefusedError(outcome.refused);
      return outcome.answer;
    },
  });
}

/** The answer of a GET route, kept and renewed; its error is a `RefusedError`. */
export function useAnswer<R extends RouteName>(route: R, ...asked: AskedArguments<R>): UseQueryResult<AnswerOf<R>> {
  return useQuery(answerOptions(route, ...asked));
}
