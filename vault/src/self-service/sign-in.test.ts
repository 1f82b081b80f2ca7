import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestFeatures, type TestFeatures, tokenIn } from '../test-features.ts';
import { registerPerson, signedInPerson, signInAs } from '../test-people.ts';

let house: TestFeatures;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
  await registerPerson(house, 'known@example.org', { language: 'de' });
});

afterAll(() => house.close());

beforeEach(async () => {
  await house.newMails();
});

const ask = (email: string) => house.call('POST /sign-in-links', { email, language: 'en' });

describe('asking for a sign-in link (W8)', () => {
  test('mails a link to a known address, in the language of the person', async () => {
    expect(await ask('Known@Example.org')).toEqual({ accepted: true });
    const [mail, ...others] = await house.newMails();
    expect(others).toEqual([]);
    expect(mail?.to).toBe('Known@Example.org');
    expect(mail?.content.subject).toBe('Ihr Anmeldelink für Nordlicht Software');
    expect(mail?.content.action?.url).toMatch(/^https:\/\/nordlicht\.example\/my#[0-9A-Z]{26}$/);
  });

  test('tells an unknown address by mail that nobody is registered under it, and gives no link to sign in', async () => {
    expect(await ask('unknown@example.org')).toEqual({ accepted: true });
    const [mail, ...others] = await house.newMails();
    expect(others).toEqual([]);
    expect(mail?.to).toBe('unknown@example.org');
    expect(mail?.content.paragraphs.join('\n')).toContain('Nobody is registered under this address');
    expect(mail?.content.action?.url).toBe('https://nordlicht.example/register');
  });

  test('answers known and unknown addresses alike, also when the mails of the day are used up', async () => {
    const counted: Record<string, number> = {};
    for (const email of ['flood.known@example.org', 'flood.unknown@example.org']) {
      if (email.includes('.known')) await registerPerson(house, email);
      for (let asked = 1; asked <= 12; asked += 1) expect(JSON.stringify(await ask(email))).toBe('{"accepted":true}');
      counted[email] = (await house.newMails()).length;
    }
    expect(counted).toEqual({ 'flood.known@example.org': 10, 'flood.unknown@example.org': 10 });
  });

  test('takes the same time for known and unknown addresses, within noise', async () => {
    const samples = 40;
    for (let number = 0; number < samples; number += 1) await registerPerson(house, `timed${number}@example.org`);
    const taken: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let number = 0; number < samples; number += 1) {
      for (const [kind, email] of [
        ['known', `timed${number}@example.org`],
        ['unknown', `nobody${number}@example.org`],
      ] as const) {
        const start = performance.now();
        await ask(email);
        taken[kind].push(performance.now() - start);
      }
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[samples / 2] ?? 0;
    // A look-up that waits for something (a second transaction, a key to be made, a mail to be sent) would be several times more.
    expect(median(taken.known) / median(taken.unknown)).toBeLessThan(2);
    expect(median(taken.unknown) / median(taken.known)).toBeLessThan(2);
  });

  test.each([
    '',
    ' ',
    'name',
    'name@',
    'a@b@c.example',
    'a@example.org\nBcc: b@example.org',
    `${'a'.repeat(250)}@example.org`,
  ])('refuses %j, and sends nothing', async (email) => {
    expect(await ask(email)).toMatchObject({ refused: 'invalid_fields', fields: { email: expect.any(String) } });
    expect(await house.newMails()).toEqual([]);
  });
});

describe('a sign-in link', () => {
  test('opens a session once', async () => {
    await ask('known@example.org');
    const token = tokenIn((await house.newMails())[0]);
    const { session, idleMinutes } = await house.answer('POST /sessions', { token });
    expect(idleMinutes).toBe(30);
    expect(await house.answer('GET /me', null, { bearer: session })).toMatchObject({
      contactEmail: 'privacy@nordlicht.example',
    });
    expect(await house.call('POST /sessions', { token })).toEqual({ refused: 'link_expired' });
  });

  test('is not good for another act, and another act’s token is not good for it', async () => {
    await ask('known@example.org');
    const token = tokenIn((await house.newMails())[0]);
    for (const route of ['POST /confirmations', 'POST /email-changes/confirm', 'POST /email-changes/undo'] as const) {
      expect(await house.call(route, { token })).toEqual({ refused: 'link_expired' });
    }
    expect(await house.call('POST /sessions', { token })).toMatchObject({ idleMinutes: 30 });
  });

  test('is over after fifteen minutes', async () => {
    await ask('known@example.org');
    const token = tokenIn((await house.newMails())[0]);
    house.passDays(16 / (24 * 60));
    expect(await house.call('POST /sessions', { token })).toEqual({ refused: 'link_expired' });
  });
});

describe('a session', () => {
  const SIGNED_IN_ONLY = [
    ['GET /me', null],
    ['PATCH /me', { changes: { givenName: 'Eve' } }],
    ['POST /me/email-changes', { email: 'eve@example.org' }],
    ['PUT /me/mailing-choice', { subscribed: true, words: 'Yes.', language: 'en', statementVersion: 8 }],
    ['POST /me/correction-requests', { field: 'email', wanted: 'x', message: '' }],
  ] as const;

  test.each(SIGNED_IN_ONLY)('is needed for %s', async (route, body) => {
    const { personId, bearer } = await signedInPerson(house, `needed.${route.replaceAll(/\W/g, '')}@example.org`);
    const before = await house.people.get(house.db, personId);
    await house.answer('DELETE /sessions', null, { bearer });
    for (const unusable of [undefined, 'x', '0'.repeat(26), bearer, personId]) {
      const call = unusable === undefined ? {} : { bearer: unusable };
      expect(await house.call(route, body, call)).toEqual({ refused: 'not_signed_in' });
    }
    expect(await house.people.get(house.db, personId)).toEqual(before);
    expect(await house.newMails()).toEqual([]);
  });

  test('that is ended is ended for good, and ending it again is no mistake', async () => {
    const { bearer } = await signedInPerson(house, 'leaves@example.org');
    expect(await house.call('DELETE /sessions', null, { bearer })).toEqual({ ended: true });
    expect(await house.call('DELETE /sessions', null, { bearer })).toEqual({ ended: true });
    expect(await house.call('DELETE /sessions', null)).toEqual({ refused: 'not_signed_in' });
    expect(await house.call('GET /me', null, { bearer })).toEqual({ refused: 'not_signed_in' });
  });

  test('shows and changes the data of its own person only', async () => {
    const ida = await signedInPerson(house, 'ida@example.org', { givenName: 'Ida' });
    const eve = await signedInPerson(house, 'eve@example.org', { givenName: 'Eve' });
    const before = await house.people.get(house.db, ida.personId);
    expect(JSON.stringify(await house.answer('GET /me', null, { bearer: eve.bearer }))).not.toMatch(/Ida|ida@/);
    await house.answer('PATCH /me', { changes: { givenName: 'Eva' } }, { bearer: eve.bearer });
    await house.answer(
      'PUT /me/mailing-choice',
      { subscribed: true, words: 'Yes.', language: 'en', statementVersion: 8 },
      { bearer: eve.bearer },
    );
    // A person's id in the body is a field nobody asks for, not a way to reach that person.
    expect(
      await house.call('PATCH /me', { changes: { givenName: 'x' }, personId: ida.personId }, { bearer: eve.bearer }),
    ).toEqual({ refused: 'invalid_fields', fields: { personId: 'field_unknown' } });
    expect(await house.people.get(house.db, ida.personId)).toEqual(before);
    expect(await house.people.consents(house.db, ida.personId)).toHaveLength(1);
  });

  test('of a person who was erased meanwhile shows nothing', async () => {
    const { personId, bearer } = await signedInPerson(house, 'erased@example.org');
    await house.db.transaction().execute(async (tx) => {
      for (const feature of house.features) await feature.forgetPerson(tx, personId);
      await house.people.erase(tx, personId, house.today());
    });
    expect(await house.call('GET /me', null, { bearer })).toEqual({ refused: 'not_signed_in' });
    await ask('erased@example.org');
    expect((await house.newMails())[0]?.content.paragraphs.join('\n')).toContain('Nobody is registered');
  });

  test('ends after half an hour without a sign of life', async () => {
    const { bearer } = await signedInPerson(house, 'idle@example.org');
    house.passDays(31 / (24 * 60));
    expect(await house.call('GET /me', null, { bearer })).toEqual({ refused: 'not_signed_in' });
    expect(await house.call('GET /me', null, { bearer: await signInAs(house, 'idle@example.org') })).toMatchObject({});
  });
});
