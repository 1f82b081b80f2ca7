/** Says at once what is wrong with a field that was just left, and takes the message back once it is right. */
import { checkField } from '@avow/protocol/forms/check';
import type { Field } from '@avow/protocol/forms/fields';
import { type Language, publicErrorBody } from '@avow/protocol/refusals';
import { formatSerial, normaliseSerial } from '@avow/protocol/serial';
import { find } from '../dom.ts';
import { afterPress } from './after-press.ts';
import { showMessage } from './messages.ts';

interface Checks {
  fields: readonly Field[];
  language: Language;
  legacySerials: readonly RegExp[];
}

export function checkAsTyped(form: HTMLFormElement, { fields, language, legacySerials }: Checks): void {
  for (const field of fields) {
    const control = find<HTMLInputElement>(`[name="${field.name}"]`, form);
    if (!control || control instanceof HTMLSelectElement) continue;
    const refusal = () => checkField({ ...field, required: false }, control.value, { legacySerials });
    control.addEventListener('change', () => {
      const code = refusal();
      afterPress(() =>
        showMessage(form, field.name, code && publicErrorBody({ refused: code }, language).error.message),
      );
      if (field.kind === 'serial' && !code) control.value = formatSerial(normaliseSerial(control.value));
    });
    // While typing, a message may only go away: nobody is told of an error in a word half written.
    control.addEventListener('input', () => {
      if (control.hasAttribute('aria-invalid') && !refusal()) showMessage(form, field.name, null);
    });
  }
}
