/** A change of the e-mail address is a proposal: it counts once the new address is proven. */
import { checkField } from '@avow/protocol/forms/check';
import { SIGN_IN_FIELDS } from '@avow/protocol/forms/sign-in';
import type { HeldField } from '@avow/protocol/self-service';
import { get } from '../dom.ts';
import { fieldRow } from '../forms/field-row.ts';
import { type Desk, labelOf } from './desk.ts';
import { fieldControl } from './field-editor.ts';
import { myForm } from './my-form.ts';
import { offerRequest } from './request.ts';

export function emailEditor(desk: Desk, held: HeldField, close: () => void): HTMLElement {
  const { words } = desk;
  const [field] = SIGN_IN_FIELDS;
  if (!field) throw new Error('the sign-in form has an e-mail field');
  const read = (form: HTMLFormElement): string => get<HTMLInputElement>('[name="email"]', form).value.trim();
  return myForm(desk, {
    route: 'POST /me/email-changes',
    fields: [
      fieldRow(
        {
          path: 'email',
          label: labelOf(desk, 'email'),
          hint: words.email.hint,
          control: (attributes) => [fieldControl(desk, field, held.value, attributes)],
        },
        'my',
      ),
    ],
    button: words.email.button,
    leave: close,
    read: (form) => {
      const code = checkField(field, read(form));
      return code ? { refusals: { email: code } } : { body: { email: read(form) } };
    },
    answered: (_answer, form) => desk.refresh(words.email.sent(read(form))),
    refused: (form) => offerRequest(desk, form, 'email', read(form)),
  });
}
