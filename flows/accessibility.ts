/** axe-core on a page as it stands, and what a narrow screen shows. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
  passes: unknown[];
}

/** `rule: element` for each violation. Throws if axe did not look at anything. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Inside a function of its own, so that the page keeps nothing of it but `window.axe`.
  const result = (await page.evaluate(
    `(() => { const module = undefined; const exports = undefined; ${axe.source}; return window.axe.run(); })()`,
  )) as AxeResult;
  if (result.passes.length === 0) throw new Error('axe found nothing to check');
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** How many pixels the page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
