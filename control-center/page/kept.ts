/** What this machine keeps and where, and how to have it forget. */
import { h } from './dom.ts';
import { confirmed, section, toldAt } from './parts.ts';
import type { View } from './view.ts';

export function keptSection(view: View): HTMLElement {
  const { state, texts, language, run } = view;
  const number = new Intl.NumberFormat(language);
  return section(
    'kept',
    texts.kept,
    toldAt(view, 'kept'),
    state.kept.length === 0
      ? h('p', { class: 'quiet' }, texts.keptNone)
      : h('p', {}, texts.keptLead, ' ', h('code', {}, state.folder)),
    h(
      'ul',
      { class: 'kept' },
      ...state.kept.map(({ kind, path, bytes }) =>
        h(
          'li',
          {},
          h('span', {}, texts.kinds[kind]),
          h('span', { class: 'quiet' }, h('code', {}, path), ` · ${texts.size(number.format(bytes))}`),
        ),
      ),
    ),
    state.kept.length > 0 &&
      confirmed({
        id: 'forget',
        label: texts.forget,
        effect: texts.forgetEffect,
        really: texts.reallyForget,
        cancel: texts.cancel,
        act: () => void run('kept', '/api/forget'),
      }),
  );
}
