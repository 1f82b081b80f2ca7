/**
 * The one way to the vault: `call('GET /session')` knows body and answer by the route's name. What the vault refuses is a value
 * with a code of the closed list and the sentence in the reader's language; so is a vault that cannot be reached.
 */
import type { Language, RefusalCode } from '@avow/protocol/refusals';
import { responsesAhead } from './ahead.ts';
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, RouteName } from './routes.ts';

/** `unreachable` is the console's own: there was no answer that could be read. */
export interface Refused {
  /** HTTP status; 0 where there was no answer. */
  status: number;
  code: RefusalCode | 'unreachable';
  message: string;
  fields: Record<string, { code: RefusalCode; message: string }>;
}

export type Outcome<R extends RouteName> = { ok: true; answer: AnswerOf<R> } | { ok: false; refused: Refused };

/** What a call needs beside its name; nothing where the route takes nothing. */
export type Asked<R extends RouteName> = (BodyOf<R> extends null ? { body?: null } : { body: BodyOf<R> }) &
  (ParamsOf<R> extends undefined ? { params?: undefined } : { params: ParamsOf<R> }) &
  (QueryOf<R> extends undefined
    ? { query?: undefined }
    : Record<never, never> extends QueryOf<R>
      ? { query?: QueryOf<R> }
      : { query: QueryOf<R> });

/** `{}` may be left out. */
export type AskedArguments<R extends RouteName> =
  Record<never, never> extends Asked<R> ? [asked?: Asked<R>] : [asked: Asked<R>];

const UNREACHABLE: Record<Language, string> = {
  en: 'The private server does not answer. Nothing was changed. Check that it runs and that you are on its network, then try again.',
  de: 'Der private Server antwortet nicht. Es wurde nichts geändert. Prüfen Sie, ob er läuft und ob Sie in seinem Netz sind, und versuchen Sie es dann noch einmal.',
};

let csrf: string | null = null;
let language: Language = 'en';
let latest = { at: Date.now(), offset: 0 };
const watchers = new Set<(refused: Refused) => void>();

/** From `GET /session` and every answer that carries a new session. */
export function keepCsrfToken(token: string | null): void {
  csrf = token;
}

/** The language in which refusals are told. */
export function tellRefusalsIn(wanted: Language): void {
  language = wanted;
}

/** When the vault last answered anything, a sign of life by which a session goes on; and by how many ms its clock was ahead of this one. */
export function lastAnswer(): { at: number; offset: number } {
  return latest;
}

/** Hears of every refusal (a session that ended shows in any call). Returns how to stop. */
export function onRefusal(watcher: (refused: Refused) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

interface Loose {
  body?: unknown;
  params?: Record<string, string> | undefined;
  query?: Record<string, string | number | boolean | null | undefined> | undefined;
}

/** `/api/account/passkeys/7?x=1`: also for links to files (`<a href download>`). */
export function addressOf<R extends RouteName>(route: R, ...[asked]: AskedArguments<R>): string {
  const { params = {}, query = {} } = (asked ?? {}) as Loose;
  const path = route
    .slice(route.indexOf(' ') + 1)
    .replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) search.set(name, String(value));
  }
  return `/api${path}${search.size > 0 ? `?${search}` : ''}`;
}

export async function call<R extends RouteName>(route: R, ...asked: AskedArguments<R>): Promise<Outcome<R>> {
  const address = addressOf(route, ...asked);
  const init = requestOf(route, asked[0]);
  const ahead = init.method === 'GET' ? responsesAhead.take(address) : null;
  const outcome = await send(address, init, readJson, ahead);
  if (!outcome.ok) for (const watcher of watchers) watcher(outcome.refused);
  // The vault's tests hold its answers to the same table.
  return outcome as Outcome<R>;
}

/** The same as the reader of a shared link, who has no session: the link's routes stand under `/api/shared`. */
export async function callAsReader<R extends RouteName>(
  reader: string,
  route: R,
  ...asked: AskedArguments<R>
): Promise<Outcome<R>> {
  const address = addressOf(route, ...asked).replace(/^\/api/, '/api/shared');
  return (await send(address, requestOf(route, asked[0], reader), readJson)) as Outcome<R>;
}

/** A file that is asked for in a body; `path` stands under `/api`. */
export function fetchFile(
  path: string,
  body: object,
  reader: string | null,
): Promise<{ ok: true; answer: Blob } | { ok: false; refused: Refused }> {
  return send(`/api${reader === null ? '' : '/shared'}${path}`, requestOf('POST', { body }, reader), (response) =>
    response.blob(),
  );
}

function requestOf(route: string, asked: unknown, reader: string | null = null): RequestInit {
  const method = route.split(' ', 1)[0] ?? 'GET';
  const { body = null } = (asked ?? {}) as Loose;
  const headers: Record<string, string> = { accept: '*/*', 'accept-language': language };
  const bytes = body instanceof Blob;
  if (body !== null) headers['content-type'] = bytes ? 'application/octet-stream' : 'application/json';
  if (reader !== null) headers.authorization = `Bearer ${reader}`;
  else if (method !== 'GET' && csrf !== null) headers['avow-csrf'] = csrf;
  return { method, headers, ...(body !== null && { body: bytes ? body : JSON.stringify(body) }) };
}

const readJson = (response: Response): Promise<unknown> => response.json();

async function send<Content>(
  address: string,
  init: RequestInit,
  read: (response: Response) => Promise<Content>,
  ahead: Promise<Response> | null = null,
): Promise<{ ok: true; answer: Content } | { ok: false; refused: Refused }> {
  try {
    const response = await (ahead ?? fetch(address, { ...init, credentials: 'same-origin', cache: 'no-store' }));
    const at = Date.now();
    latest = { at, offset: (Date.parse(response.headers.get('date') ?? '') || at) - at };
    if (response.ok) return { ok: true, answer: await read(response) };
    const refused = readRefusal(response.status, await response.json());
    if (refused) return { ok: false, refused };
  } catch {
    // No connection, or no JSON: for the person at the screen the same.
  }
  return { ok: false, refused: { status: 0, code: 'unreachable', message: UNREACHABLE[language], fields: {} } };
}

function readRefusal(status: number, content: unknown): Refused | null {
  if (typeof content !== 'object' || content === null || !('error' in content)) return null;
  const { code, message, fields = {} } = content.error as Partial<Refused>;
  return code && message ? { status, code, message, fields } : null;
}
