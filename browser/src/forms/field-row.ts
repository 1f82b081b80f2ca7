/** A field drawn in the browser, with the markup of the server's `form-fields.ts`. */
import { type Child, element } from '../dom.ts';

export interface FieldRow {
  path: string;
  label: string;
  hint?: string | undefined;
  /** Shown after the label when the field may stay empty. */
  optional?: string | undefined;
  width?: 'short' | 'medium' | 'full';
  control(attributes: Record<string, string>): Child[];
}

/** `address.postalCode` becomes `field-address-postalCode`; a second form on the page takes a prefix of its own. */
export function fieldId(path: string, prefix = 'field'): string {
  return `${prefix}-${path.replaceAll('.', '-')}`;
}

export function fieldRow(row: FieldRow, prefix = 'field'): HTMLElement {
  const id = fieldId(row.path, prefix);
  const attributes = {
    id,
    name: row.path,
    'aria-describedby': [row.hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' '),
    ...(row.optional === undefined && { 'aria-required': 'true' }),
  };
  return element(
    'div',
    { class: `field ${row.width ?? 'full'}`, 'data-field': row.path },
    element(
      'label',
      { for: id },
      row.label,
      row.optional && ' ',
      row.optional && element('span', { class: 'optional' }, row.optional),
    ),
    row.hint && element('p', { class: 'hint', id: `${id}-hint` }, row.hint),
    element('p', { class: 'message', id: `${id}-error`, hidden: true }),
    ...row.control(attributes),
  );
}
