/** A typed code without JavaScript: sealed by this process, like a plain form. */

import { readToken } from '@avow/protocol/crockford';
import type { SealedRoutes } from '@avow/protocol/sealed-routes';
import type { Outcome } from '@avow/protocol/sealing/sealed-fetch';
import { type CodePage, HOLD_ANSWERS } from './codes.ts';
import type { PagesDeps } from './deps.ts';
import { type FormState, messagesOf } from './form-state.ts';
import type { PageContext } from './page.ts';

type Answer = SealedRoutes[CodePage['route']]['answer'];

export type CodeOutcome =
  | { kind: 'done'; confirmed: SealedRoutes['POST /confirmations']['answer'] | null }
  | { kind: 'waiting' }
  | { kind: 'form'; state: FormState; status: number };

export async function submitPlainCode(
  deps: PagesDeps,
  context: PageContext,
  codePage: CodePage,
  state: FormState,
): Promise<CodeOutcome> {
  const typed = state.values.token?.trim() ?? '';
  const token = readToken(typed);
  const answer = HOLD_ANSWERS.find((candidate) => candidate === state.values.answer);
  const messages = messagesOf(
    {
      ...(typed === '' ? { token: 'field_required' } : token === null && { token: 'field_malformed' }),
      ...(codePage.name === 'hold' && !answer && { answer: 'field_required' }),
    },
    context.language,
  );
  if (token === null || Object.keys(messages).length > 0)
    return { kind: 'form', state: { ...state, messages }, status: 422 };

  const outcome: Outcome<Answer> =
    codePage.route === 'POST /holds/answer' && answer
      ? await deps.sealPlainForm(codePage.route, { token, answer }, context.language, state.idempotencyKey)
      : await deps.sealPlainForm(
          codePage.route as 'POST /confirmations',
          { token },
          context.language,
          state.idempotencyKey,
        );
  if (outcome.kind === 'accepted') return { kind: 'waiting' };
  if (outcome.kind === 'answered') {
    return { kind: 'done', confirmed: 'confirmed' in outcome.answer ? outcome.answer : null };
  }
  return {
    kind: 'form',
    state: { ...state, refused: outcome.error, idempotencyKey: crypto.randomUUID() },
    status: outcome.status,
  };
}
