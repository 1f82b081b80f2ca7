import { createTestDatabase } from '@avow/engines/testing';
import type { PersonRegistration, ProductRegistration } from '@avow/protocol/forms/registration';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { destroyDoomedKeys } from '../people/erasure.ts';
import { KeyDestroyed } from '../platform/keys/data-key.ts';
import { openTestFeatures, type TestFeatures, tokenIn } from '../test-features.ts';
import { personForm, productForm } from '../test-forms.ts';

let house: TestFeatures;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
});

afterAll(() => house.close());

beforeEach(async () => {
  await house.newMails();
});

async function submit(form: PersonRegistration | ProductRegistration): Promise<string> {
  const route = 'address' in form ? 'POST /registrations' : 'POST /product-registrations';
  await house.answer(route, form);
  const sent = await house.newMails();
  return tokenIn(sent.find(({ to, content }) => to === form.email && content.action?.url.includes('/confirm#')));
}

async function register(form: PersonRegistration | ProductRegistration) {
  return house.answer('POST /confirmations', { token: await submit(form) });
}

async function personOf(email: string) {
  const id = await house.people.findByEmail(house.db, email);
  if (id === null) throw new Error(`nobody has ${email}`);
  return house.people.get(house.db, id);
}

async function valuesOf(email: string) {
  return Object.fromEntries(Object.entries((await personOf(email)).fields).map(([path, { value }]) => [path, value]));
}

describe('a confirmation', () => {
  test('makes a person of a registration, with every field as it was given (W3)', async () => {
    const form = personForm('ida@example.org', { telephone: '040 1234567' });
    expect(await register(form)).toEqual({ confirmed: 'person', held: false, receipt: null });
    expect(await valuesOf('ida@example.org')).toEqual({
      givenName: 'Ida',
      familyName: 'Sonnemann',
      email: 'ida@example.org',
      telephone: '+49 40 1234567',
      language: 'en',
      'address.country': 'DE',
      'address.streetAddress': 'Speicherstraße 12',
      'address.postalCode': '20457',
      'address.locality': 'Hamburg',
    });
    const { country, language, day, fields } = await personOf('ida@example.org');
    expect({ country, language, day }).toEqual({ country: 'DE', language: 'en', day: house.today() });
    expect(fields.givenName).toEqual({ value: 'Ida', act: 'registration', day: house.today() });
  });

  test('destroys the key the registration waited under', async () => {
    const token = await submit(personForm('key@example.org'));
    const { data_key_id } = await house.db
      .selectFrom('pending_registrations')
      .select('data_key_id')
      .executeTakeFirstOrThrow();
    await house.answer('POST /confirmations', { token });
    await destroyDoomedKeys(house.db, house.keyring);
    await expect(house.keyring.dataKey(data_key_id)).rejects.toBeInstanceOf(KeyDestroyed);
    expect(await house.db.selectFrom('pending_registrations').selectAll().execute()).toEqual([]);
  });

  test('of a product keeps what the dialog asks, gives a receipt and tells it by mail (S1)', async () => {
    const serial = await house.serial();
    const answer = await register(productForm('product@example.org', serial, { language: 'de' }));
    expect(answer).toMatchObject({ confirmed: 'product', held: false });
    expect(answer.receipt?.claims).toMatchObject({
      product: 'nordlicht-suite',
      statementVersion: 8,
      day: house.today(),
    });
    const person = await personOf('product@example.org');
    expect(await house.held(person.id)).toMatchObject([
      { state: 'registered', serial, discVersion: '8.0.1-disc', softwareVersion: '8.0.1', receipt: true },
    ]);
    expect(await valuesOf('product@example.org')).toEqual({
      givenName: 'Ida',
      familyName: 'Sonnemann',
      email: 'product@example.org',
      language: 'de',
      country: 'DE',
    });
    const [mail] = await house.newMails();
    expect(mail?.content.subject).toBe('Sie sind bei Nordlicht Software registriert');
    expect(mail?.content.paragraphs.join('\n')).toContain('Ihr Produkt ist registriert.');
  });

  test('works once, and is clear about it the second time', async () => {
    const token = await submit(personForm('twice@example.org'));
    await house.answer('POST /confirmations', { token });
    expect(await house.call('POST /confirmations', { token })).toEqual({ refused: 'link_expired' });
    expect((await house.people.consents(house.db, (await personOf('twice@example.org')).id)).length).toBe(1);
  });

  test.each(['', 'nonsense', '0'.repeat(26), 'x'.repeat(200)])('refuses the token %j', async (token) => {
    expect(await house.call('POST /confirmations', { token })).toEqual({ refused: 'link_expired' });
  });

  test('comes too late after fourteen days', async () => {
    const token = await submit(personForm('late@example.org'));
    house.passDays(15);
    expect(await house.call('POST /confirmations', { token })).toEqual({ refused: 'link_expired' });
    expect(await house.people.findByEmail(house.db, 'late@example.org')).toBeNull();
  });

  test('is good on the last day', async () => {
    const token = await submit(personForm('last-day@example.org'));
    house.passDays(14);
    await house.run('registration.forgetUnconfirmed');
    expect(await house.call('POST /confirmations', { token })).toMatchObject({ confirmed: 'person' });
  });

  test('of two confirmed at the same moment under one address makes one person', async () => {
    const tokens = [
      await submit(personForm('race@example.org', { givenName: 'One' })),
      await submit(personForm('race@example.org', { givenName: 'Two' })),
      await submit(personForm('race@example.org', { givenName: 'Three' })),
    ];
    const answers = await Promise.all(tokens.map((token) => house.call('POST /confirmations', { token })));
    expect(answers).toEqual(tokens.map(() => ({ confirmed: 'person', held: false, receipt: null })));
    const person = await personOf('race@example.org');
    const named = await house.people.history(house.db, person.id);
    expect(named.filter(({ field }) => field === 'givenName')).toHaveLength(2);
    expect(await house.people.consents(house.db, person.id)).toHaveLength(3);
  });

  test('sent twice at the same moment counts once', async () => {
    const token = await submit(personForm('double@example.org'));
    const answers = await Promise.all([0, 1].map(() => house.call('POST /confirmations', { token })));
    expect(answers).toContainEqual({ confirmed: 'person', held: false, receipt: null });
    expect(answers).toContainEqual({ refused: 'link_expired' });
  });
});

