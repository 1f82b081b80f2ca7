/** A route of the staff's API, once it is known that the caller may use it: what was asked is read by its schemas, then it is answered. */
import { errorBody, type Language, type Refusal, refusalStatus } from '@avow/protocol/refusals';
import type { Context } from 'hono';
import type { z } from 'zod';
import { isRefusal, type StaffBrowser, type StaffCaller, type StaffRoute } from '../feature.ts';
import { fieldRefusals } from './field-refusals.ts';
import { preferredLanguage } from './language.ts';
import { staffBrowser } from './staff-cookie.ts';

export const MOST_BODY_BYTES = 64 * 1024;

export async function serveRoute(
  c: Context,
  route: StaffRoute,
  caller: StaffCaller,
  browser: StaffBrowser = staffBrowser(c, null),
): Promise<Response> {
  const query = read(route.query, c.req.query());
  if (isRefusal(query)) return refuse(c, query);
  const body = await readBody(c, route);
  if (isRefusal(body)) return refuse(c, body);
  const asked = { params: c.req.param() as Record<string, string>, query: query.value, body: body.value };
  const result = await route.handle(asked, { language: languageOf(c), caller, browser });
  // With the cookies that were set on the way.
  if (result instanceof Response) return c.newResponse(result.body, result);
  return isRefusal(result) ? refuse(c, result) : c.json(result);
}

/** The value, or what is wrong with it. */
function read(schema: z.ZodType | undefined, value: unknown): { value: unknown } | Refusal {
  if (!schema) return { value: undefined };
  const { success, data, error } = schema.safeParse(value);
  return success ? { value: data } : fieldRefusals(error, value);
}

async function readBody(c: Context, { body: schema, bytes }: StaffRoute): Promise<{ value: unknown } | Refusal> {
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (bytes !== undefined) {
    if (type !== 'application/octet-stream') return { refused: 'unsupported_media_type' };
    return { value: new Uint8Array(await c.req.arrayBuffer()) };
  }
  if (!schema) return { value: undefined };
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

export function bearerOf(c: Context): string {
  return /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
}

function languageOf(c: Context): Language {
  return preferredLanguage(c.req.header('accept-language'));
}

export function refuse(c: Context, refusal: Refusal): Response {
  const status = refusalStatus(refusal);
  if (status === 401) c.header('www-authenticate', 'Bearer');
  return c.newResponse(JSON.stringify(errorBody(refusal, languageOf(c))), {
    status: status as 400,
    headers: { 'content-type': 'application/json' },
  });
}
