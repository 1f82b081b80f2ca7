/** Every held value with where it came from, what it serves and until when; corrected, or added, where it stands. */
import { addressFormat, isCountry } from '@avow/protocol/address-formats';
import type { HeldField, HeldProposal } from '@avow/protocol/self-service';
import { element } from '../dom.ts';
import { addressEditor } from './address-editor.ts';
import { type Desk, dayText, labelOf, valueText } from './desk.ts';
import { emailEditor } from './email-editor.ts';
import { fieldEditor } from './field-editor.ts';

export function detailsSection(desk: Desk): HTMLElement {
  const { words, held } = desk;
  const single = held.fields.filter(({ field }) => !field.startsWith('address.'));
  const address = held.fields.filter(({ field }) => field.startsWith('address.'));
  return element(
    'section',
    { 'aria-labelledby': 'details-title' },
    element('h2', { id: 'details-title' }, words.details.title),
    held.fields.length === 0 && element('p', {}, words.details.none),
    element(
      'div',
      { class: 'held' },
      ...single.map((field) => heldRow(desk, field)),
      address.length > 0 && addressRow(desk, address),
      ...missingRows(desk),
    ),
  );
}

function heldRow(desk: Desk, field: HeldField): HTMLElement {
  const label = labelOf(desk, field.field);
  const editor = field.field === 'email' ? emailEditor : fieldEditor;
  const proposal = field.field === 'email' ? desk.held.proposedEmail : null;
  return editableRow(desk, {
    label,
    shown: [element('p', { class: 'value' }, valueText(desk, field.field, field.value))],
    about: [aboutLine(desk, field), proposal !== null && element('p', { class: 'note' }, proposalText(desk, proposal))],
    editor: field.correctable ? (close) => editor(desk, field, close) : null,
  });
}

function proposalText(desk: Desk, { address, by, until, objectedOn }: HeldProposal): string {
  const { words } = desk;
  if (objectedOn !== null) return words.email.objected(address, dayText(desk, objectedOn));
  return by === 'staff' ? words.email.byStaff(address, dayText(desk, until)) : words.email.proposed(address);
}

/** What need not be given at a registration can be given here later (W3). */
function missingRows(desk: Desk): HTMLElement[] {
  const { words, held } = desk;
  const isHeld = (path: string): boolean => held.fields.some(({ field }) => field === path);
  const row = (label: string, editor: EditableRow['editor']): HTMLElement =>
    editableRow(
      desk,
      { label, shown: [element('p', { class: 'about' }, words.details.notHeld)], about: [], editor },
      'add',
    );
  return [
    isHeld('telephone')
      ? null
      : row(labelOf(desk, 'telephone'), (close) => fieldEditor(desk, { field: 'telephone', value: '' }, close)),
    isHeld('address.country') ? null : row(words.details.address, (close) => addressEditor(desk, [], close)),
  ].filter((made) => made !== null);
}

/** One row for the address: its parts are corrected together, but each says where it came from if they differ. */
function addressRow(desk: Desk, held: readonly HeldField[]): HTMLElement {
  const { parts, nameOf } = inCountryOrder(desk, held);
  const abouts = new Map<string, HTMLElement>();
  for (const part of parts) {
    const about = aboutLine(desk, part);
    abouts.set(about.textContent ?? '', about);
  }
  const list = element(
    'dl',
    { class: 'parts' },
    ...parts.flatMap((part) => [
      element('dt', {}, nameOf(part.field)),
      element('dd', {}, valueText(desk, part.field, part.value)),
    ]),
  );
  return editableRow(desk, {
    label: desk.words.details.address,
    shown: [list],
    about: [...abouts.values()],
    editor: parts.some((part) => part.correctable) ? (close) => addressEditor(desk, parts, close) : null,
  });
}

/** As addresses are written there: the parts in order, by the names they have in that country. */
function inCountryOrder(
  desk: Desk,
  held: readonly HeldField[],
): { parts: readonly HeldField[]; nameOf: (path: string) => string } {
  const country = held.find(({ field }) => field === 'address.country')?.value;
  if (!isCountry(country)) return { parts: held, nameOf: (path) => labelOf(desk, path) };
  const { order, names } = addressFormat(country);
  const paths = [...order.flat().map((part) => `address.${part}`), 'address.country'];
  const words = new Map(order.flat().map((part) => [`address.${part}`, desk.data.fields.parts[names[part]]]));
  return {
    parts: held.toSorted((a, b) => paths.indexOf(a.field) - paths.indexOf(b.field)),
    nameOf: (path) => words.get(path) ?? labelOf(desk, path),
  };
}

interface EditableRow {
  label: string;
  shown: Node[];
  about: (Node | false)[];
  editor: ((close: () => void) => HTMLElement) | null;
}

function editableRow(
  desk: Desk,
  { label, shown, about, editor }: EditableRow,
  act: 'change' | 'add' = 'change',
): HTMLElement {
  const { words } = desk;
  const body = element('div', { class: 'body' });
  const change = element(
    'button',
    { type: 'button', class: 'link', 'aria-label': words.details[`${act}Of`](label) },
    words.details[act],
  );
  const close = (): void => {
    body.replaceChildren(...shown, ...about.filter((node) => node !== false));
    change.hidden = false;
    change.focus();
  };
  change.addEventListener('click', () => {
    if (!editor) return;
    const form = editor(close);
    body.replaceChildren(form);
    change.hidden = true;
    form.querySelector<HTMLElement>('input, select, textarea')?.focus();
  });
  body.append(...shown, ...about.filter((node) => node !== false));
  return element('div', { class: 'row' }, element('h3', {}, label), body, editor && change);
}

/** From which act and day, for what, until when, and which promise says so. */
function aboutLine(desk: Desk, field: HeldField): HTMLElement {
  const { words, data } = desk;
  const act = words.acts[field.source.act] ?? (field.source.act.includes('staff') ? words.staffAct : field.source.act);
  const clauses = field.promises.map((id) => element('a', { href: `/privacy?lang=${data.language}#${id}` }, id));
  const line = element(
    'p',
    { class: 'about' },
    `${words.details.from(act, dayText(desk, field.source.day))} `,
    `${sentence(field.purpose[data.language])} `,
    `${words.details.kept(field.keptUntil[data.language].replace(/\.$/, ''))} `,
  );
  for (const clause of clauses) line.append(clause, ' ');
  return line;
}

function sentence(text: string): string {
  const first = text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
