/** A small form inside `/my`: its fields, its buttons, its messages, one sealed request. */
import type { FieldRefusals } from '@avow/protocol/forms/fields';
import type { SealedRouteName, SealedRoutes } from '@avow/protocol/sealed-routes';
import { element, find } from '../dom.ts';
import { messagesOf, messagesOfError, showMessage } from '../forms/messages.ts';
import { sameActSameKey } from '../forms/sealed-form.ts';
import type { Desk } from './desk.ts';

export interface MyForm<R extends SealedRouteName> {
  route: R;
  fields: Node[];
  button: string;
  /** A quiet button, for what is not the page's purpose. */
  quiet?: boolean;
  /** Second button; none where there is nothing to leave. */
  leave?: (() => void) | undefined;
  read(form: HTMLFormElement): { body: SealedRoutes[R]['body'] } | { refusals: FieldRefusals };
  answered(answer: SealedRoutes[R]['answer'], form: HTMLFormElement): void | Promise<void>;
  /** After a refusal: the way to a person (W8). */
  refused?: (form: HTMLFormElement) => void;
}

export function myForm<R extends SealedRouteName>(desk: Desk, options: MyForm<R>): HTMLFormElement {
  const { words, data } = desk;
  const status = element('p', { class: 'status', role: 'status' });
  const problem = element('p', { class: 'message', role: 'alert', hidden: true });
  const act = sameActSameKey();
  const form = element(
    'form',
    { class: 'my-form', novalidate: true, submit: (event) => void submit(event) },
    ...options.fields,
    problem,
    element(
      'div',
      { class: 'buttons' },
      element('button', { type: 'submit', class: options.quiet ? 'secondary' : undefined }, options.button),
      options.leave &&
        element('button', { type: 'button', class: 'secondary', click: options.leave }, words.details.leave),
    ),
    status,
  );
  let busy = false;

  function show(messages: Readonly<Record<string, string>>, whole: string | null): void {
    const left = Object.entries(messages).filter(([path, message]) => !showMessage(form, path, message));
    problem.textContent = [whole, ...left.map(([path, message]) => `${path}: ${message}`)].filter(Boolean).join(' ');
    problem.hidden = problem.textContent === '';
    const first = find('[aria-invalid]', form) ?? (problem.hidden ? null : problem);
    if (first === problem) problem.tabIndex = -1;
    first?.focus();
  }

  function clear(): void {
    problem.hidden = true;
    for (const row of form.querySelectorAll<HTMLElement>('[data-field]'))
      showMessage(form, row.dataset.field ?? '', null);
  }

  async function send(): Promise<void> {
    const read = options.read(form);
    clear();
    if ('refusals' in read) {
      show(messagesOf(read.refusals, data.language), null);
      return;
    }
    status.textContent = words.details.saving;
    const outcome = await desk.ask(options.route, read.body, act.keyFor(read.body));
    status.textContent = '';
    if (outcome.kind === 'answered') await options.answered(outcome.answer, form);
    else if (outcome.kind === 'accepted') status.textContent = words.details.later;
    else {
      act.renew(outcome.error.code);
      const messages = messagesOfError(outcome.error);
      show(messages, Object.keys(messages).length > 0 ? null : outcome.error.message);
      options.refused?.(form);
    }
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (busy) return;
    busy = true;
    form.setAttribute('aria-busy', 'true');
    try {
      await send();
    } finally {
      busy = false;
      form.removeAttribute('aria-busy');
    }
  }

  return form;
}
