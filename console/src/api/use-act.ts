import { useState } from 'react';
import { type AskedArguments, call, type Refused } from './call.ts';
import type { AnswerOf, RouteName } from './routes.ts';

export interface Act<R extends RouteName> {
  busy: boolean;
  /** Why the last attempt was refused; null before and while one is on its way. */
  refused: Refused | null;
  /** The sentence for a refused field, to stand beside it. */
  problem(field: string): string | undefined;
  /** The answer; null when it was refused. */
  run(...asked: AskedArguments<R>): Promise<AnswerOf<R> | null>;
  forget(): void;
}

/** An act that a form sends: whether it is on its way, and what was refused. What was typed stays with the form. */
export function useAct<R extends RouteName>(route: R): Act<R> {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  return {
    busy,
    refused,
    problem: (field) => refused?.fields[field]?.message,
    async run(...asked) {
      setBusy(true);
      setRefused(null);
      const outcome = await call(route, ...asked);
      setBusy(false);
      if (outcome.ok) return outcome.answer;
      setRefused(outcome.refused);
      return null;
    },
    forget: () => setRefused(null),
  };
}
