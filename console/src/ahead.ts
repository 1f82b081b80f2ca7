/**
 * Runs before the console, which is a hundred times its size: asks the vault what the page will ask it first, and fetches the code of
 * the page, so that all of it is on its way at the same time. The console works the same without it.
 */
import type { SessionState } from '@avow/protocol/staff/session';
import { askAhead } from './api/ahead.ts';
import { addressOf, keepCsrfToken } from './api/call.ts';
import { askVisitsAhead } from './visits/asking/ask-ahead.ts';

const { pathname, search } = location;
const visits = pathname === '/visits';

void askAhead<SessionState>(addressOf('GET /session')).then((session) => {
  if (session?.state !== 'signed-in') return;
  keepCsrfToken(session.csrf);
  if (visits) askVisitsAhead(session, search);
});
// After the question, which must not wait for a connection.
if (visits) void import('./visits/visits-page.tsx');
