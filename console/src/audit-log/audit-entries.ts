import type { InfiniteData } from '@tanstack/react-query';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { RefusedError } from '../api/refused-error.ts';
import type { AnswerOf } from '../api/routes.ts';
import type { AuditFilters } from './routes.tsx';

type AuditPage = AnswerOf<'GET /audit-log'>;
export type AuditEntry = AuditPage['entries'][number];

/** Newest first, page by page. */
export function useAuditLog() {
  return useInfiniteQuery({
    queryKey: ['GET /audit-log'],
    initialPageParam: null as string | null,
    async queryFn({ pageParam: before }) {
      const outcome = await call('GET /audit-log', { query: before === null ? {} : { before } });
      if (!outcome.ok) throw new RefusedError(outcome.refused);
      return outcome.answer;
    },
    getNextPageParam: ({ next }) => next,
  });
}

export function entriesOf({ pages }: InfiniteData<AuditPage>): AuditEntry[] {
  return pages.flatMap(({ entries }) => entries);
}

export function filterEntries(entries: readonly AuditEntry[], { act, text = '' }: AuditFilters): AuditEntry[] {
  const typed = text.trim().toLowerCase();
  return entries.filter(
    (entry) =>
      (act === undefined || entry.act === act) &&
      [entry.staff, entry.about, entry.ticket, entry.purpose, entry.day, entry.hash].some((value) =>
        value?.toLowerCase().includes(typed),
      ),
  );
}
