/** A visitor in a real Chromium, and what such a visitor does on the public pages. */
import type { Browser, Page } from 'playwright-core';
import { linkIn, linkWithCode, mailTo } from './caught-mail.ts';
import type { TestHouse } from './house.ts';

export interface Visitor {
  page: Page;
  /** Errors in the page and refused resources; a test expects none. */
  complaints: string[];
  go(path: string): Promise<void>;
  /** The visible button that sends the form. */
  submit(): Promise<void>;
  close(): Promise<void>;
}

export interface VisitorOptions {
  javaScript?: boolean;
  language?: string;
}

export async function newVisitor(house: TestHouse, browser: Browser, options: VisitorOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    locale: options.language ?? 'en-GB',
    javaScriptEnabled: options.javaScript ?? true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return {
    page,
    complaints,
    async go(path) {
      await page.goto(new URL(path, house.publicUrl).href);
    },
    submit: () => page.click('form button[type=submit]:not([name=act]):visible'),
    close: () => context.close(),
  };
}

export async function fillPerson({ page }: Visitor, email: string, familyName: string): Promise<void> {
  await page.fill('[name=givenName]', 'Ada');
  await page.fill('[name=familyName]', familyName);
  await page.fill('[name=email]', email);
  await page.selectOption('[name="address.country"]', 'DE');
  await page.fill('[name="address.streetAddress"]', 'Lindenweg 4');
  await page.fill('[name="address.postalCode"]', '20095');
  await page.fill('[name="address.locality"]', 'Hamburg');
}

export async function fillProduct({ page }: Visitor, email: string, serial: string): Promise<void> {
  await page.fill('[name=serial]', serial);
  await page.fill('[name=givenName]', 'Ben');
  await page.fill('[name=familyName]', 'Okafor');
  await page.fill('[name=email]', email);
  await page.selectOption('[name=country]', 'GB');
}

/** Mails whose link was used up. */
const read = new Set<string>();

/** Opens the newest unread mail's link to `path`. */
export async function followLink(house: TestHouse, visitor: Visitor, email: string, path: string): Promise<void> {
  const mail = await mailTo(house.vault?.url ?? '', email, linkWithCode(path), { read });
  read.add(mail.id);
  await visitor.go(linkIn(mail, path));
}

export async function confirmByMail(house: TestHouse, visitor: Visitor, email: string): Promise<void> {
  await followLink(house, visitor, email, '/confirm');
  await visitor.submit();
  await visitor.page.waitForSelector('.panel.done:visible');
}

export async function signIn(house: TestHouse, visitor: Visitor, email: string): Promise<void> {
  await visitor.go('/sign-in');
  await visitor.page.fill('[name=email]', email);
  await visitor.submit();
  await visitor.page.waitForSelector('.panel.done:visible');
  await followLink(house, visitor, email, '/my');
  await visitor.page.click('main button:has-text("Open my data")');
  await visitor.page.waitForSelector('h2:has-text("Your details")');
}
