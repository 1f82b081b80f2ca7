/** The staff's API under `/api`: one way in for every feature's routes. Who asks, whether they may, whether it can be read; then the route. */
import { errorBody, type Language, type Refusal, refusalStatus } from '@avow/protocol/refusals';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import type { VaultDatabase } from '../database.ts';
import { isoDay } from '../day.ts';
import { isRefusal, type StaffRoute } from '../feature.ts';
import { type ApiToken, findApiToken } from './api-tokens.ts';
import { fieldRefusals } from './field-refusals.ts';
import { preferredLanguage } from './language.ts';
import { describeApi } from './open-api.ts';

const MOST_BODY_BYTES = 64 * 1024;

export function createStaffApi(options: { db: VaultDatabase; routes: readonly StaffRoute[]; clock: () => Date }): Hono {
  const { db, routes, clock } = options;
  const api = new Hono();
  const description = describeApi(routes);
  api.get('/openapi.json', (c) => c.json(description));
  api.use(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => refuse(c, { refused: 'too_large' }) }));
  for (const route of routes) {
    api.on(route.method, route.path, async (c) => {
      const token = await findApiToken(db, bearerOf(c), isoDay(clock()));
      return token ? answer(c, route, token) : refuse(c, { refused: 'token_unknown' });
    });
  }
  return api;
}

async function answer(c: Context, route: StaffRoute, { id, label, permissions }: ApiToken): Promise<Response> {
  if (!permissions.includes(route.permission)) return refuse(c, { refused: 'permission_missing' });
  const query = read(route.query, c.req.query());
  if (isRefusal(query)) return refuse(c, query);
  const body = route.body ? await readBody(c, route.body) : { value: undefined };
  if (isRefusal(body)) return refuse(c, body);
  const context = { language: languageOf(c), caller: { tokenId: id, label } };
  const asked = { params: c.req.param() as Record<string, string>, query: query.value, body: body.value };
  const result = await route.handle(asked, context);
  if (result instanceof Response) return result;
  return isRefusal(result) ? refuse(c, result) : c.json(result);
}

/** The value, or what is wrong with it. */
function read(schema: z.ZodType | undefined, value: unknown): { value: unknown } | Refusal {
  if (!schema) return { value: undefined };
  const { success, data, error } = schema.safeParse(value);
  return success ? { value: data } : fieldRefusals(error, value);
}

async function readBody(c: Context, schema: z.ZodType): Promise<{ value: unknown } | Refusal> {
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') return { refused: 'unsupported_media_type' };
  let value: unknown;
  try {
    value = JSON.parse(await c.req.text());
  } catch (error) {
    if (error instanceof SyntaxError) return { refused: 'malformed' };
    throw error;
  }
  return read(schema, value);
}

function bearerOf(c: Context): string {
  return /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
}

function languageOf(c: Context): Language {
  return preferredLanguage(c.req.header('accept-language'));
}

function refuse(c: Context, refusal: Refusal): Response {
  const status = refusalStatus(refusal);
  if (status === 401) c.header('www-authenticate', 'Bearer');
  return c.newResponse(JSON.stringify(errorBody(refusal, languageOf(c))), {
    status: status as 400,
    headers: { 'content-type': 'application/json' },
  });
}
