/** The naughty strings through every text field, a mail and back out to the person: as they came, or refused with a code. */
import { readFile } from 'node:fs/promises';
import { createTestDatabase } from '@avow/engines/testing';
import type { PersonRegistration, ProductRegistration } from '@avow/protocol/forms/registration';
import { tidyText } from '@avow/protocol/forms/text';
import type { RefusalCode } from '@avow/protocol/refusals';
import type { EverythingHeld } from '@avow/protocol/self-service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession } from '../people/sessions.ts';
import { composeMail } from '../platform/mail/compose.ts';
import { openTestFeatures, type TestFeatures, tokenIn } from '../test-features.ts';
import { personForm, productForm } from '../test-forms.ts';

const LIST = new URL('../../../flows/data/blns.json', import.meta.url);

let house: TestFeatures;
let strings: string[];
let count = 0;

const freshEmail = () => `naughty${count++}@example.org`;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
  strings = JSON.parse(await readFile(LIST, 'utf8'));
});

afterAll(() => house.close());

/** Registers, confirms, signs in and returns what the person then sees. */
async function registerAndSee(form: PersonRegistration | ProductRegistration): Promise<EverythingHeld> {
  await house.db.deleteFrom('mails').execute();
  await house.answer('address' in form ? 'POST /registrations' : 'POST /product-registrations', form);
  await house.answer('POST /confirmations', { token: tokenIn((await house.newMails())[0]) });
  const personId = await house.people.findByEmail(house.db, form.email);
  const bearer = await openSession(house.db, personId ?? '');
  return house.answer('GET /me', null, { bearer });
}

/** Why a text cannot be a line of `maxLength` letters; null when it can. */
function refusalOf(text: string, maxLength: number): RefusalCode | null {
  const tidy = tidyText(text);
  if (tidy === '') return 'field_required';
  if (/\p{Cc}/u.test(tidy)) return 'field_malformed';
  return [...tidy].length > maxLength ? 'field_too_long' : null;
}

function inGroups(texts: string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, group) =>
    texts.slice(group * size, (group + 1) * size),
  );
}

test('as a name, each is kept or refused for a reason (W1, W3)', async () => {
  expect(strings.length).toBeGreaterThan(500);
  for (const text of strings) {
    const refused = refusalOf(text, 100);
    expect(await house.call('POST /registrations', personForm(freshEmail(), { givenName: text })), text).toEqual(
      refused ? { refused: 'invalid_fields', fields: { givenName: refused } } : { accepted: true },
    );
  }
});

test('in names and addresses they come back as they were typed (W1, W3)', async () => {
  const fitting = strings.filter((text) => refusalOf(text, 100) === null);
  expect(fitting.length).toBeGreaterThan(400);
  for (const [given = 'x', family = 'x', organization = 'x', locality = 'x', street = 'x'] of inGroups(fitting, 5)) {
    const form = personForm(freshEmail(), { givenName: given, familyName: family });
    form.address = { ...form.address, organization, locality, streetAddress: street };
    form.mailing = { subscribed: false, words: given };
    const { fields, consents } = await registerAndSee(form);
    expect(Object.fromEntries(fields.map(({ field, value }) => [field, value]))).toMatchObject({
      givenName: tidyText(given),
      familyName: tidyText(family),
      'address.organization': tidyText(organization),
      'address.locality': tidyText(locality),
      'address.streetAddress': tidyText(street),
    });
    expect(consents[0]?.words).toBe(given);
  }
});

test('as versions of disc and software they come back as they were typed (S1)', async () => {
  const serial = await house.serial('pressed');
  const fitting = strings.filter((text) => refusalOf(text, 40) === null);
  for (const [disc = 'x', software = 'x'] of inGroups(fitting, 2).slice(0, 60)) {
    const versions = { discVersion: disc, softwareVersion: software };
    const { products } = await registerAndSee(productForm(freshEmail(), serial, versions));
    expect(products).toMatchObject([{ discVersion: tidyText(disc), softwareVersion: tidyText(software) }]);
  }
});

test('none is taken for an e-mail address, a telephone number or a country that a mail or a count could choke on', async () => {
  await house.db.deleteFrom('mails').execute();
  for (const text of strings) {
    const email = await house.call('POST /registrations', personForm(text));
    const telephone = await house.call('POST /registrations', personForm(freshEmail(), { telephone: text }));
    for (const answer of [email, telephone]) if ('refused' in answer) expect(answer.refused).toBe('invalid_fields');
    const product = { ...productForm(freshEmail(), 'x'), country: text };
    expect(await house.call('POST /product-registrations', product)).toMatchObject({
      refused: 'invalid_fields',
      fields: { country: expect.any(String) },
    });
  }
  for (const { to, content } of await house.newMails()) {
    expect(to).toMatch(/^[^\s\p{Cc}]+@[^\s\p{Cc}]+$/u);
    expect(composeMail(content, house.services.config.vendor).subject).not.toMatch(/\p{Cc}/u);
  }
});

test('none is accepted as a serial, a token or a bearer, and none makes a mistake of ours', async () => {
  for (const text of strings) {
    const form = productForm('serial@example.org', text);
    expect(await house.call('POST /product-registrations', form)).toMatchObject({ refused: 'invalid_fields' });
    const confirmed = await house.call('POST /confirmations', { token: text });
    expect(['link_expired', 'invalid_fields']).toContain('refused' in confirmed ? confirmed.refused : confirmed);
    const bearer = /^[\x21-\x7e]+$/.test(text) ? text : '';
    expect(await house.call('GET /me', null, { bearer })).toEqual({ refused: 'not_signed_in' });
  }
});
