/** Asks the program behind the page. The session lives in this tab alone. */
import type { Answer } from '../src/acts.ts';

const KEY = 'control-center-session';

/** Refused: `code` says why, `message` tells it. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The program is gone, or it does not know this tab. */
export class NotConnected extends Error {}

async function send(method: string, path: string, body: object | null): Promise<unknown> {
  const session = sessionStorage.getItem(KEY);
  const headers = {
    ...(session !== null && { authorization: `Bearer ${session}` }),
    ...(body !== null && { 'content-type': 'application/json' }),
  };
  const response = await fetch(path, { method, headers, ...(body !== null && { body: JSON.stringify(body) }) }).catch(
    () => {
      throw new NotConnected();
    },
  );
  const answer = (await response.json()) as { error?: { code: string; message: string } };
  if (response.status === 401) throw new NotConnected();
  if (answer.error) throw new Refused(answer.error.code, answer.error.message);
  return answer;
}

/** Exchanges the one-time token behind `#` for a session, and takes it out of the address. Throws NotConnected. */
export async function connect(): Promise<void> {
  const token = location.hash.slice(1);
  if (token === '') return;
  history.replaceState(null, '', location.pathname);
  try {
    const { session } = (await send('POST', '/api/session', { token })) as { session: string };
    sessionStorage.setItem(KEY, session);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Used before: by this very tab, perhaps, when it was reloaded.
    if (sessionStorage.getItem(KEY) === null) throw new NotConnected();
  }
}

export const look = (): Promise<Answer> => send('GET', '/api/state', null) as Promise<Answer>;

export const act = (path: string, body: object = {}): Promise<Answer> => send('POST', path, body) as Promise<Answer>;
