/** What came after `#`. It never reaches the server, and it leaves the address bar at once: a bookmark must not keep it. */
export function takeFragment(): string {
  const fragment = decodeURIComponentOrNothing(location.hash.slice(1));
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
  if (fragment !== '') passOn(fragment);
  return fragment;
}

/** A link opened in a window that shows the page already only changes what is after `#`: the page has to begin anew. */
export function startAnewOn(isMeant: (fragment: string) => boolean): void {
  addEventListener('hashchange', () => {
    if (isMeant(location.hash.slice(1))) location.reload();
  });
}

/** The link to the same page in the other language takes it along. */
function passOn(fragment: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-keep-fragment]')) link.hash = fragment;
}

function decodeURIComponentOrNothing(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
