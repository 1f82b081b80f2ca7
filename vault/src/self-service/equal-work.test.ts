/** Known and unknown addresses are told apart neither by the answer nor by what is done for it: the same statements, in the same order. */
import { createTestDatabase } from '@avow/engines/testing';
import type { SealedRouteName } from '@avow/protocol/sealed-routes';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VaultTables } from '../platform/database.ts';
import { isRefusal, type SealedContext } from '../platform/feature.ts';
import { openTestFeatures, type TestFeatures } from '../test-features.ts';
import { personForm } from '../test-forms.ts';
import { registerPerson, signedInPerson } from '../test-people.ts';

let house: TestFeatures;
let watched: Kysely<VaultTables>;
const statements: string[] = [];

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
  watched = new Kysely<VaultTables>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: house.vaultUrl, max: 2 }) }),
    log({ query }) {
      statements.push(query.sql);
    },
  });
  await registerPerson(house, 'known@example.org');
});

afterAll(async () => {
  await watched.destroy();
  await house.close();
});

/** Answer and statements of one call. */
async function watch(route: SealedRouteName, body: object, bearer: string | null = null) {
  const handler = house.features.flatMap(({ accepts }) => accepts).find((candidate) => candidate.route === route);
  if (!handler) throw new Error(`no handler for ${route}`);
  statements.length = 0;
  const answer = await watched.transaction().execute((tx) => {
    const context: SealedContext = { tx, language: 'en', bearer, awaited: true, today: house.today() };
    return handler.handle(handler.body.parse(body), context);
  });
  if (isRefusal(answer)) throw new Error(`${route} was refused`);
  return { answer: JSON.stringify(answer), statements: [...statements] };
}

test('asking for a sign-in link (W8)', async () => {
  const known = await watch('POST /sign-in-links', { email: 'known@example.org', language: 'en' });
  const unknown = await watch('POST /sign-in-links', { email: 'nobody@example.org', language: 'en' });
  expect(known.statements.length).toBeGreaterThan(4);
  expect(unknown).toEqual(known);
});

test('registering (W3)', async () => {
  const known = await watch('POST /registrations', personForm('known@example.org'));
  const unknown = await watch('POST /registrations', personForm('nobody@example.org'));
  expect(known.statements.length).toBeGreaterThan(4);
  expect(unknown).toEqual(known);
});

test('proposing an address that somebody else has (W8)', async () => {
  const { bearer } = await signedInPerson(house, 'proposes@example.org');
  const known = await watch('POST /me/email-changes', { email: 'known@example.org' }, bearer);
  const unknown = await watch('POST /me/email-changes', { email: 'nobody@example.org' }, bearer);
  expect(known.statements.length).toBeGreaterThan(4);
  expect(unknown).toEqual(known);
});
