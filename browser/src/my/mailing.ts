/** The mailing-list choice (O1): as it stands, the words agreed to, and the other way round. */
import type { HeldConsent } from '@avow/protocol/self-service';
import { element, get } from '../dom.ts';
import { type Desk, dayText } from './desk.ts';
import { myForm } from './my-form.ts';

export function mailingSection(desk: Desk): HTMLElement {
  const { words, held } = desk;
  const [current, ...earlier] = held.consents;
  return element(
    'section',
    { 'aria-labelledby': 'mailing-title' },
    element('h2', { id: 'mailing-title' }, words.mailing.title),
    element('p', {}, stateText(desk, current)),
    current?.given && wordsShown(desk, current),
    current?.given ? choiceForm(desk, false) : choiceForm(desk, true),
    earlier.length > 0 &&
      element(
        'details',
        {},
        element('summary', {}, words.mailing.earlier),
        element('ul', {}, ...earlier.map((consent) => element('li', {}, earlierText(desk, consent)))),
      ),
  );
}

function stateText({ words, ...desk }: Desk, current: HeldConsent | undefined): string {
  if (!current) return words.mailing.off;
  const day = dayText({ words, ...desk }, current.day);
  return current.given ? words.mailing.on(day) : words.mailing.offSince(day);
}

function wordsShown({ words }: Desk, consent: HeldConsent): HTMLElement {
  return element(
    'figure',
    {},
    element('figcaption', { class: 'about' }, words.mailing.words),
    element('blockquote', { lang: consent.language }, consent.words),
    element('p', { class: 'about' }, words.mailing.version(consent.statementVersion)),
  );
}

function earlierText(desk: Desk, consent: HeldConsent): string {
  const day = dayText(desk, consent.day);
  return consent.given ? desk.words.mailing.choseOn(day) : desk.words.mailing.choseOff(day);
}

/** To subscribe, the words stand beside a box that the person ticks; to leave, one button is enough. */
function choiceForm(desk: Desk, subscribe: boolean): HTMLElement {
  const { words, data } = desk;
  const box = element('input', { type: 'checkbox', id: 'my-mailing', name: 'mailing' });
  const ticked = element(
    'div',
    { class: 'field', 'data-field': 'mailing' },
    element('p', { class: 'message', hidden: true }),
    element('div', { class: 'check' }, box, element('label', { for: 'my-mailing' }, data.mailingWords)),
  );
  return myForm(desk, {
    route: 'PUT /me/mailing-choice',
    fields: subscribe ? [ticked] : [],
    quiet: !subscribe,
    button: subscribe ? words.mailing.subscribe : words.mailing.leave,
    read: (form) => {
      if (subscribe && !get<HTMLInputElement>('#my-mailing', form).checked)
        return { refusals: { mailing: 'field_required' } };
      const { language, statementVersion, mailingWords } = data;
      const shown = subscribe ? mailingWords : words.mailing.leave;
      return { body: { subscribed: subscribe, words: shown, language, statementVersion } };
    },
    answered: () => desk.refresh(words.mailing.saved),
  });
}
