/** What several sections are made of. */
import { h } from './dom.ts';
import type { Place, View } from './view.ts';

export function section(id: string, heading: string, ...children: (Node | string | null | false)[]): HTMLElement {
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-heading` },
    h('h2', { id: `${id}-heading` }, heading),
    ...children,
  );
}

/** What was just done here, focused once it is drawn. */
export function toldAt({ told, texts }: View, place: Place): HTMLElement | null {
  if (told?.place !== place) return null;
  return h(
    'div',
    { class: told.good ? 'told good' : 'told bad', role: told.good ? 'status' : 'alert', tabindex: '-1' },
    h('p', {}, told.words),
    told.code !== undefined && h('p', { class: 'code' }, texts.code(told.code)),
  );
}

export function momentIn(language: string, iso: string): string {
  return new Date(iso).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}

export function dayIn(language: string, iso: string): string {
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' });
}

/** An act that cannot be taken back: the first press says what goes and what stays, the second one does it. */
export function confirmed(options: {
  id: string;
  label: string;
  effect: string;
  really: string;
  cancel: string;
  act(): void;
}): HTMLElement {
  const { id, label, effect, really, cancel, act } = options;
  const box = h('div', { class: 'confirm' });
  const first = h('button', { type: 'button', id, class: 'danger', onclick: ask }, label);
  function ask(): void {
    const yes = h('button', { type: 'button', class: 'danger', onclick: act }, really);
    const no = h('button', { type: 'button', onclick: back }, cancel);
    box.replaceChildren(h('p', { role: 'alert' }, effect), h('div', { class: 'row' }, no, yes));
    no.focus();
  }
  function back(): void {
    box.replaceChildren(first);
    first.focus();
  }
  back();
  return box;
}
