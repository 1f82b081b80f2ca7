/** `/avow-forms.js`: that a form with `data-avow-form="id"` was sent. Never a field of it, neither name nor content. */
import type { Part } from '../part.ts';

export const start: Part['start'] = (tell) => {
  addEventListener(
    'submit',
    ({ target }) => {
      const n = target instanceof HTMLFormElement && target.dataset.avowForm;
      if (n) tell({ k: 'form', n });
    },
    true,
  );
};
