/** W8: if a change is refused, there is an address to write to, and a sealed way to ask a person. */
import { checkText } from '@avow/protocol/forms/text';
import { element, find, get, moveTo } from '../dom.ts';
import { fieldRow } from '../forms/field-row.ts';
import { typedValues } from '../forms/typed-values.ts';
import { type Desk, dayText, labelOf } from './desk.ts';
import { myForm } from './my-form.ts';

const MAX_WANTED = 200;
const MAX_MESSAGE = 2000;

export function requestSection(desk: Desk): HTMLElement {
  const { words, held } = desk;
  const paths = [...new Set(held.fields.map(({ field }) => (field.startsWith('address.') ? 'address' : field)))];
  const choices = [
    ...paths.map((path) => [path, choiceLabel(desk, path)] as const),
    ['other', words.request.other] as const,
  ];
  const options = choices.map(([value, label]) => element('option', { value }, label));
  const form = myForm(desk, {
    route: 'POST /me/correction-requests',
    fields: [
      fieldRow(
        { path: 'field', label: words.request.field, control: (a) => [element('select', a, ...options)] },
        'request',
      ),
      textRow(desk, 'wanted', words.request.wanted, 2, true),
      textRow(desk, 'message', words.request.message, 4, false),
    ],
    button: words.request.button,
    read: (target) => {
      const { field = '', wanted = '', message = '' } = typedValues(target);
      const wantedText = checkText(wanted, { required: true, maxLength: MAX_WANTED, lines: 10 });
      const messageText = checkText(message, { required: false, maxLength: MAX_MESSAGE, lines: 100 });
      if (!wantedText.ok) return { refusals: { wanted: wantedText.code } };
      if (!messageText.ok) return { refusals: { message: messageText.code } };
      return { body: { field, wanted: wantedText.text, message: messageText.text } };
    },
    answered: () => desk.refresh(words.request.sent),
  });
  form.id = 'request-form';
  return element(
    'section',
    { 'aria-labelledby': 'request-title', id: 'request' },
    element('h2', { id: 'request-title' }, words.request.title),
    element(
      'p',
      {},
      `${words.request.text} `,
      element('a', { href: `mailto:${held.contactEmail}` }, held.contactEmail),
    ),
    element('details', {}, element('summary', {}, words.request.or), form),
    openRequests(desk),
  );
}

/** What staff have not dealt with yet. */
function openRequests(desk: Desk): HTMLElement | null {
  const { words, held } = desk;
  if (held.requests.length === 0) return null;
  return element(
    'div',
    { class: 'requests' },
    element('h3', {}, words.request.open),
    element(
      'ul',
      {},
      ...held.requests.map(({ field, wanted, message, day }) =>
        element(
          'li',
          {},
          element('p', { class: 'value' }, `${choiceLabel(desk, field)}: ${wanted}`),
          message !== '' && element('p', { class: 'value' }, message),
          element('p', { class: 'about' }, words.request.askedOn(dayText(desk, day))),
        ),
      ),
    ),
  );
}

function choiceLabel(desk: Desk, path: string): string {
  if (path === 'other') return desk.words.request.other;
  return path === 'address' ? desk.words.details.address : labelOf(desk, path);
}

function textRow(desk: Desk, path: string, label: string, rows: number, required: boolean): HTMLElement {
  const optional = required ? undefined : desk.data.fields.optional;
  return fieldRow(
    { path, label, optional, control: (a) => [element('textarea', { ...a, rows: String(rows), maxlength: '4000' })] },
    'request',
  );
}

/** Under a refused correction: where to write, and the request form with what was wanted already in it. */
export function offerRequest(desk: Desk, form: HTMLFormElement, field: string, wanted: string): void {
  find('.offer', form)?.remove();
  const { words, held } = desk;
  const open = (): void => {
    const section = get('#request');
    get<HTMLDetailsElement>('details', section).open = true;
    get<HTMLSelectElement>('select', section).value = field;
    get<HTMLTextAreaElement>('[name="wanted"]', section).value = wanted;
    moveTo(section);
  };
  form.append(
    element(
      'p',
      { class: 'offer' },
      `${words.request.text} `,
      element('a', { href: `mailto:${held.contactEmail}` }, held.contactEmail),
      ' ',
      element('button', { type: 'button', class: 'link', click: open }, words.request.button),
    ),
  );
}
