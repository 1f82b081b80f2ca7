/** A page in light and dark, on a desk and on a phone: what axe finds, what does not fit, and a picture of each in `artefacts/`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { overflowOf, violationsOn } from './accessibility.ts';

const FOLDER = fileURLToPath(new URL('../artefacts', import.meta.url));

/** Colours are judged when they have arrived: the new style is there two frames later, its transitions some time after that. */
const SETTLED = `new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
  .then(() => document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity))
  .then((animations) => Promise.all(animations.map(({ finished }) => finished.catch(() => {}))))`;

/** `name` may have a folder: `console/account`. Leaves the page as wide and as light as it was. */
export async function lookAt(page: Page, name: string): Promise<string[]> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  const problems: string[] = [];
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    // What is fixed to the window stands in a whole picture where the page was scrolled to.
    await page.evaluate('window.scrollTo(0, 0)');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(SETTLED);
      const file = join(FOLDER, `${name}-${colorScheme}-${width}.png`);
      await mkdir(join(file, '..'), { recursive: true });
      await page.screenshot({ path: file, fullPage: true });
      const found = await violationsOn(page);
      const overflow = await overflowOf(page);
      if (overflow > 0) found.push(`wider than its window by ${overflow} pixels`);
      problems.push(...found.map((problem) => `${name} ${colorScheme} ${width}: ${problem}`));
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
  return problems;
}
