import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { destroyDoomedKeys } from '../people/erasure.ts';
import { readForStaff } from '../people/staff-access.ts';
import { openTestFeatures, type TestFeatures, tokenIn } from '../test-features.ts';
import { productForm } from '../test-forms.ts';
import { type SignedIn, signedInPerson } from '../test-people.ts';

let house: TestFeatures;
let ida: SignedIn;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
  ida = await signedInPerson(house, 'ida@example.org', { telephone: '040 1234567' });
});

afterAll(() => house.close());

const seen = () => house.answer('GET /me', null, { bearer: ida.bearer });
const request = (body: object) => house.call('POST /me/correction-requests', body, { bearer: ida.bearer });

test('every field is told with its value, source, purpose, promises and how long it is kept, in both languages (W3, W8)', async () => {
  const { fields, contactEmail } = await seen();
  expect(fields.map(({ field }) => field)).toEqual([
    'givenName',
    'familyName',
    'email',
    'telephone',
    'language',
    'address.country',
    'address.streetAddress',
    'address.locality',
    'address.postalCode',
  ]);
  for (const { value, source, purpose, promises, keptUntil } of fields) {
    expect(value).not.toBe('');
    expect(source).toEqual({ act: 'registration', day: house.today() });
    for (const text of [purpose.en, purpose.de, keptUntil.en, keptUntil.de]) expect(text).toMatch(/^\p{Lu}.+\.$/u);
    expect(purpose.de).not.toBe(purpose.en);
    expect(promises.join()).toMatch(/^[WSU]\d/);
  }
  expect(contactEmail).toBe('privacy@nordlicht.example');
});

test('no field is held that is not told', async () => {
  const { fields } = await seen();
  expect(fields.map(({ field }) => field).sort()).toEqual(
    Object.keys((await house.people.get(house.db, ida.personId)).fields).sort(),
  );
});

test('products come from the feature that holds them (S1)', async () => {
  const serial = await house.serial();
  await house.newMails();
  await house.answer('POST /product-registrations', productForm('ida@example.org', serial));
  await house.answer('POST /confirmations', { token: tokenIn((await house.newMails())[0]) });
  expect((await seen()).products).toMatchObject([{ serial, state: 'registered' }]);
});

test('the mailing-list choice can be changed at any time; the newest is in force, the others stay told (O1, S7)', async () => {
  const choose = (subscribed: boolean, words: string) =>
    house.call(
      'PUT /me/mailing-choice',
      { subscribed, words, language: 'de', statementVersion: 8 },
      { bearer: ida.bearer },
    );
  expect(await choose(true, 'Auf die Liste.')).toEqual({ subscribed: true });
  expect(await choose(false, 'Von der Liste.')).toEqual({ subscribed: false });
  const { consents } = await seen();
  expect(consents.slice(0, 2)).toEqual([
    {
      purpose: 'mailing list',
      given: false,
      words: 'Von der Liste.',
      language: 'de',
      statementVersion: 8,
      day: house.today(),
    },
    {
      purpose: 'mailing list',
      given: true,
      words: 'Auf die Liste.',
      language: 'de',
      statementVersion: 8,
      day: house.today(),
    },
  ]);
  expect(await choose(true, '')).toMatchObject({ refused: 'invalid_fields' });
});

test('a correction request reaches staff by a mail that names request and field, but no value and nobody (W8, U5)', async () => {
  await house.newMails();
  const wanted = 'My name has an apostrophe: O’Sonnemann';
  expect(await request({ field: 'familyName', wanted, message: 'Thank you.\nIda' })).toEqual({ accepted: true });
  const { requests } = await seen();
  expect(requests).toMatchObject([{ field: 'familyName', wanted, message: 'Thank you.\nIda', day: house.today() }]);
  const [mail, ...others] = await house.newMails();
  expect(others).toEqual([]);
  expect(mail?.to).toBe('privacy@nordlicht.example');
  expect(mail?.content.paragraphs.join('\n')).toContain(
    `Request: ${requests[0]?.requestId}\nField: familyName (Last name)`,
  );
  expect(JSON.stringify(mail)).not.toMatch(/Sonnemann|apostrophe|Thank you|ida@/i);
  const [row] = await house.db.selectFrom('correction_requests').selectAll().execute();
  expect(row?.content.toString('latin1')).not.toContain('apostrophe');
});

