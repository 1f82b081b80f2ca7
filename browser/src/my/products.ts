/** The person's products: receipt as a file, a code to pass one on, and one more. */
import { checkForm } from '@avow/protocol/forms/check';
import { formBody } from '@avow/protocol/forms/form-body';
import { PRODUCT_REGISTRATION_FIELDS } from '@avow/protocol/forms/registration';
import type { HeldProduct } from '@avow/protocol/self-service';
import { element, moveTo } from '../dom.ts';
import { fieldRow } from '../forms/field-row.ts';
import { typedValues } from '../forms/typed-values.ts';
import { legacyPatterns } from '../page-data.ts';
import { receiptUrl } from '../receipt-file.ts';
import { type Desk, dayText, labelOf } from './desk.ts';
import { fieldControl } from './field-editor.ts';
import { myForm } from './my-form.ts';

export function productsSection(desk: Desk): HTMLElement {
  const { words, held } = desk;
  return element(
    'section',
    { 'aria-labelledby': 'products-title' },
    element('h2', { id: 'products-title' }, words.products.title),
    held.products.length === 0 && element('p', {}, words.products.none),
    element('div', { class: 'held' }, ...held.products.map((product) => productRow(desk, product))),
    element('details', {}, element('summary', {}, words.products.add), addForm(desk)),
  );
}

function productRow(desk: Desk, product: HeldProduct): HTMLElement {
  const { words } = desk;
  const name = `${product.product} ${product.edition}`.trim();
  const versions = [
    product.discVersion && `${words.products.disc} ${product.discVersion}`,
    product.softwareVersion && `${words.products.software} ${product.softwareVersion}`,
  ].filter(Boolean);
  return element(
    'div',
    { class: 'row' },
    element('h3', {}, name),
    element(
      'div',
      { class: 'body' },
      element('p', { class: 'value' }, element('code', { class: 'serial' }, product.serial)),
      element(
        'p',
        { class: `state ${product.state.replace(' ', '-')}` },
        words.products.states[product.state] ?? product.state,
      ),
      element(
        'p',
        { class: 'about' },
        [words.products.registered(dayText(desk, product.day)), ...versions].join('. '),
        '.',
      ),
      product.receipt &&
        element(
          'p',
          {},
          element(
            'a',
            { href: receiptUrl(product.receipt), download: `receipt-${product.serial.slice(0, 5)}.json` },
            words.products.receipt,
          ),
        ),
      product.state === 'registered' && transferPart(desk, product, name),
    ),
  );
}

function transferPart(desk: Desk, product: HeldProduct, name: string): HTMLElement {
  const { words } = desk;
  const form = myForm(desk, {
    route: 'POST /me/transfers',
    fields: [element('p', {}, words.products.passNote)],
    button: words.products.passOf(name),
    read: () => ({ body: { registrationId: product.registrationId } }),
    answered: ({ code, validUntil }, target) => {
      const said = element(
        'div',
        { class: 'note', role: 'status' },
        element('p', {}, words.products.code(dayText(desk, validUntil))),
        element('p', {}, element('code', { class: 'serial' }, code)),
      );
      target.replaceWith(said);
      moveTo(said);
    },
  });
  return element('details', {}, element('summary', {}, words.products.pass), form);
}

const ADD_FIELDS = PRODUCT_REGISTRATION_FIELDS.filter(({ name }) =>
  ['serial', 'transferCode', 'discVersion', 'softwareVersion'].includes(name),
);

function addForm(desk: Desk): HTMLElement {
  const { words, data } = desk;
  return myForm(desk, {
    route: 'POST /me/products',
    fields: ADD_FIELDS.map((field) =>
      fieldRow(
        {
          path: field.name,
          label: labelOf(desk, field.name),
          hint: data.fields.hints[field.name],
          optional: field.required ? undefined : data.fields.optional,
          control: (attributes) => [fieldControl(desk, field, '', attributes)],
        },
        'add',
      ),
    ),
    button: words.products.addButton,
    read: (form) => {
      const typed = formBody(ADD_FIELDS, typedValues(form));
      const refusals = checkForm(ADD_FIELDS, typed, { legacySerials: legacyPatterns(data) });
      return Object.keys(refusals).length > 0 ? { refusals } : { body: { serial: '', ...typed } };
    },
    answered: ({ held }) => desk.refresh(held ? words.products.held : words.products.added),
  });
}
