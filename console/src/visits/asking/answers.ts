/** Questions of the screens through TanStack Query. What was shown stays until the new answer is there. */
import type { Ground, Panel } from '@avow/protocol/staff/visits';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { AskedArguments } from '../../api/call.ts';
import { RefusedError } from '../../api/refused-error.ts';
import type { AnswerOf, RouteName } from '../../api/routes.ts';
import { ask } from './ask.ts';
import { askPanel } from './panel-batch.ts';
import { useSource } from './source.tsx';

export const VISITS_KEY = 'visits';

const REALTIME_MS = 5_000;

export function usePanel(ground: Ground, panel: Panel, options: { enabled?: boolean; refetchInterval?: number } = {}) {
  const source = useSource();
  return useQuery({
    queryKey: [VISITS_KEY, source.reader, 'panel', ground, panel],
    queryFn: () => askPanel(source, ground, panel),
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** Any other route of visits. */
export function useVisits<R extends RouteName>(
  options: { enabled?: boolean; refetchInterval?: number },
  route: R,
  ...asked: AskedArguments<R>
): UseQueryResult<AnswerOf<R>> {
  const source = useSource();
  return useQuery<AnswerOf<R>>({
    queryKey: [VISITS_KEY, source.reader, route, ...asked],
    async queryFn() {
      const outcome = await ask(source, route, ...asked);
      if (!outcome.ok) throw new RefusedError(outcome.refused);
      return outcome.answer;
    },
    ...options,
  });
}

export function useRealtime(site: string | undefined, enabled: boolean) {
  const asked = site === undefined ? {} : { query: { site } };
  return useVisits({ enabled, refetchInterval: REALTIME_MS }, 'GET /visits/realtime', asked);
}

export function useSaved(enabled: boolean) {
  return useVisits({ enabled }, 'GET /visits/saved');
}
