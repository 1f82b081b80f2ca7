/** A window of a real Chromium on a page of the person's own machine, and everything it complains of and asks for. */
import type { Browser, Page } from 'playwright-core';

export interface LocalWindow {
  page: Page;
  complaints: string[];
  /** Every address that was asked for. */
  asked: string[];
}

export async function openLocal(
  browser: Browser,
  url: string,
  options: { locale?: string; dark?: boolean; width?: number } = {},
): Promise<LocalWindow> {
  const context = await browser.newContext({
    locale: options.locale ?? 'en-GB',
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1280, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(url);
  return { page, complaints, asked };
}
