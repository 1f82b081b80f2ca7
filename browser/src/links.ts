/** Script of the pages behind mailed links: the code leaves the address bar, the act waits for the button. */
import { readToken } from '@avow/protocol/crockford';
import type { FieldRefusals } from '@avow/protocol/forms/fields';
import type { RegistrationReceipt, SealedRoutes } from '@avow/protocol/sealed-routes';
import type { SealedCall } from '@avow/protocol/sealing/sealed-fetch';
import type { HoldAnswer } from '@avow/protocol/self-service';
import { canSeal, openChannel } from './channel.ts';
import { find, get } from './dom.ts';
import { type Panels, panelOf, panelsIn, template } from './forms/panels.ts';
import { sealOnSubmit } from './forms/sealed-form.ts';
import { typedValues } from './forms/typed-values.ts';
import { showScriptParts } from './forms/with-script.ts';
import { startAnewOn, takeFragment } from './fragment.ts';
import { type PageData, readPageData } from './page-data.ts';
import { receiptUrl } from './receipt-file.ts';

function readCode(form: HTMLFormElement): { token: string } | { refusals: FieldRefusals } {
  const typed = typedValues(form).token?.trim() ?? '';
  const token = readToken(typed);
  if (token !== null) return { token };
  return { refusals: { token: typed === '' ? 'field_required' : 'field_malformed' } };
}

function readToBody(form: HTMLFormElement): { body: { token: string } } | { refusals: FieldRefusals } {
  const code = readCode(form);
  return 'token' in code ? { body: code } : code;
}

function readHoldAnswer(
  form: HTMLFormElement,
): { body: { token: string; answer: HoldAnswer } } | { refusals: FieldRefusals } {
  const code = readCode(form);
  const answer = typedValues(form).answer as HoldAnswer | undefined;
  if ('token' in code && answer) return { body: { ...code, answer } };
  return {
    refusals: { ...('refusals' in code && code.refusals), ...(!answer && { answer: 'field_required' as const }) },
  };
}

type Confirmed = SealedRoutes['POST /confirmations']['answer'];

/** The panels are taken before one of them replaces the page, templates and all. */
function confirmedPanel(): (answer: Confirmed) => HTMLElement {
  const panels = {
    person: template('done', 'person'),
    product: template('done', 'product'),
    held: template('done', 'held'),
  };
  const receiptPart = template('receipt');
  return (answer) => {
    const panel = panelOf(answer.held ? panels.held : panels[answer.confirmed]);
    if (answer.receipt) addReceipt(panel, receiptPart, answer.receipt);
    return panel;
  };
}

function addReceipt(panel: HTMLElement, part: HTMLTemplateElement, receipt: RegistrationReceipt): void {
  const copy = part.content.cloneNode(true) as DocumentFragment;
  get<HTMLAnchorElement>('a', copy).href = receiptUrl(receipt);
  panel.querySelector('.lead')?.after(copy);
}

function attach(form: HTMLFormElement, data: PageData, call: SealedCall, panels: Panels): void {
  const read = () => readToBody(form);
  if (form.dataset.sealedForm === 'confirm') {
    sealOnSubmit(form, data, call, panels, { route: 'POST /confirmations', read, answered: confirmedPanel() });
    return;
  }
  const done = template('done');
  const answered = (): HTMLElement => panelOf(done);
  switch (form.dataset.sealedForm) {
    case 'emailChange':
      sealOnSubmit(form, data, call, panels, { route: 'POST /email-changes/confirm', read, answered });
      break;
    case 'emailUndo':
      sealOnSubmit(form, data, call, panels, { route: 'POST /email-changes/undo', read, answered });
      break;
    default:
      sealOnSubmit(form, data, call, panels, {
        route: 'POST /holds/answer',
        read: () => readHoldAnswer(form),
        answered,
      });
  }
}

const form = find<HTMLFormElement>('form[data-sealed-form]');
const code = takeFragment();
startAnewOn((fragment) => readToken(fragment) !== null);
if (form) {
  if (code !== '') get<HTMLInputElement>('[name="token"]', form).value = code.slice(0, 60);
  if (await canSeal()) {
    const data = readPageData();
    attach(form, data, openChannel(data), panelsIn(get('main')));
    showScriptParts();
    form.dataset.ready = '';
  }
}
