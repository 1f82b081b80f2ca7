/** How much of the page's address leaves the browser. */

/** Set by the build: `/avow-hash.js` is the same script for sites whose router keeps the page behind `#`. */
declare const HASH_ROUTING: boolean;

/**
 * Origin and path. With hash routing `/app/?a#/inbox?b` is the page `/app/inbox`; a mere anchor (`#prices`) is never one.
 */
export function addressNow(): string {
  const address = HASH_ROUTING ? location.href.replace(/\/?(\?[^#]*)?#!?(?=\/)/, '') : location.href;
  return address.replace(/[?#].*/, '');
}

/**
 * Of the query only what tells where the visit came from. Of the click ids of advertisers only the name, so that the visit
 * counts as paid: their value stands for one person.
 */
export const whereFrom = (): string =>
  `?${(location.search.match(/(?<=[?&])((utm_\w+|ref|source)=[^&]*|\w*(clk?|bra)id=)/g) ?? []).join('&')}`;