describe('registering again under a known address', () => {
  test('changes nothing until it is confirmed, and then leaves a history (W8)', async () => {
    await register(personForm('again@example.org', { telephone: '040 1234567' }));
    const before = await valuesOf('again@example.org');
    const token = await submit(
      personForm('Again@Example.org', {
        familyName: 'Abendroth',
        address: { country: 'FR', streetAddress: '1 rue du Port', postalCode: '44000', locality: 'Nantes' },
      }),
    );
    expect(await valuesOf('again@example.org')).toEqual(before);

    await house.answer('POST /confirmations', { token });
    expect(await valuesOf('again@example.org')).toEqual({
      ...before,
      familyName: 'Abendroth',
      'address.country': 'FR',
      'address.streetAddress': '1 rue du Port',
      'address.postalCode': '44000',
      'address.locality': 'Nantes',
    });
    const person = await personOf('again@example.org');
    expect(person.country).toBe('FR');
    expect(await house.people.history(house.db, person.id)).toContainEqual({
      field: 'familyName',
      before: 'Sonnemann',
      after: 'Abendroth',
      day: house.today(),
      by: 'person',
      act: 'registration',
    });
  });

  test('replaces an address as a whole: parts the new one lacks are gone', async () => {
    await register(
      personForm('moved@example.org', {
        address: {
          country: 'US',
          organization: 'Harbor Inc.',
          streetAddress: '1 Main St',
          locality: 'Portland',
          administrativeArea: 'OR',
          postalCode: '97201',
        },
      }),
    );
    await register(personForm('moved@example.org'));
    const values = await valuesOf('moved@example.org');
    expect(Object.keys(values).filter((path) => path.startsWith('address.'))).toEqual([
      'address.country',
      'address.locality',
      'address.postalCode',
      'address.streetAddress',
    ]);
  });

  test('a product adds the home country and leaves the shipping address', async () => {
    await register(personForm('both@example.org'));
    await register(productForm('both@example.org', await house.serial(), { country: 'AT' }));
    expect(await valuesOf('both@example.org')).toMatchObject({ country: 'AT', 'address.country': 'DE' });
  });
});

