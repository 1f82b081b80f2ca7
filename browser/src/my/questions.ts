/** What our staff would like to know (U5): each question with room for an answer. Without questions there is nothing to see. */
import { checkText } from '@avow/protocol/forms/text';
import type { HeldQuestion } from '@avow/protocol/self-service';
import { element } from '../dom.ts';
import { fieldRow } from '../forms/field-row.ts';
import { typedValues } from '../forms/typed-values.ts';
import { type Desk, dayText, labelOf } from './desk.ts';
import { myForm } from './my-form.ts';

const MAX_ANSWER = 4000;

export function questionsSection(desk: Desk): HTMLElement | null {
  const { held, words } = desk;
  if (held.questions.length === 0) return null;
  return element(
    'section',
    { 'aria-labelledby': 'questions-title', id: 'questions' },
    element('h2', { id: 'questions-title' }, words.questions.title),
    element('p', {}, words.questions.about),
    ...held.questions.map((question) => questionPart(desk, question)),
  );
}

function questionPart(desk: Desk, { questionId, field, question, day, answer, answeredOn }: HeldQuestion): HTMLElement {
  const words = desk.words.questions;
  const subject = field === 'address' ? desk.words.details.address : labelOf(desk, field);
  const form = myForm(desk, {
    route: 'POST /me/answers',
    fields: [
      fieldRow(
        {
          path: 'answer',
          label: answer === null ? words.answer : words.another,
          control: (a) => [element('textarea', { ...a, rows: '3', maxlength: String(MAX_ANSWER) })],
        },
        `question-${questionId}`,
      ),
    ],
    button: words.button,
    read: (target) => {
      const checked = checkText(typedValues(target).answer, { required: true, maxLength: MAX_ANSWER, lines: 100 });
      return checked.ok ? { body: { questionId, answer: checked.text } } : { refusals: { answer: checked.code } };
    },
    answered: () => desk.refresh(words.sent),
  });
  return element(
    'div',
    { class: 'requests' },
    element('h3', {}, subject),
    element('p', { class: 'value' }, question),
    element('p', { class: 'about' }, words.askedOn(dayText(desk, day))),
    answer !== null && element('p', { class: 'value' }, answer),
    answeredOn !== null && element('p', { class: 'about' }, words.answeredOn(dayText(desk, answeredOn))),
    form,
  );
}
