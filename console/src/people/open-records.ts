/**
 * Records that are open in this window: in its memory only, and gone with it. Reloading asks the vault again, under the access that
 * stands in the address.
 */
import type { OpenedPerson, OpenedQuestion, OpenedRequest } from '@avow/protocol/staff/people';
import { queryOptions } from '@tanstack/react-query';
import { answerOptions } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';
import { RefusedError } from '../api/refused-error.ts';

/** What the record was opened about, where it was not only the person. */
export type OpenCase =
  | ({ what: 'request' } & Omit<OpenedRequest, 'person'>)
  | ({ what: 'question' } & Omit<OpenedQuestion, 'person'>);

const recordKey = (access: string) => ['record', access] as const;
const caseKey = (access: string) => ['record', access, 'case'] as const;

export function recordOptions(access: string) {
  return queryOptions({
    queryKey: recordKey(access),
    async queryFn(): Promise<OpenedPerson> {
      const outcome = await call('POST /people/record', { body: { access } });
      if (!outcome.ok) throw new RefusedError(outcome.refused);
      return outcome.answer;
    },
    gcTime: 0,
  });
}

export function caseOptions(access: string) {
  return queryOptions({
    queryKey: caseKey(access),
    queryFn: (): OpenCase | null => queryClient.getQueryData<OpenCase | null>(caseKey(access)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function keepRecord(person: OpenedPerson): void {
  queryClient.setQueryData(recordKey(person.access), person);
}

/** Null when it is dealt with. */
export function keepCase(access: string, about: OpenCase | null): void {
  queryClient.setQueryData(caseKey(access), about);
}

/** What waits for staff, to be asked for anew. */
export function renewWaiting(): void {
  void queryClient.invalidateQueries({ queryKey: answerOptions('GET /people/requests').queryKey });
  void queryClient.invalidateQueries({ queryKey: answerOptions('GET /people/questions').queryKey });
}

export function forgetRecord(access: string): void {
  queryClient.removeQueries({ queryKey: recordKey(access) });
}
