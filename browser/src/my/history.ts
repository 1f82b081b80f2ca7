/** Every correction: what it was, what it became, which day, by whom. */
import { element } from '../dom.ts';
import { type Desk, dayText, labelOf, valueText } from './desk.ts';

export function historySection(desk: Desk): HTMLElement {
  const { history: words } = desk.words;
  const { changes } = desk.held;
  const heading = (text: string): HTMLElement => element('th', { scope: 'col' }, text);
  const table = element(
    'table',
    {},
    element(
      'thead',
      {},
      element('tr', {}, ...[words.day, words.what, words.before, words.after, words.by].map(heading)),
    ),
    element(
      'tbody',
      {},
      ...changes.map((change) =>
        element(
          'tr',
          {},
          element('td', { 'data-label': words.day }, dayText(desk, change.day, 'medium')),
          element('td', { 'data-label': words.what }, labelOf(desk, change.field)),
          element('td', { 'data-label': words.before }, valueText(desk, change.field, change.before)),
          element('td', { 'data-label': words.after }, valueText(desk, change.field, change.after)),
          element('td', { 'data-label': words.by }, words[change.by]),
        ),
      ),
    ),
  );
  return element(
    'section',
    { 'aria-labelledby': 'history-title' },
    element('h2', { id: 'history-title' }, words.title),
    changes.length > 0 ? table : element('p', {}, words.none),
  );
}
