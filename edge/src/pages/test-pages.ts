/** The pages by themselves, for tests: the example vendor, and a sealer that answers what the test says. */
import { fileURLToPath } from 'node:url';
import { loadConfig } from '@avow/config/config';
import type { ErrorBody, Language } from '@avow/protocol/refusals';
import { Hono } from 'hono';
import type { EdgeEnv } from '../platform/variables.ts';
import type { PagesDeps } from './deps.ts';
import type { Programme } from './improvement/programme.ts';
import { pagesRoutes } from './routes.ts';

export interface Sealed {
  route: string;
  body: unknown;
  language: Language;
  idempotencyKey: string | undefined;
}

export type Verdict =
  | { kind: 'answered'; answer: unknown }
  | { kind: 'accepted' }
  | { kind: 'refused'; status: number; error: ErrorBody['error'] };

export interface TestPages {
  /** What would have been sealed, in order. */
  sealed: Sealed[];
  answerWith(verdict: Verdict): void;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
}

export const NONCE = 'test+nonce/==';

export const config = await loadConfig(
  fileURLToPath(new URL('../../../examples/vendor/avow.config.ts', import.meta.url)),
);

export const assets = Object.fromEntries(
  ['forms.js', 'links.js', 'my.js', 'pages.css'].map((name) => [
    name,
    { path: `/assets/${name.replace('.', '-1234.')}`, integrity: 'sha384-abc' },
  ]),
);

const NO_PROGRAMME: Programme = { configurations: () => null, tables: () => null };

export function testPages(programme = NO_PROGRAMME): TestPages {
  const sealed: Sealed[] = [];
  let verdict: Verdict = { kind: 'answered', answer: { accepted: true } };
  // The type of the answer belongs to the route; what a test says is taken as it is.
  const sealPlainForm = (async (route: string, body: unknown, language: Language, idempotencyKey?: string) => {
    sealed.push({ route, body, language, idempotencyKey });
    return verdict.kind === 'accepted' ? { ...verdict, answerLater: async () => null } : verdict;
  }) as unknown as PagesDeps['sealPlainForm'];

  const app = new Hono<EdgeEnv>();
  app.use(async (c, next) => {
    c.set('nonce', NONCE);
    await next();
  });
  app.route('/', pagesRoutes({ config, publicUrl: 'http://localhost:8080', assets, sealPlainForm, programme }));
  const host = { host: 'localhost:8080' };
  return {
    sealed,
    answerWith(next) {
      verdict = next;
    },
    get: async (path, headers) => app.request(path, { headers: { ...host, ...headers } }),
    post: async (path, fields, headers) =>
      app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { ...host, ...headers } }),
  };
}
