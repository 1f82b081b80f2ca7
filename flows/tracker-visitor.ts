/**
 * A visitor of the tracker's test site, who can switch tabs: the headless Chromium shows every page and gives it the focus, keeps
 * no page for going back (bfcache) and renders none ahead, so that the page is told what such a browser would tell it.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

const TAB = `(() => {
  const state = { hidden: false, focused: true, prerendering: false };
  const hidden = Object.getOwnPropertyDescriptor(Document.prototype, 'hidden').get;
  Object.defineProperties(document, {
    hidden: { get: () => state.hidden || hidden.call(document) },
    hasFocus: { value: () => state.focused && !document.hidden },
    prerendering: { get: () => state.prerendering },
  });
  window.tab = {
    hide() { state.hidden = true; document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); },
    show() { state.hidden = false; document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); },
    blur() { state.focused = false; window.dispatchEvent(new Event('blur')); },
    focus() { state.focused = true; window.dispatchEvent(new Event('focus')); },
    comeBack() { this.show(); window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); },
    activate() { state.prerendering = false; document.dispatchEvent(new Event('prerenderingchange')); },
  };
  state.prerendering = new URLSearchParams(location.search).has('rendered-ahead');
})()`;

/** `comeBack`: the page is shown again as it was left. `activate`: the page that was rendered ahead is shown. */
type TabAct = 'hide' | 'show' | 'blur' | 'focus' | 'comeBack' | 'activate';

export interface TrackedVisitor {
  context: BrowserContext;
  page: Page;
  /** Errors in the page; a test expects none. */
  errors: string[];
  tab(act: TabAct): Promise<void>;
  close(): Promise<void>;
}

export interface TrackedVisitorOptions extends BrowserContextOptions {
  /** The page's clock stands still until the test moves it. */
  clock?: boolean;
  /** Runs before every page. */
  before?: string;
}

export async function newTrackedVisitor(
  browser: Browser,
  options: TrackedVisitorOptions = {},
): Promise<TrackedVisitor> {
  const { clock = false, before, ...rest } = options;
  const context = await browser.newContext(rest);
  if (clock) {
    await context.clock.install({ time: new Date('2026-11-23T12:00:00Z') });
    await context.clock.pauseAt(new Date('2026-11-23T12:00:01Z'));
  }
  await context.addInitScript(TAB);
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return {
    context,
    page,
    errors,
    tab: (act) => page.evaluate(`tab.${act}()`),
    close: () => context.close(),
  };
}
