/** Looks for the answer of something accepted, while the page is open: soon at first, then every quarter of a minute. */
import type { Outcome } from '@avow/protocol/sealing/sealed-fetch';

const FIRST_MS = 2_000;
const LONGEST_MS = 15_000;

type Accepted<A> = Extract<Outcome<A>, { kind: 'accepted' }>;
type Settled<A> = Exclude<Outcome<A>, Accepted<A>>;

/** Refusals that say nothing about the request itself: ask again later. */
const PASSING = new Set(['relay_unreachable', 'too_many_requests', 'briefly_unavailable', 'vault_away', 'internal']);

/** Null when the relay no longer knows of it: the mail will tell. */
export async function waitForAnswer<A>(accepted: Accepted<A>): Promise<Settled<A> | null> {
  for (let pause = FIRST_MS; ; pause = Math.min(pause * 1.5, LONGEST_MS)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const outcome = await accepted.answerLater();
    if (outcome === null || outcome.kind === 'accepted') continue;
    if (outcome.kind === 'answered') return outcome;
    if (outcome.error.code === 'not_found') return null;
    if (!PASSING.has(outcome.error.code)) return outcome;
  }
}
