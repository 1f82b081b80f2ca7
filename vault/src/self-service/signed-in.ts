/** Who is asking: the session decides, never anything in the body. */
import type { Refusal } from '@avow/protocol/refusals';
import type { PersonRecord } from '../people/people.ts';
import { findSession } from '../people/sessions.ts';
import type { SealedContext } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';

const NOT_SIGNED_IN: Refusal = { refused: 'not_signed_in' };

/** Calls `act` with the person of the session, or refuses. */
export async function asPerson<Answer extends object>(
  services: Services,
  context: SealedContext,
  act: (personId: string) => Promise<Answer | Refusal>,
): Promise<Answer | Refusal> {
  const personId = await findPerson(services, context);
  return personId === null ? NOT_SIGNED_IN : act(personId);
}

/** The same with everything that is held in the person's own fields. */
export function asPersonRecord<Answer extends object>(
  services: Services,
  context: SealedContext,
  act: (person: PersonRecord) => Promise<Answer | Refusal>,
): Promise<Answer | Refusal> {
  return asPerson(services, context, async (personId) => act(await services.people.get(context.tx, personId)));
}

async function findPerson({ clock }: Services, { tx, bearer }: SealedContext): Promise<string | null> {
  const personId = bearer === null ? null : await findSession(tx, bearer, clock());
  if (personId === null) return null;
  // A session outlives the person where somebody is erased while signed in.
  const person = await tx.selectFrom('persons').select('id').where('id', '=', personId).executeTakeFirst();
  return person?.id ?? null;
}
