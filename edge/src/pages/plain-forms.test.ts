import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testPages } from './test-pages.ts';

const PERSON = {
  givenName: 'Ada',
  familyName: 'Brandt',
  email: 'ada@example.org',
  'address.country': 'DE',
  'address.streetAddress': 'Lindenweg 4\r\nHinterhaus',
  'address.postalCode': '20095',
  'address.locality': 'Hamburg',
  telephone: '',
  serial: '',
};
const TOKEN = '0123456789ABCDEFGHJKMNPQRS';

function shownIn(text: string, name: string): string | undefined {
  const tag = [...text.matchAll(/<input[^>]*>/g)]
    .map(([found]) => found)
    .find((found) => found.includes(` name="${name}"`));
  return / value="([^"]*)"/.exec(tag ?? '')?.[1];
}

test('without JavaScript a registration is sealed with the exact words beside the box (W3, O1)', async () => {
  const pages = testPages();
  const form = await (await pages.get('/register?lang=en')).text();
  const words = /<label for="field-mailing" data-words>([^<]*)</.exec(form)?.[1];
  const key = shownIn(form, 'idempotencyKey') ?? '';
  const response = await pages.post('/register?lang=en', { ...PERSON, mailing: 'yes', idempotencyKey: key, evil: 'x' });
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('Look into your mailbox');
  expect(pages.sealed).toEqual([
    {
      route: 'POST /registrations',
      language: 'en',
      idempotencyKey: key,
      body: {
        givenName: 'Ada',
        familyName: 'Brandt',
        email: 'ada@example.org',
        address: {
          country: 'DE',
          streetAddress: 'Lindenweg 4\r\nHinterhaus',
          postalCode: '20095',
          locality: 'Hamburg',
        },
        language: 'en',
        statementVersion: 8,
        mailing: { subscribed: true, words },
      },
    },
  ]);
});

test('an unticked box is sealed as a no (O1, S7)', async () => {
  const pages = testPages();
  await pages.post('/register', PERSON);
  expect(pages.sealed[0]?.body).toMatchObject({ mailing: { subscribed: false } });
});

test('what cannot be right comes back beside the field and above, with all that was typed, and nothing is sealed', async () => {
  const pages = testPages();
  const wrong = { ...PERSON, email: 'ada', 'address.postalCode': '1', givenName: '', mailing: 'yes' };
  const response = await pages.post('/register?lang=en', wrong);
  const text = await response.text();
  expect(response.status).toBe(422);
  expect(pages.sealed).toEqual([]);
  expect(text).toContain('<title>Please check this first: Register');
  for (const path of ['givenName', 'email', 'address-postalCode']) {
    expect(text).toContain(`<a href="#field-${path}">`);
    expect(text).toMatch(new RegExp(`id="field-${path}-error"\\s*>[^<]+<`));
    expect(text).toMatch(new RegExp(`id="field-${path}"[^>]*aria-invalid="true"`));
  }
  expect(shownIn(text, 'familyName')).toBe('Brandt');
  expect(shownIn(text, 'email')).toBe('ada');
  expect(text).toContain('Hinterhaus</textarea>');
  expect(text).toMatch(/<input type="checkbox"[^>]*checked/);
});

test('a refusal of the vault stands beside its field, under a new key', async () => {
  const pages = testPages();
  const message = 'We do not know this serial number.';
  const error = {
    code: 'invalid_fields' as const,
    message: 'Some fields need a correction.',
    fields: { serial: { code: 'serial_unknown' as const, message } },
  };
  pages.answerWith({ kind: 'refused', status: 422, error });
  const key = crypto.randomUUID();
  const response = await pages.post('/register?lang=en', { ...PERSON, idempotencyKey: key });
  const text = await response.text();
  expect(response.status).toBe(422);
  expect(text).toContain(`Serial number: ${message}`);
  expect(shownIn(text, 'givenName')).toBe('Ada');
  expect(shownIn(text, 'idempotencyKey')).not.toBe(key);
});

test('what is accepted while the vault is away answers 202 and says that it is safe', async () => {
  const pages = testPages();
  pages.answerWith({ kind: 'accepted' });
  const response = await pages.post('/register?lang=en', PERSON);
  expect(response.status).toBe(202);
  expect(await response.text()).toContain('Accepted and safe');
});

test('the country button draws the fields of that country and keeps what was typed', async () => {
  const pages = testPages();
  const text = await (
    await pages.post('/register?lang=en', { ...PERSON, act: 'country', 'address.country': 'US' })
  ).text();
  expect(pages.sealed).toEqual([]);
  expect(text).toContain('ZIP code');
  expect(text).toContain('name="address.administrativeArea"');
  expect(text).toContain('<option value="Texas">');
  expect(shownIn(text, 'address.locality')).toBe('Hamburg');
  expect(text).not.toContain('class="field refused');
});

