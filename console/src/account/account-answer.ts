import type { UseQueryResult } from '@tanstack/react-query';
import { answerOptions } from '../api/answers.ts';
import { queryClient } from '../api/query-client.ts';
import type { AnswerOf } from '../api/routes.ts';

export type Account = AnswerOf<'GET /account'>;
export type AccountAnswer = UseQueryResult<Account>;

/** Takes over what an act on the account answered. */
export function changeAccount(changed: Partial<Account>): void {
  queryClient.setQueryData(answerOptions('GET /account').queryKey, (before) => before && { ...before, ...changed });
}
