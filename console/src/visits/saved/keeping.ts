/** Keeping and deleting what stands beside the figures; lists are renewed afterwards. */
import type { SavedInput } from '@avow/protocol/staff/visits';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Refused } from '../../api/call.ts';
import { VISITS_KEY } from '../asking/answers.ts';

export function useKeeping() {
  const queries = useQueryClient();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  /** Goals are figures of what is kept. */
  const renew = () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [area, , route] }) =>
        area === VISITS_KEY && (route === 'GET /visits/saved' || route === 'POST /visits/goals'),
    });
  async function act(work: () => Promise<{ ok: true } | { ok: false; refused: Refused }>): Promise<boolean> {
    setBusy(true);
    const outcome = await work();
    setBusy(false);
    setRefused(outcome.ok ? null : outcome.refused);
    await renew();
    return outcome.ok;
  }
  return {
    refused,
    busy,
    keep: (body: SavedInput) => act(() => call('POST /visits/saved', { body })),
    remove: (id: string) => act(() => call('DELETE /visits/saved/:id', { params: { id } })),
    /** Kept anew before the old one goes: a crash in between leaves both. */
    replace: (id: string, body: SavedInput) =>
      act(async () => {
        const kept = await call('POST /visits/saved', { body });
        return kept.ok ? call('DELETE /visits/saved/:id', { params: { id } }) : kept;
      }),
  };
}
