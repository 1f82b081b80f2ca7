/** A page of the console, watched: errors, refused styles and scripts, what moves by itself. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  /** What a person would never see in the developer's tools of a good page. Refused requests are not in it: they are part of a flow. */
  problems: string[];
  /** Sum of the layout shifts since the page was loaded that no input caused. */
  layoutShift(): Promise<number>;
}

const OBSERVE = `
  window.avowShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.avowShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile);
  });
`;

export async function openWatchedPage(
  browser: Browser,
  options: { width?: number; colorScheme?: 'light' | 'dark'; locale?: string } = {},
): Promise<WatchedPage> {
  const { width = 1280, colorScheme = 'light', locale = 'en-GB' } = options;
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, locale });
  await context.addInitScript(OBSERVE);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    const refused = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
    if (['error', 'warning'].includes(message.type()) && !refused) problems.push(message.text());
  });
  return { page, context, problems, layoutShift: () => page.evaluate('window.avowShift') };
}

/** A passkey device that says yes, as a fingerprint reader under a finger would; `lose` empties it. */
export async function attachAuthenticator(page: Page): Promise<{ lose(): Promise<void> }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async lose() {
      await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
    },
  };
}