test('Enter in a field sends the form: its first submit button is not the one for the country', async () => {
  const text = await (await testPages().get('/register')).text();
  const first = /<button type="submit"[^>]*>/.exec(text.slice(text.indexOf('<form')))?.[0];
  expect(first).not.toContain('name="act"');
  expect(text).toContain('name="act" value="country"');
});

test('the proposed country is the one of the browser’s language', async () => {
  const pages = testPages();
  const chosen = async (language: string): Promise<string | undefined> =>
    /<option value="([A-Z]{2})" selected/.exec(
      await (await pages.get('/register', { 'accept-language': language })).text(),
    )?.[1];
  expect(await chosen('de-AT,de;q=0.9')).toBe('AT');
  expect(await chosen('de')).toBe('DE');
  expect(await chosen('en-GB,en;q=0.9')).toBe('GB');
  expect(await chosen('xx-YY')).toBe('US');
});

const STRINGS = JSON.parse(readFileSync(new URL('../../../flows/data/blns.json', import.meta.url), 'utf8')) as string[];

test('no naughty string in any field becomes markup, and each comes back as it was (W3, S1)', async () => {
  const pages = testPages();
  const clean = await (await pages.post('/register?lang=en', { ...PERSON, givenName: '', email: 'x' })).text();
  const decode = (text: string): string =>
    text.replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
    );
  const names = ['familyName', 'telephone', 'address.locality', 'address.postalCode', 'serial'];
  for (const naughty of STRINGS) {
    const fields = Object.fromEntries(names.map((name) => [name, naughty]));
    const response = await pages.post('/register?lang=en', { ...PERSON, ...fields, givenName: '', email: 'x' });
    const text = await response.text();
    expect(response.status, naughty).toBe(422);
    expect(text.match(/<(?!\/?(?:li|ul|a|p)\b)[a-z]/g)?.length, naughty).toBe(
      clean.match(/<(?!\/?(?:li|ul|a|p)\b)[a-z]/g)?.length,
    );
    const sent = naughty.replace(/\r\n|\r|\n/g, '\r\n').toWellFormed();
    for (const name of names)
      expect(decode(shownIn(text, name) ?? '').replace(/\r\n|\r|\n/g, '\r\n'), naughty).toBe(sent);
  }
});

test.each([
  ['/register', 'application/json', 415],
  ['/register', 'text/plain', 415],
  ['/confirm', '', 415],
])('a body for %s of type "%s" is refused', async (path, type, status) => {
  const pages = testPages();
  const response = await pages.post(path, PERSON, { 'content-type': type });
  expect(response.status).toBe(status);
  expect(pages.sealed).toEqual([]);
});

test('a body beyond the limit is refused before it is read', async () => {
  const response = await testPages().post('/register', { ...PERSON, givenName: 'x'.repeat(70_000) });
  expect(response.status).toBe(413);
  expect(await response.text()).toContain('too_large');
});

test('a typed code is read as people type it, and confirms on POST only', async () => {
  const pages = testPages();
  pages.answerWith({ kind: 'answered', answer: { confirmed: 'person', held: false, receipt: null } });
  await pages.get(`/confirm?token=${TOKEN}`);
  expect(pages.sealed).toEqual([]);
  const response = await pages.post('/confirm?lang=en', {
    token: ` ${TOKEN.toLowerCase().replace(/(.{5})/g, '$1-')} `,
  });
  expect(await response.text()).toContain('You are registered');
  expect(pages.sealed).toMatchObject([{ route: 'POST /confirmations', body: { token: TOKEN } }]);
});

test('a code that cannot be one is said to be unreadable, and none is asked for', async () => {
  const pages = testPages();
  expect(await (await pages.post('/confirm?lang=en', { token: 'no' })).text()).toContain('This cannot be read.');
  expect(await (await pages.post('/hold?lang=en', { token: '' })).text()).toContain('Please fill this in.');
  expect(pages.sealed).toEqual([]);
});

test('the receipt is offered as a file', async () => {
  const pages = testPages();
  const receipt = { claims: { product: 'nordlicht-suite' }, signature: 'abc' };
  pages.answerWith({ kind: 'answered', answer: { confirmed: 'product', held: false, receipt } });
  const text = await (await pages.post('/confirm?lang=en', { token: TOKEN })).text();
  const file = /download="receipt\.json" href="data:application\/json;charset=utf-8,([^"]+)"/.exec(text)?.[1] ?? '';
  expect(JSON.parse(decodeURIComponent(file))).toEqual(receipt);
});

test('the question about a serial needs an answer, and sends it', async () => {
  const pages = testPages();
  pages.answerWith({ kind: 'answered', answer: { accepted: true } });
  expect((await pages.post('/hold', { token: TOKEN })).status).toBe(422);
  expect((await pages.post('/hold', { token: TOKEN, answer: 'nonsense' })).status).toBe(422);
  expect((await pages.post('/hold', { token: TOKEN, answer: 'sold' })).status).toBe(200);
  expect(pages.sealed).toMatchObject([{ route: 'POST /holds/answer', body: { token: TOKEN, answer: 'sold' } }]);
});
