/** Script of the pages `/register`, `/products/register` and `/sign-in`. */
import { checkForm } from '@avow/protocol/forms/check';
import type { Field } from '@avow/protocol/forms/fields';
import { formBody } from '@avow/protocol/forms/form-body';
import {
  PERSON_REGISTRATION_FIELDS,
  type PersonRegistration,
  PRODUCT_REGISTRATION_FIELDS,
  type ProductRegistration,
} from '@avow/protocol/forms/registration';
import { SIGN_IN_FIELDS } from '@avow/protocol/forms/sign-in';
import type { SealedCall } from '@avow/protocol/sealing/sealed-fetch';
import { canSeal, openChannel } from './channel.ts';
import { find, get } from './dom.ts';
import { followCountry } from './forms/address-form.ts';
import { checkAsTyped } from './forms/instant-checks.ts';
import { panelOf, panelsIn, template } from './forms/panels.ts';
import { sealOnSubmit } from './forms/sealed-form.ts';
import { typedValues } from './forms/typed-values.ts';
import { showScriptParts } from './forms/with-script.ts';
import { startAnewOn, takeFragment } from './fragment.ts';
import { legacyPatterns, type PageData, readPageData } from './page-data.ts';

const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  register: PERSON_REGISTRATION_FIELDS,
  product: PRODUCT_REGISTRATION_FIELDS,
  signIn: SIGN_IN_FIELDS,
};

/** What a link into the product form may fill in: `#serial=…&disc=…&software=…`, and the code of a previous owner. */
const PREFILLED = { serial: 'serial', disc: 'discVersion', software: 'softwareVersion', transfer: 'transferCode' };

function prefill(form: HTMLFormElement): void {
  const given = new URLSearchParams(takeFragment());
  for (const [parameter, name] of Object.entries(PREFILLED)) {
    const control = find<HTMLInputElement>(`[name="${name}"]`, form);
    const value = given.get(parameter);
    if (!control || !value) continue;
    control.value = value.slice(0, 200);
    control.dispatchEvent(new Event('change'));
  }
}

/** `mailing`: the exact words beside the box, as they are on the page. */
function registration(form: HTMLFormElement, data: PageData, fields: readonly Field[]): unknown {
  return {
    ...formBody(fields, typedValues(form)),
    language: data.language,
    statementVersion: data.statementVersion,
    mailing: {
      subscribed: get<HTMLInputElement>('#field-mailing', form).checked,
      words: get('[data-words]', form).textContent?.trim() ?? '',
    },
  };
}

function donePanel(done: HTMLTemplateElement, form: HTMLFormElement): HTMLElement {
  const panel = panelOf(done);
  get('[data-email]', panel).textContent = typedValues(form).email?.trim() ?? '';
  return panel;
}

function attach(form: HTMLFormElement, data: PageData, call: SealedCall): void {
  const name = form.dataset.sealedForm ?? '';
  const fields = FIELDS[name];
  if (!fields) throw new Error(`no form is called ${name}`);
  const legacySerials = legacyPatterns(data);
  const panels = panelsIn(get('main'));
  const done = template('done');
  const answered = (): HTMLElement => donePanel(done, form);
  function read<B>(body: () => B): () => { body: B } | { refusals: ReturnType<typeof checkForm> } {
    return () => {
      const refusals = checkForm(fields ?? [], formBody(fields ?? [], typedValues(form)), { legacySerials });
      return Object.keys(refusals).length > 0 ? { refusals } : { body: body() };
    };
  }

  checkAsTyped(form, { fields, language: data.language, legacySerials });
  for (const block of form.querySelectorAll<HTMLElement>('[data-address]')) followCountry(block, data.fields);
  if (name === 'register') {
    const body = () => registration(form, data, fields) as PersonRegistration;
    sealOnSubmit(form, data, call, panels, { route: 'POST /registrations', read: read(body), answered });
  } else if (name === 'product') {
    const body = () => registration(form, data, fields) as ProductRegistration;
    sealOnSubmit(form, data, call, panels, { route: 'POST /product-registrations', read: read(body), answered });
    prefill(form);
    startAnewOn((fragment) => new URLSearchParams(fragment).has('serial'));
  } else {
    const body = () => ({ email: typedValues(form).email ?? '', language: data.language });
    sealOnSubmit(form, data, call, panels, { route: 'POST /sign-in-links', read: read(body), answered });
  }
}

const form = find<HTMLFormElement>('form[data-sealed-form]');
if (form && (await canSeal())) {
  const data = readPageData();
  attach(form, data, openChannel(data));
  showScriptParts();
  form.dataset.ready = '';
}
