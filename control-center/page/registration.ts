/** Product registration (S1) with the mailing choice (S7), and the receipt, which is checked without a network. */
import type { Answer } from '../src/acts.ts';
import { h } from './dom.ts';
import { dayIn, section, toldAt } from './parts.ts';
import type { View } from './view.ts';

const FIELDS = ['givenName', 'familyName', 'email', 'country', 'serial', 'transferCode'] as const;
type FieldName = (typeof FIELDS)[number];

const AUTOCOMPLETE: Record<FieldName, string> = {
  givenName: 'given-name',
  familyName: 'family-name',
  email: 'email',
  country: 'country',
  serial: 'off',
  transferCode: 'off',
};

/** What was typed, kept over drawing anew; never longer than this page. */
const typed: Record<FieldName, string> = {
  givenName: '',
  familyName: '',
  email: '',
  country: '',
  serial: '',
  transferCode: '',
};
let subscribed = false;
let wrong: Partial<Record<string, { code: string; message: string }>> = {};

export function registrationSection(view: View): HTMLElement {
  const { state, texts, language } = view;
  const { registration, suite } = state;
  const statement = h(
    'a',
    { href: `${suite.edge}/privacy`, target: '_blank', rel: 'noreferrer' },
    `${texts.statement} (${suite.statementVersion})`,
  );
  return section(
    'registration',
    texts.registration,
    h('p', {}, texts.registrationLead(suite.name)),
    toldAt(view, 'registration'),
    registration?.state === 'sent' &&
      h('p', { class: 'standing on' }, texts.registeredOn(dayIn(language, registration.day))),
    registration?.state === 'sending' &&
      h('p', { class: 'standing' }, texts.sendingSince(dayIn(language, registration.day))),
    registration !== null &&
      registration.receipt === null &&
      h('p', {}, registration.subscribed ? texts.onList : texts.notOnList),
    registration !== null &&
      h(
        'p',
        {},
        texts.changeChoice,
        ' ',
        h('a', { href: `${suite.edge}/my`, target: '_blank', rel: 'noreferrer' }, `${suite.edge}/my`),
      ),
    registration?.state !== 'sent' && h('p', { class: 'quiet' }, texts.registrationWhy, ' ', statement),
    registration?.state !== 'sent' && form(view),
    receipt(view),
  );
}

function form(view: View): HTMLFormElement {
  const { texts, state, language, run } = view;
  const words = texts.mailing(state.suite.name);
  const button = h('button', { type: 'submit' }, texts.register);
  const box = h('input', { type: 'checkbox', id: 'mailing', onchange: () => (subscribed = box.checked) });
  box.checked = subscribed;
  const element = h(
    'form',
    { novalidate: true, onsubmit: (event) => void submit(event) },
    ...FIELDS.map((name) => field(view, name)),
    h('div', { class: 'check' }, box, h('label', { for: 'mailing' }, words)),
    h('div', { class: 'row' }, button),
  );
  if (Object.values(typed).some((text) => text !== '')) element.dataset.touched = '';
  return element;

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    button.disabled = true;
    button.textContent = texts.registering;
    wrong = {};
    await run('registration', '/api/registration', { ...typed, subscribed, words, language }, tell);
  }

  function tell({ registration }: Answer): string {
    switch (registration?.kind) {
      case 'registered':
        for (const name of FIELDS) typed[name] = '';
        return texts.registered;
      case 'accepted':
        for (const name of FIELDS) typed[name] = '';
        return texts.accepted;
      case 'not-writable':
        return texts.notWritable;
      default:
        wrong = registration?.error.fields ?? {};
        return registration?.error.fields ? texts.corrections : (registration?.error.message ?? texts.failed);
    }
  }
}

function field({ texts, language, state }: View, name: FieldName): HTMLElement {
  const refused = wrong[name];
  const attributes = {
    id: name,
    name,
    autocomplete: AUTOCOMPLETE[name],
    ...(refused && { 'aria-invalid': 'true', 'aria-describedby': `${name}-wrong` }),
  };
  const keep = () => {
    typed[name] = control.value;
    control.closest('form')?.setAttribute('data-touched', '');
  };
  const control =
    name === 'country'
      ? h('select', { ...attributes, onchange: keep }, h('option', { value: '' }, texts.chooseCountry), ...countries())
      : h('input', { ...attributes, type: name === 'email' ? 'email' : 'text', oninput: keep });
  control.value = typed[name];
  return h(
    'div',
    { class: refused ? 'field wrong' : 'field' },
    h('label', { for: name }, texts.fields[name]),
    refused !== undefined && h('p', { id: `${name}-wrong`, class: 'message' }, refused.message),
    control,
  );

  function countries(): HTMLElement[] {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    return state.countries
      .map((code) => ({ code, name: names.of(code) ?? code }))
      .sort((one, other) => one.name.localeCompare(other.name, language))
      .map(({ code, name: word }) => h('option', { value: code }, word));
  }
}

function receipt(view: View): HTMLElement {
  const { texts, state, run, language } = view;
  const kept = state.registration?.receipt ?? null;
  const text = h('textarea', { id: 'receipt', rows: '4', spellcheck: 'false' });
  const check = (event: Event) => {
    event.preventDefault();
    void run(
      'receipt',
      '/api/receipt',
      { receipt: text.value },
      ({ receipt: verdict }) => texts.verdict[verdict ?? 'not-genuine'],
    );
  };
  return h(
    'div',
    {},
    h('h3', {}, texts.receipt),
    toldAt(view, 'receipt'),
    kept !== null &&
      h('p', { class: kept.verdict === 'genuine' ? 'standing on' : 'standing bad' }, texts.verdict[kept.verdict]),
    kept !== null && h('p', {}, texts.receiptOf(kept.edition, dayIn(language, kept.day))),
    kept === null && h('p', { class: 'quiet' }, texts.receiptLead),
    kept === null &&
      h(
        'form',
        { novalidate: true, onsubmit: check },
        h('div', { class: 'field' }, h('label', { for: 'receipt' }, texts.receiptField), text),
        h('div', { class: 'row' }, h('button', { type: 'submit' }, texts.checkReceipt)),
      ),
  );
}
