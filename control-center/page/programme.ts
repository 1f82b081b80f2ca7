/** Taking part: how it stands, two choices of equal weight, and the list of what would be told, with reasons (S2, S3, S5). */
import { h } from './dom.ts';
import { dayIn, momentIn, section, toldAt } from './parts.ts';
import type { View } from './view.ts';

const FACETS = ['base', 'age', 'apps', 'starts'] as const;

export function programmeSection(view: View): HTMLElement {
  const { state, texts, language } = view;
  const { choice, killSwitch, decided, takesPart } = state.participation;
  return section(
    'programme',
    texts.programme,
    h('p', {}, texts.programmeLead(state.suite.name)),
    h('p', { class: takesPart ? 'standing on' : 'standing' }, texts.standing[choice]),
    killSwitch !== null && h('p', { class: 'standing' }, texts.killed[killSwitch]),
    choice === 'on' &&
      decided !== null &&
      h('p', { class: 'quiet' }, texts.since(dayIn(language, decided.day), dayIn(language, decided.countsFrom))),
    toldAt(view, 'programme'),
    ...choices(view),
    fieldList(view),
  );
}

function choices({ state, texts, run }: View): HTMLElement[] {
  const { choice, killSwitch, fieldList } = state.participation;
  const off = () => void run('programme', '/api/participation', { takesPart: false }, () => texts.standing.off);
  if (choice === 'on') {
    return [
      h('p', { class: 'quiet' }, texts.stopEffect),
      h('div', { class: 'row' }, h('button', { type: 'button', id: 'turn-off', onclick: off }, texts.stop)),
    ];
  }
  if (fieldList === null) return [h('p', { class: 'quiet' }, texts.unknownList)];
  const on = () => void run('programme', '/api/participation', { takesPart: true, fieldList }, () => texts.standing.on);
  const buttons = [
    h('button', { type: 'button', id: 'turn-on', disabled: killSwitch !== null, onclick: on }, texts.takePart),
    choice !== 'off' && h('button', { type: 'button', id: 'turn-off', onclick: off }, texts.notTakePart),
  ];
  return [h('div', { class: 'row' }, ...buttons)];
}

function fieldList({ state, texts, language }: View): HTMLElement {
  const { reasons, participation, installedAt } = state;
  const told = FACETS.filter((facet) => reasons[facet].length > 0);
  return h(
    'div',
    { class: 'list' },
    h('h3', {}, texts.list),
    h('p', { class: 'quiet' }, texts.listLead(participation.messages)),
    h(
      'dl',
      {},
      ...told.flatMap((facet) => [
        h('dt', {}, texts.facets[facet].name),
        h(
          'dd',
          {},
          h('p', {}, texts.facets[facet].told),
          facet === 'age' && h('p', { class: 'quiet' }, texts.installedAt(momentIn(language, installedAt))),
          h(
            'ul',
            { class: 'quiet' },
            ...reasons[facet].map(({ title, why }) => h('li', {}, `${title[language]}: ${why[language]}`)),
          ),
        ),
      ]),
    ),
  );
}