describe('the mailing-list choice (O1, S7)', () => {
  test('is recorded as it was made: choice, words shown, language, statement version and day', async () => {
    const words = 'Ja, bitte  – mit „Neuigkeiten“ ✉';
    const mailing = { subscribed: true, words };
    const serial = await house.serial();
    await register(productForm('yes@example.org', serial, { mailing, language: 'de', statementVersion: 7 }));
    expect(await house.people.consents(house.db, (await personOf('yes@example.org')).id)).toMatchObject([
      { given: true, words, language: 'de', statementVersion: 7, day: house.today() },
    ]);
  });

  test('left unticked is recorded as a no, and the mail says so', async () => {
    await register(personForm('no@example.org'));
    const consents = await house.people.consents(house.db, (await personOf('no@example.org')).id);
    expect(consents.map(({ given }) => given)).toEqual([false]);
    expect((await house.newMails())[0]?.content.paragraphs).toContain(
      'You are not on the mailing list. You can change that at any time.',
    );
  });

  test('is in force only once the address has confirmed it', async () => {
    const mailing = { subscribed: true, words: 'Yes.' };
    await submit(personForm('unconfirmed@example.org', { mailing }));
    expect(await house.people.findByEmail(house.db, 'unconfirmed@example.org')).toBeNull();
    await register(personForm('first-no@example.org'));
    await submit(personForm('first-no@example.org', { mailing }));
    const consents = await house.people.consents(house.db, (await personOf('first-no@example.org')).id);
    expect(consents.map(({ given }) => given)).toEqual([false]);
  });
});

describe('a serial that somebody else has (W3, S1)', () => {
  test('is held: the answer and a mail say so, and neither is told who the other is', async () => {
    const serial = await house.serial();
    await register(productForm('first-owner@example.org', serial, { givenName: 'Firstname-of-owner' }));
    const token = await submit(productForm('second@example.org', serial, { givenName: 'Secondname' }));
    expect(await house.answer('POST /confirmations', { token })).toEqual({
      confirmed: 'product',
      held: true,
      receipt: null,
    });
    const mails = await house.newMails();
    const toSecond = JSON.stringify(mails.filter(({ to }) => to === 'second@example.org'));
    const toFirst = JSON.stringify(mails.filter(({ to }) => to === 'first-owner@example.org'));
    expect(toSecond).toContain('The serial number is registered already.');
    expect(toSecond).not.toMatch(/Firstname|first-owner/);
    expect(toFirst).toContain('/hold#');
    expect(toFirst).not.toMatch(/Secondname|second@/);
  });

  test('gets the same answer to the form as one that nobody has', async () => {
    const [taken, free] = [await house.serial(), await house.serial()];
    await register(productForm('taken@example.org', taken));
    const answers = [];
    for (const serial of [taken, free]) {
      answers.push(await house.call('POST /product-registrations', productForm('asks@example.org', serial)));
    }
    expect(answers).toEqual([{ accepted: true }, { accepted: true }]);
  });

  test('is asked about as without a code, where the code ran out while the confirmation waited', async () => {
    const serial = await house.serial();
    await register(productForm('hands-on@example.org', serial));
    const owner = await personOf('hands-on@example.org');
    const registration = await house.db
      .selectFrom('product_registrations')
      .select('id')
      .where('person_id', '=', owner.id)
      .executeTakeFirstOrThrow();
    await house.answer('POST /sign-in-links', { email: 'hands-on@example.org', language: 'en' });
    const { session } = await house.answer('POST /sessions', { token: tokenIn((await house.newMails()).at(-1)) });
    const transfer = { registrationId: registration.id };
    const { code } = await house.answer('POST /me/transfers', transfer, { bearer: session });
    const token = await submit(productForm('receives@example.org', serial, { transferCode: code }));
    await house.db.deleteFrom('serial_transfers').execute();
    expect(await house.answer('POST /confirmations', { token })).toMatchObject({ confirmed: 'product', held: true });
  });
});
