/** "Show me everything": what each feature says it holds, put together. */
import type { EverythingHeld } from '@avow/protocol/self-service';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import type { Feature } from '../platform/feature.ts';

export async function showEverything(
  features: readonly Feature[],
  tx: Kysely<VaultTables>,
  personId: string,
  contactEmail: string,
): Promise<EverythingHeld> {
  const everything: EverythingHeld = {
    fields: [],
    changes: [],
    products: [],
    consents: [],
    proposedEmail: null,
    requests: [],
    questions: [],
    accesses: [],
    contactEmail,
  };
  for (const feature of features) {
    const told = await feature.tellPerson(tx, personId);
    everything.fields.push(...(told.fields ?? []));
    everything.changes.push(...(told.changes ?? []));
    everything.products.push(...(told.products ?? []));
    everything.consents.push(...(told.consents ?? []));
    everything.requests.push(...(told.requests ?? []));
    everything.questions.push(...(told.questions ?? []));
    everything.accesses.push(...(told.accesses ?? []));
    everything.proposedEmail ??= told.proposedEmail ?? null;
  }
  return everything;
}
