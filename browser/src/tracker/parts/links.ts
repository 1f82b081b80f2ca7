/** `/avow-links.js`: clicks on links that lead to another host, and downloads. Of the target only its address without query. */
import type { Part } from '../part.ts';

const FILES =
  /\.(pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv|epub|zip|7z|rar|tar|t?gz|bz2|xz|zst|exe|msi|dmg|pkg|deb|rpm|appimage|apk|iso|mp[34]|m4[av]|mov|avi|mkv|webm|wav|flac|ogg)$/i;

function linkOf(event: Event): HTMLAnchorElement | undefined {
  return event
    .composedPath()
    .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement && /^https?:/.test(node.href));
}

export const start: Part['start'] = (tell) => {
  function clicked(event: MouseEvent): void {
    const link = linkOf(event);
    // The right button opens a menu.
    if (!link || event.button > 1) return;
    const n = link.origin + link.pathname;
    if (link.hasAttribute('download') || FILES.test(link.pathname)) tell({ k: 'download', n });
    else if (link.host !== location.host) tell({ k: 'outbound', n });
  }
  // The middle button fires `auxclick`, the keyboard `click`. Before the page's own handlers, which may stop it.
  for (const name of ['click', 'auxclick'] as const) addEventListener(name, clicked, true);
};
