/** The state of the screen for its parts, out of the address and back into it. */
import type { Filter } from '@avow/protocol/staff/visits';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { writeFilters } from './filter-text.ts';
import { readSearch, type SearchAct, type VisitsSearch } from './search.ts';

/** The state of the screen, and how it is changed: each change is a step that the back button undoes. */
export function useVisitsSearch(): { search: VisitsSearch; change: SearchAct; setFilters(filters: Filter[]): void } {
  const search = readSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const change = useCallback<SearchAct>(
    (part) =>
      void navigate({
        to: '.',
        // In the hash of a shared page stands its token.
        hash: true,
        search: (before: Record<string, unknown>) => readSearch({ ...before, ...part }),
        resetScroll: false,
      }),
    [navigate],
  );
  const setFilters = useCallback((filters: Filter[]) => change({ f: writeFilters(filters) || undefined }), [change]);
  return { search, change, setFilters };
}
