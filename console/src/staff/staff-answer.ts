import type { UseQueryResult } from '@tanstack/react-query';
import { answerOptions } from '../api/answers.ts';
import { queryClient } from '../api/query-client.ts';
import type { AnswerOf } from '../api/routes.ts';

export type StaffAnswer = UseQueryResult<AnswerOf<'GET /staff'>>;
export type Person = AnswerOf<'GET /staff'>['staff'][number];

export function reloadStaff(): void {
  void queryClient.invalidateQueries({ queryKey: answerOptions('GET /staff').queryKey });
}
