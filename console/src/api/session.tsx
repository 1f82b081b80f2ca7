/** Who is signed in, as the vault says; asked for once and renewed when a call is refused for want of a session. */
import type { Permission } from '@avow/protocol/staff/roles';
import type { SessionState } from '@avow/protocol/staff/session';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { answerOptions } from './answers.ts';
import { call, keepCsrfToken, onRefusal } from './call.ts';
import { queryClient } from './query-client.ts';

const sessionOptions = { ...answerOptions('GET /session'), staleTime: Number.POSITIVE_INFINITY };

export function useSessionAnswer() {
  const answer = useQuery(sessionOptions);
  const queries = useQueryClient();
  // Before the first act can be sent, not after the next paint.
  if (answer.data) keepCsrfToken(answer.data.csrf);
  useEffect(
    () =>
      onRefusal(({ status }) => {
        if (status === 401) void queries.invalidateQueries({ queryKey: sessionOptions.queryKey });
      }),
    [queries],
  );
  return answer;
}

/** Takes over what an act answered. With another person, or none, nothing that was read before may stay. */
export function enterSession(session: SessionState): void {
  const before = queryClient.getQueryData(sessionOptions.queryKey);
  if (before?.staff?.id !== session.staff?.id) {
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'GET /session' });
  }
  keepCsrfToken(session.csrf);
  queryClient.setQueryData(sessionOptions.queryKey, session);
}

/** Asks the vault again who is signed in. A vault that does not answer changes nothing. */
export async function renewSession(): Promise<void> {
  const outcome = await call('GET /session');
  if (outcome.ok) enterSession(outcome.answer);
}

const SessionContext = createContext<SessionState | null>(null);

export function SessionProvider({ session, children }: { session: SessionState; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session; only below the pages for whoever is signed in. */
export function useSession(): SessionState {
  const session = useContext(SessionContext);
  if (!session) throw new Error('there is no session here');
  return session;
}

/** Whether whoever is signed in may do this: shows what can be used; the vault decides. */
export function useMay(): (permission: Permission | null) => boolean {
  const { permissions } = useSession();
  return (permission) => permission === null || permissions.includes(permission);
}
