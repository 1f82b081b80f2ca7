/** A form that is checked, sealed and sent by the script instead of the browser. */
import { randomToken } from '@avow/protocol/crockford';
import type { FieldRefusals } from '@avow/protocol/forms/fields';
import type { SealedRouteName, SealedRoutes } from '@avow/protocol/sealed-routes';
import type { Outcome, SealedCall } from '@avow/protocol/sealing/sealed-fetch';
import { get } from '../dom.ts';
import type { PageData } from '../page-data.ts';
import { TEXTS } from '../texts/texts.ts';
import { clearMessages, messagesOf, messagesOfError, showRefusal } from './messages.ts';
import { type Panels, panelOf, template } from './panels.ts';
import { waitForAnswer } from './waiting.ts';

export interface Submission<R extends SealedRouteName> {
  route: R;
  /** The body, or what is refused, by path. Read at every submission. */
  read(): { body: SealedRoutes[R]['body'] } | { refusals: FieldRefusals };
  /** The panel for the vault's answer. */
  answered(answer: SealedRoutes[R]['answer']): HTMLElement;
}

/** After this long without an answer the status says that it was sent, in milliseconds. */
const SLOW_MS = 2_500;

export function sealOnSubmit<R extends SealedRouteName>(
  form: HTMLFormElement,
  data: PageData,
  call: SealedCall,
  panels: Panels,
  submission: Submission<R>,
): void {
  const status = get('[data-status]', form);
  const words = TEXTS[data.language].forms;
  const waiting = template('waiting');
  const act = sameActSameKey();
  let busy = false;

  function settle(outcome: Exclude<Outcome<SealedRoutes[R]['answer']>, { kind: 'accepted' }>): void {
    if (outcome.kind === 'answered') {
      panels.show(submission.answered(outcome.answer));
      return;
    }
    panels.restore();
    act.renew(outcome.error.code);
    showRefusal(form, messagesOfError(outcome.error), outcome.error);
  }

  async function submit(): Promise<void> {
    const read = submission.read();
    if ('refusals' in read) {
      showRefusal(form, messagesOf(read.refusals, data.language), null);
      return;
    }
    clearMessages(form);
    status.textContent = words.sealing;
    const slow = setTimeout(() => {
      status.textContent = words.waiting;
    }, SLOW_MS);
    try {
      const { language } = data;
      const outcome = await call(submission.route, read.body, { language, idempotencyKey: act.keyFor(read.body) });
      if (outcome.kind !== 'accepted') {
        settle(outcome);
        return;
      }
      panels.show(panelOf(waiting));
      // Not awaited: the form is free again, should the person come back to it.
      void waitForAnswer(outcome).then((later) => later && settle(later));
    } finally {
      clearTimeout(slow);
      status.textContent = '';
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    form.setAttribute('aria-busy', 'true');
    void submit().finally(() => {
      busy = false;
      form.removeAttribute('aria-busy');
    });
  });
}

/** Refusals after which nothing can have been carried out: the same act may go on under the same key. */
const NOTHING_HAPPENED = new Set(['relay_unreachable', 'vault_away', 'answer_unreadable', 'briefly_unavailable']);

/** One idempotency key per body: pressing the button again after a broken connection is the same act, a change is a new one. */
export function sameActSameKey(): { keyFor(body: unknown): string; renew(code: string): void } {
  let key = '';
  let known = '';
  return {
    keyFor(body) {
      const text = JSON.stringify(body);
      if (text !== known || key === '') key = randomToken();
      known = text;
      return key;
    },
    renew(code) {
      if (!NOTHING_HAPPENED.has(code)) key = '';
    },
  };
}
