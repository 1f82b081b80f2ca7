import { errorBody, REFUSALS, type RefusalCode } from '@avow/protocol/refusals';
import type { Context } from 'hono';
import { requestLanguage } from './language.ts';
import type { EdgeEnv } from './variables.ts';

/** Answers with the refusal as ErrorBody JSON. The outermost middleware turns it into a page for those who prefer HTML. */
export function refuse(c: Context<EdgeEnv>, code: RefusalCode, headers: Record<string, string> = {}): Response {
  const refusal = { refused: code };
  c.set('refusal', refusal);
  const language = requestLanguage(c.req);
  return c.json(errorBody(refusal, language), REFUSALS[code].status, {
    'content-language': language,
    'cache-control': 'no-store',
    ...headers,
  });
}

/** Whether the requester is a browser that shows pages (as `Accept` says) rather than a program. */
export function prefersPage(accept: string | undefined): boolean {
  return /(^|[\s,])text\/html\s*(?!;\s*q=0(\.0*)?\s*(,|$))(;|,|$)/i.test(accept ?? '');
}
