/**
 * When a page of the console is there, by the page's own clock: from the start of the navigation, in milliseconds. `shown` is a
 * state of the page that is looked for at every change of it; its moment is the end of the first frame that has it.
 */
import type { BrowserContext, Page } from 'playwright-core';

export interface PageTimes {
  firstPaint: number;
  /** What was looked for is on the screen. */
  shown: number;
  /** And the page has nothing else to do: a key or a click is answered at once. */
  interactive: number;
  /** Nothing on the page is waited for any more. */
  complete: number;
  /** Cumulative layout shift, without a unit: under 0.1 counts as none. */
  layoutShift: number;
}

/** `shown`: JavaScript, an expression that is true once the page shows what it is opened for. */
export async function watchPages(context: BrowserContext, shown: string): Promise<void> {
  await context.addInitScript(`globalThis.avowPageTimes = new Promise((resolve) => {
    const times = { layoutShift: 0 };
    const keep = (name, value) => {
      times[name] = value;
      if (['firstPaint', 'shown', 'interactive', 'complete'].every((one) => times[one] !== undefined)) resolve(times);
    };
    const watch = (type, take) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    watch('paint', (entry) => {
      if (entry.name === 'first-contentful-paint') keep('firstPaint', entry.startTime);
    });
    watch('layout-shift', (entry) => {
      if (!entry.hadRecentInput) times.layoutShift += entry.value;
    });
    const afterFrame = (act) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = act;
        port2.postMessage(null);
      });
    const waits = () => document.querySelector('main .mantine-Skeleton-root, main [aria-busy="true"]') !== null;
    let found = false;
    let done = false;
    const look = () => {
      if (!found && (${shown})) {
        found = true;
        afterFrame(() => {
          keep('shown', performance.now());
          requestIdleCallback(() => keep('interactive', performance.now()));
        });
      }
      if (found && !done && !waits()) {
        done = true;
        afterFrame(() => keep('complete', performance.now()));
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  })`);
}

/** Opens the address and waits until everything is there. */
export async function timePage(page: Page, url: string): Promise<PageTimes> {
  await page.goto(url, { waitUntil: 'commit' });
  return (await page.evaluate('avowPageTimes')) as PageTimes;
}
