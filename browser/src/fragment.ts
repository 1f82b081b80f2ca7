/** What came after `#`. It never reaches the server, and it leaves the address bar at once: a bookmark must not keep it. */
export function takeFragment(): string {
  const fragment = decodeURIComponentOrNothing(location.hash.slice(1));
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
  return fragment;
}

function decodeURIComponentOrNothing(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
