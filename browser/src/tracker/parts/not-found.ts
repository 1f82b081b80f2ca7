/** `/avow-not-found.js`: pages that say of themselves that there is nothing at this address. */
import type { Part } from '../part.ts';

const MARK = '[data-avow-page="not-found"], meta[name="avow-page"][content="not-found"]';
/** Time for a page that is drawn by script. */
const DRAWN_AFTER_MS = 500;

export const start: Part['start'] = (tell) => {
  let told = '';
  function check(): void {
    const { pathname } = location;
    if (told === pathname || !document.querySelector(MARK)) return;
    told = pathname;
    tell({ k: 'not-found' });
  }
  check();
  // Not in browsers before 2026.
  window.navigation?.addEventListener('currententrychange', () => setTimeout(check, DRAWN_AFTER_MS));
};
