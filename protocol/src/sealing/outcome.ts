/** What came of a sealed call, as a value. */
import type { BinaryResponse } from '../binary-http.ts';
import { TooLarge } from '../padding.ts';
import { type ErrorBody, type Language, PUBLIC_REFUSALS, publicErrorBody } from '../refusals.ts';
import { RelayUnreachable } from './relay-call.ts';
import { UnreadableAnswer } from './sealer.ts';
import { KeysUnverified } from './verified-keys.ts';

export interface Refused {
  kind: 'refused';
  status: number;
  error: ErrorBody['error'];
}

export type Outcome<A> =
  | { kind: 'answered'; answer: A }
  | Refused
  /** Safe on the edge's disk; the vault has not answered yet. `answerLater` asks once; null: not yet. */
  | { kind: 'accepted'; answerLater(): Promise<Outcome<A> | null> };

export function refused(code: keyof typeof PUBLIC_REFUSALS, language: Language): Refused {
  const { error } = publicErrorBody({ refused: code }, language);
  return { kind: 'refused', status: PUBLIC_REFUSALS[code].status, error };
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function isErrorBody(value: unknown): value is ErrorBody {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false;
  const { error } = value;
  if (typeof error !== 'object' || error === null || !('code' in error && 'message' in error)) return false;
  return (
    typeof error.code === 'string' && Object.hasOwn(PUBLIC_REFUSALS, error.code) && typeof error.message === 'string'
  );
}

/** The vault's sealed word. The type of the answer is the route's: it was sealed by the vault, which keeps the same table. */
export function sealedOutcome<A>({ status, body }: BinaryResponse, language: Language): Outcome<A> {
  const value = readJson(body);
  if (status < 300 && value !== undefined) return { kind: 'answered', answer: value as A };
  return isErrorBody(value) ? { kind: 'refused', status, error: value.error } : refused('internal', language);
}

/** The relay's plain word; anything that is not one of our errors comes from something between us and the relay. */
export async function relayOutcome(response: Response, language: Language): Promise<Refused> {
  const value = readJson(new Uint8Array(await response.arrayBuffer()));
  if (!isErrorBody(value)) return refused('relay_unreachable', language);
  return { kind: 'refused', status: response.status, error: value.error };
}

/** The refusal behind an error of `callRelay`; anything unforeseen is thrown on. */
export function refusalOf(error: unknown, language: Language): Refused {
  if (error instanceof RelayUnreachable) return refused('relay_unreachable', language);
  if (error instanceof KeysUnverified) return refused('keys_unverified', language);
  if (error instanceof UnreadableAnswer) return refused('answer_unreadable', language);
  if (error instanceof TooLarge) return refused('too_large', language);
  throw error;
}
