/** What `/my` shows before the data: no link yet, a link that has arrived, or why it cannot be shown. */
import type { ErrorBody } from '@avow/protocol/refusals';
import { element } from '../dom.ts';
import type { PageData } from '../page-data.ts';
import type { MyTexts } from '../texts/my-texts.ts';

export function signedOut(data: PageData, words: MyTexts, said: string | null): HTMLElement {
  return element(
    'section',
    { class: 'panel waiting' },
    said !== null && element('p', { class: 'note', role: 'status' }, said),
    element('h2', {}, words.signedOut.title),
    element('p', {}, words.signedOut.text),
    element('p', {}, element('a', { class: 'button', href: `/sign-in?lang=${data.language}` }, words.signedOut.button)),
  );
}

/** GET shows, the button acts: a mail scanner that opens links signs nobody in and uses no link up. */
export function linkArrived(words: MyTexts, open: () => Promise<void>): HTMLElement {
  const status = element('p', { class: 'status', role: 'status' });
  let busy = false;
  const click = (): void => {
    if (busy) return;
    busy = true;
    status.textContent = words.opening;
    void open().finally(() => {
      busy = false;
      status.textContent = '';
    });
  };
  return element(
    'section',
    { class: 'panel waiting' },
    element('h2', {}, words.arrived.title),
    element('p', {}, words.arrived.text),
    element('p', {}, element('button', { type: 'button', click }, words.arrived.button)),
    status,
  );
}

export function failed(words: MyTexts, error: ErrorBody['error'], again: () => void): HTMLElement {
  return element(
    'section',
    { class: 'summary', role: 'alert' },
    element('h2', {}, words.failed.title),
    element('p', {}, error.message),
    element('p', {}, element('button', { type: 'button', click: again }, words.failed.again)),
    element('p', { class: 'code' }, `${words.failed.code} `, element('code', {}, error.code)),
  );
}

export function cannot(data: PageData, words: MyTexts): HTMLElement {
  return element(
    'section',
    { class: 'summary' },
    element('h2', {}, words.cannot.title),
    element('p', {}, `${words.cannot.text} `, element('a', { href: `mailto:${data.contactEmail}` }, data.contactEmail)),
  );
}
