/** Each look that staff took at the person's data (U5): which day, what for, in which role. */
import type { HeldAccess } from '@avow/protocol/self-service';
import { element } from '../dom.ts';
import { type Desk, dayText } from './desk.ts';

export function accessesSection(desk: Desk): HTMLElement {
  const { accesses: words } = desk.words;
  const { accesses } = desk.held;
  return element(
    'section',
    { 'aria-labelledby': 'accesses-title' },
    element('h2', { id: 'accesses-title' }, words.title),
    element('p', {}, words.about),
    accesses.length > 0 ? table(desk, accesses) : element('p', {}, words.none),
  );
}

function table(desk: Desk, accesses: readonly HeldAccess[]): HTMLElement {
  const { accesses: words } = desk.words;
  const heading = (text: string): HTMLElement => element('th', { scope: 'col' }, text);
  const row = (access: HeldAccess): HTMLElement =>
    element(
      'tr',
      {},
      element('td', { 'data-label': words.day }, dayText(desk, access.day, 'medium')),
      element('td', { 'data-label': words.purpose }, words.purposes[access.purpose]),
      element('td', { 'data-label': words.who }, whoText(desk, access)),
    );
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...[words.day, words.purpose, words.who].map(heading))),
    element('tbody', {}, ...accesses.map(row)),
  );
}

function whoText({ words: { accesses: words } }: Desk, { roles, name }: HeldAccess): string {
  const role = roles.length > 0 ? roles.map((one) => words.roles[one]).join(', ') : words.operator;
  return name === null ? role : words.named(name, role);
}
