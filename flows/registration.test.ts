import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { caughtMails } from './caught-mail.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { makeSerials } from './serials.ts';
import { confirmByMail, fillPerson, fillProduct, followLink, newVisitor, signIn } from './visitor.ts';

let house: TestHouse;
let browser: Browser;
let serials: string[];

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
  serials = await makeSerials(house, 3);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

describe('a person (W1, W3, W7, W8)', () => {
  const email = 'ada.brandt@example.org';

  test('registers, and nothing readable leaves the browser, nor is a cookie set', async () => {
    const visitor = await newVisitor(house, browser);
    await visitor.go('/register');
    const sent: string[] = [];
    visitor.page.on('request', (request) => {
      sent.push(`${request.url()} ${request.postDataBuffer()?.toString('latin1') ?? ''}`);
    });
    await fillPerson(visitor, email, 'Brandt-Kanari');
    expect(await visitor.page.isChecked('[name="mailing.subscribed"], [name=mailing], [type=checkbox]')).toBe(false);
    await visitor.submit();
    await visitor.page.waitForSelector('.panel.done:visible');
    expect(sent.some((request) => request.includes('/relay'))).toBe(true);
    expect(sent.filter((request) => /Kanari|ada\.brandt/.test(request))).toEqual([]);
    expect(await visitor.page.context().cookies()).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

  test('confirms by the mail, signs in, sees everything held, and corrects it', async () => {
    const visitor = await newVisitor(house, browser);
    const { page } = visitor;
    await confirmByMail(house, visitor, email);
    await signIn(house, visitor, email);
    expect(page.url(), 'the token is gone from the address bar').not.toContain('#');
    const text = await page.textContent('main');
    for (const held of ['Ada', 'Brandt-Kanari', email, 'Lindenweg 4', '20095', 'Hamburg', 'W3']) {
      expect(text).toContain(held);
    }
    expect(text).toContain('You are not on the mailing list');

    await page.click('button[aria-label="Correct: Last name"]');
    await page.fill('[name=familyName]', 'Brandt-Neumann');
    await page.click('button:has-text("Save the correction")');
    await page.waitForSelector('text=Corrected: Last name');
    const history = await page.textContent('section:has(h2:has-text("History"))');
    expect(history).toContain('Brandt-Kanari');
    expect(history).toContain('Brandt-Neumann');
    expect(await page.context().cookies()).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

  test('is told beside the field what cannot be accepted, and keeps what was typed', async () => {
    const visitor = await newVisitor(house, browser);
    const { page } = visitor;
    await visitor.go('/register');
    await fillPerson(visitor, 'no address', 'Brandt');
    await page.fill('[name="address.postalCode"]', 'ABC');
    await page.fill('[name=serial]', 'AAAAA-BBBBB');
    await visitor.submit();
    await page.waitForSelector('[data-field=email].refused');
    expect(await page.textContent('#field-email-error')).toContain('complete e-mail address');
    expect(await page.textContent('#field-address-postalCode-error')).toContain('postal code');
    expect(await page.textContent('#field-serial-error')).toContain('typing error');
    expect(await page.inputValue('[name=familyName]')).toBe('Brandt');
    await visitor.close();
  });

  test('changes the e-mail address only by proof from the new one', async () => {
    const visitor = await newVisitor(house, browser);
    const { page } = visitor;
    await signIn(house, visitor, email);
    await page.click('button[aria-label="Correct: E-mail address"]');
    await page.fill('main form [name=email]', 'ada.neumann@example.org');
    await page.click('button:has-text("Send the confirmation mail")');
    await page.waitForSelector('text=Waiting for proof');
    await followLink(house, visitor, 'ada.neumann@example.org', '/email-change');
    await visitor.submit();
    await page.waitForSelector('.panel.done:visible');
    await signIn(house, visitor, 'ada.neumann@example.org');
    expect(await page.textContent('main')).toContain('ada.neumann@example.org');
    const told = (await caughtMails(house.vault?.url ?? '')).filter((mail) => mail.to.includes(email));
    expect(told[0]?.text).toContain('/email-change/undo?lang=en#');
    await visitor.close();
  });
});

describe('a product (S1, S7, O1)', () => {
  const email = 'ben.okafor@example.org';

  test('is registered with its serial from the fragment, confirmed, and its receipt can be downloaded and checked', async () => {
    const visitor = await newVisitor(house, browser);
    const { page } = visitor;
    await visitor.go(`/products/register#serial=${serials[0]}&disc=D-8.3&software=8.3.2.1`);
    expect(await page.inputValue('[name=serial]')).toBe(serials[0]);
    await fillProduct(visitor, email, serials[0] ?? '');
    await page.check('[type=checkbox]');
    await visitor.submit();
    await page.waitForSelector('.panel.done:visible');
    await confirmByMail(house, visitor, email);

    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download]')]);
    const receipt: unknown = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(receipt).toMatchObject({ claims: { statementVersion: 8 } });

    await signIn(house, visitor, email);
    const text = await page.textContent('main');
    expect(text).toContain('Nordlicht Suite');
    expect(text).toContain('8.3.2.1');
    expect(text).toContain('You are on the mailing list');
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

  test('that somebody has already gets the same outward answer, and the first owner is asked without a name', async () => {
    const visitor = await newVisitor(house, browser);
    const { page } = visitor;
    await visitor.go('/products/register');
    await fillProduct(visitor, 'carla@example.org', serials[0] ?? '');
    await page.fill('[name=familyName]', 'Zweitbesitz');
    await visitor.submit();
    await page.waitForSelector('.panel.done:visible');
    await confirmByMail(house, visitor, 'carla@example.org');
    expect(await page.textContent('main')).toMatch(/first owner|somebody else/i);

    await followLink(house, visitor, email, '/hold');
    const mails = (await caughtMails(house.vault?.url ?? '')).filter((mail) => mail.to.includes(email));
    expect(mails.filter((mail) => /carla|Zweitbesitz/.test(mail.text))).toEqual([]);
    await page.check('[value=sold]');
    await visitor.submit();
    await page.waitForSelector('.panel.done:visible');
    await signIn(house, visitor, 'carla@example.org');
    expect(await page.textContent('main')).toContain('Registered to you');
    await visitor.close();
  });

  test('asks for no address and no telephone number, but they can be given later', async () => {
    const visitor = await newVisitor(house, browser);
    const { page } = visitor;
    await signIn(house, visitor, email);
    expect(await page.textContent('.held')).not.toContain('Lindenweg');
    await page.click('button[aria-label="Add: Telephone number"]');
    await page.fill('[name=telephone]', '12');
    await page.click('main form button:has-text("Add")');
    expect(await page.textContent('#my-telephone-error')).toContain('telephone number');
    await page.fill('[name=telephone]', '020 7946 0018');
    await page.click('main form button:has-text("Add")');
    await page.waitForSelector('text=Added: Telephone number.');
    expect(await page.textContent('.held')).toContain('+44');

    await page.click('button[aria-label="Add: Address"]');
    expect(await page.inputValue('[name="address.country"]')).toBe('GB');
    await page.selectOption('[name="address.country"]', 'DE');
    await page.fill('[name="address.streetAddress"]', 'Lindenweg 4');
    await page.fill('[name="address.postalCode"]', '20095');
    await page.fill('[name="address.locality"]', 'Hamburg');
    await page.click('main form button:has-text("Add")');
    await page.waitForSelector('text=Added: Address.');
    expect(await page.textContent('.held .parts')).toContain('Lindenweg 4');
    expect(await page.$('button[aria-label^="Add:"]')).toBeNull();
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

  test('with an unknown serial is refused beside the field', async () => {
    const visitor = await newVisitor(house, browser);
    await visitor.go('/products/register');
    const other = serials[1] ?? '';
    // Well-formed, but the tag is of no key of ours.
    await fillProduct(visitor, 'dora@example.org', await foreignSerial(other));
    await visitor.submit();
    await visitor.page.waitForSelector('[data-field=serial].refused');
    expect(await visitor.page.textContent('#field-serial-error')).toContain('do not know this serial');
    await visitor.close();
  });
});

describe('in German', () => {
  test('the mailed links speak it too, whatever the browser prefers', async () => {
    const email = 'klara@example.org';
    const [german, english] = await Promise.all([newVisitor(house, browser), newVisitor(house, browser)]);
    await german.go('/register?lang=de');
    await fillPerson(german, email, 'Sommer');
    await german.submit();
    await german.page.waitForSelector('.panel.done:visible');
    await followLink(house, english, email, '/confirm');
    expect(await english.page.textContent('h1')).toContain('Registrierung');
    expect(await english.page.getAttribute('html', 'lang')).toBe('de');
    await english.submit();
    await english.page.waitForSelector('.panel.done:visible');
    expect(await english.page.textContent('.panel.done')).toContain('registriert');
    await Promise.all([german.close(), english.close()]);
  });
});

describe('without JavaScript', () => {
  test('the plain form is sealed at the edge, and says so', async () => {
    const visitor = await newVisitor(house, browser, { javaScript: false });
    const { page } = visitor;
    await visitor.go('/register');
    expect(await page.textContent('main')).toContain('Without JavaScript');
    await page.selectOption('[name="address.country"]', 'DE');
    await page.click('button[name=act]:visible');
    await fillPerson(visitor, 'plain@example.org', 'Ohneskript');
    await visitor.submit();
    await page.waitForSelector('.panel.done');
    const mail = (await caughtMails(house.vault?.url ?? '')).filter(({ to }) => to.includes('plain@example.org'));
    expect(mail.length).toBeLessThanOrEqual(1);
    await visitor.close();
  });
});

describe('a key set that the pinned root key did not sign', () => {
  test('is refused by the browser: nothing is sealed, nothing is sent', async () => {
    const [visitor, folder] = await Promise.all([newVisitor(house, browser), mkdtemp(join(tmpdir(), 'avow-keys-'))]);
    const { page } = visitor;
    const forged = await forgedKeys(house, folder);
    await page.route('**/keys.json', (route) => route.fulfill({ json: forged }));
    const relayed: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/relay')) relayed.push(request.url());
    });
    await visitor.go('/register');
    await fillPerson(visitor, 'erin@example.org', 'Vorsicht');
    await visitor.submit();
    await page.waitForSelector('text=keys_unverified');
    expect(relayed).toEqual([]);
    expect(await page.inputValue('[name=familyName]')).toBe('Vorsicht');
    await visitor.close();
    await rm(folder, { recursive: true });
  });
});

/** What an edge in foreign hands could publish: the same chain, the active key its own, signed with a root key of its own. */
async function forgedKeys(from: TestHouse, folder: string): Promise<object> {
  const { createRootKey } = await import('@avow/vault/platform/keys/signing-keys');
  const { signKeySet } = await import('@avow/protocol/opening/key-set-signing');
  const { createGatewayKey } = await import('@avow/protocol/opening/gateway-key');
  const { encodeKeyConfig } = await import('@avow/protocol/key-config');
  const published = (await (await fetch(`${from.publicUrl}/keys.json`)).json()) as { current: { created: string } };
  const root = await createRootKey(join(folder, 'root.key'));
  const { key } = createGatewayKey(9);
  const active = Buffer.from(encodeKeyConfig(key.config)).toString('base64url');
  const current = signKeySet(
    { version: 1, previous: '', created: published.current.created, active, retired: [] },
    root.privateKey,
  );
  return { current, log: [current] };
}

async function foreignSerial(like: string): Promise<string> {
  const { decodeSerial, encodeSerial, formatSerial, normaliseSerial } = await import('@avow/protocol/serial');
  const parts = decodeSerial(normaliseSerial(like));
  if (!parts) throw new Error('not a serial');
  return formatSerial(encodeSerial({ ...parts, tag: parts.tag ^ 1n }));
}
