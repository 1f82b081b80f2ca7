import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStaff, signInAs, type TestStaff } from '../test-staff.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { beginAct } from './challenges.ts';
import { createTotp } from './totp.ts';

let vault: TestVault;
let house: TestStaff;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  house = await openTestStaff(vault);
});
afterAll(() => vault.close());

type Person = Awaited<ReturnType<TestStaff['member']>>;
const MEMBERS = 3;

async function addPasskey({ staffId }: Person): Promise<string> {
  const id = randomUUID();
  const made = {
    public_key: Buffer.from([1]),
    counter: 0,
    transports: [],
    host: 'localhost',
    label: 'key',
    last_used: null,
  };
  await vault.db
    .insertInto('staff_passkeys')
    .values({ id, staff_id: staffId, created: '2026-11-24', ...made })
    .execute();
  return id;
}

async function addSession({ staffId }: Person): Promise<string> {
  return (await signInAs(house.house, { id: staffId })).sessionId;
}

async function changingAuthenticator({ staffId }: Person): Promise<string> {
  const { secret } = createTotp('x', 'y');
  const how = { minutes: 5, now: house.clock() };
  return beginAct(vault.db, 'change authenticator', { staffId, secret }, how);
}

const KINDS = {
  session: { add: addSession, take: (own: Person, id: string) => own.request('DELETE', `/account/sessions/${id}`) },
  passkey: { add: addPasskey, take: (own: Person, id: string) => own.request('DELETE', `/account/passkeys/${id}`) },
};

test('nobody reaches another member’s sessions or passkeys, whatever ids they know (object-level authorisation)', async () => {
  const members = await Promise.all(Array.from({ length: MEMBERS }, () => house.member('administrator', 'support')));
  // So that a removed passkey is never the only way to sign in.
  for (const member of members) await addPasskey(member);
  const act = fc.record({
    kind: fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])),
    owner: fc.nat({ max: MEMBERS - 1 }),
    taker: fc.nat({ max: MEMBERS - 1 }),
    twice: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
      for (const { kind, owner, taker, twice } of acts) {
        const [theirs, own] = [members[owner], members[taker]];
        if (!theirs || !own) throw new Error('no such member');
        const id = await KINDS[kind].add(theirs);
        const expected = owner === taker ? 200 : 404;
        expect((await KINDS[kind].take(own, id)).status).toBe(expected);
        if (twice) expect((await KINDS[kind].take(own, id)).status).toBe(404);
        if (owner !== taker) expect((await KINDS[kind].take(theirs, id)).status).toBe(200);
      }
    }),
    { numRuns: 25 },
  );
});

test('what one member began another cannot finish', async () => {
  const [one, two] = [await house.member('support'), await house.member('support')];
  const challenge = await changingAuthenticator(one);
  expect(await two.refusal('POST', '/account/totp', { challenge, code: '123456' })).toBe('410 challenge_expired');
  expect(await one.refusal('POST', '/account/totp', { challenge, code: '000000' })).toBe('422 code_wrong');
});

test.each(['x', '%00', '..%2Fstaff', '1 OR 1=1', '00000000-0000-4000-8000-000000000000', 'é'.repeat(200)])(
  'an id that is none finds nothing: %s',
  async (id) => {
    const own = await house.member('administrator');
    for (const path of ['/account/sessions/', '/account/passkeys/', '/staff/invitations/', '/tokens/']) {
      expect((await own.request('DELETE', path + encodeURIComponent(id))).status, path).toBe(404);
    }
    expect((await own.request('PATCH', `/staff/${encodeURIComponent(id)}`, { roles: ['analyst'] })).status).toBe(404);
    expect((await own.request('DELETE', `/staff/${encodeURIComponent(id)}/sessions`)).status).toBe(404);
    expect((await own.request('POST', `/staff/${encodeURIComponent(id)}/link`, {})).status).toBe(404);
  },
);