test.each([
  ['a field nobody holds', { field: 'my neighbour Miller', wanted: 'x', message: '' }, 'field', 'field_unknown'],
  ['nothing wanted', { field: 'email', wanted: ' ', message: '' }, 'wanted', 'field_required'],
  ['a wish that is too long', { field: 'email', wanted: 'x'.repeat(501), message: '' }, 'wanted', 'field_too_long'],
  [
    'a message that is too long',
    { field: 'email', wanted: 'x', message: 'x'.repeat(4001) },
    'message',
    'field_too_long',
  ],
  ['a message of another type', { field: 'email', wanted: 'x', message: 1 }, 'message', 'field_malformed'],
])('a correction request is refused for %s', async (_what, body, field, code) => {
  expect(await request(body)).toEqual({ refused: 'invalid_fields', fields: { [field]: code } });
});

test('twenty correction requests may be open, not more; they are forgotten in time', async () => {
  const eve = await signedInPerson(house, 'eve@example.org');
  const ask = () =>
    house.call('POST /me/correction-requests', { field: 'other', wanted: 'x', message: '' }, { bearer: eve.bearer });
  for (let asked = 1; asked <= 20; asked += 1) expect(await ask()).toEqual({ accepted: true });
  expect(await ask()).toEqual({ refused: 'change_refused' });
  await house.db
    .updateTable('correction_requests')
    .set({ day: '2026-01-01' })
    .where('person_id', '=', eve.personId)
    .execute();
  await house.run('selfService.forgetLapsed');
  expect(await ask()).toEqual({ accepted: true });
});

test('forgetting a person leaves no row of theirs in any table of these features, and no key that reads a backup', async () => {
  const eve = await signedInPerson(house, 'forgets@example.org');
  const { dataKeyId } = await house.people.get(house.db, eve.personId);
  await house.answer('POST /me/email-changes', { email: 'proves@example.org' }, { bearer: eve.bearer });
  await house.newMails();
  await house.answer('POST /me/email-changes', { email: 'elsewhere@example.org' }, { bearer: eve.bearer });
  await house.answer('POST /email-changes/confirm', { token: tokenIn((await house.newMails())[0]) });
  await house.answer('POST /me/email-changes', { email: 'third@example.org' }, { bearer: eve.bearer });
  await house.answer(
    'POST /me/correction-requests',
    { field: 'other', wanted: 'x', message: '' },
    { bearer: eve.bearer },
  );
  await house.answer('POST /product-registrations', productForm('elsewhere@example.org', await house.serial()));
  const { data_key_id: pendingKey } = await house.db
    .selectFrom('pending_registrations')
    .select('data_key_id')
    .executeTakeFirstOrThrow();

  await house.db.transaction().execute(async (tx) => {
    for (const feature of house.features) {
      const { stays } = await feature.forgetPerson(tx, eve.personId);
      // Of the person a keyed hash stays, so that a restored backup does not bring them back.
      expect(stays, feature.name).toHaveLength(feature.name === 'people' ? 1 : 0);
    }
  });
  await destroyDoomedKeys(house.db, house.keyring);
  for (const table of ['email_proposals', 'email_undos', 'correction_requests', 'staff_access'] as const) {
    const rows = await house.db.selectFrom(table).selectAll().where('person_id', '=', eve.personId).execute();
    expect(rows).toEqual([]);
  }
  expect(await house.db.selectFrom('pending_registrations').selectAll().execute()).toEqual([]);
  for (const key of [dataKeyId, pendingKey]) await expect(house.keyring.dataKey(key)).rejects.toThrow('does not exist');
});

test('whoever of the staff opened the data is told with day, purpose and role, and without a name (U5)', async () => {
  expect((await seen()).accesses).toEqual([]);
  const access = {
    purpose: 'customer-service-issue',
    ticket: 'T-4711',
    personId: ida.personId,
    by: { staff: '00000000-0000-4000-8000-000000000001', roles: ['support'] },
    command: '/people',
    day: house.today(),
  } as const;
  await readForStaff(house, access);
  expect((await seen()).accesses).toEqual([
    { day: house.today(), purpose: 'customer-service-issue', roles: ['support'], name: null },
  ]);
});
