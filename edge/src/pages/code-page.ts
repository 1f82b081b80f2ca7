/** A page behind a mailed link: the code, one button, and what came of it. */
import type { RegistrationReceipt, SealedRoutes } from '@avow/protocol/sealed-routes';
import { html } from 'hono/html';
import { type CodePage, codeWords, HOLD_ANSWERS, TOKEN_FIELD } from './codes.ts';
import { clauseLinks } from './form-facts.ts';
import { inputField } from './form-fields.ts';
import { formFrame, panel, waitingPanel } from './form-frame.ts';
import type { FormState } from './form-state.ts';
import { type Html, type PageContext, page } from './page.ts';
import { scriptData } from './script-data.ts';

type Confirmed = SealedRoutes['POST /confirmations']['answer'];

function holdChoices(state: FormState): Html {
  const t = state.texts.codes.hold;
  const message = state.messages.answer;
  return html`<fieldset class="field ${message ? 'refused' : ''}" data-field="answer" id="field-answer">
    <legend>${t.question}</legend>
    <p class="message" id="field-answer-error" ${message ? '' : html`hidden`}>${message ?? ''}</p>
    ${HOLD_ANSWERS.map(
      (answer) => html`<div class="check">
        <input type="radio" id="answer-${answer}" name="answer" value="${answer}" ${state.values.answer === answer ? html`checked` : ''}
          aria-describedby="answer-${answer}-hint field-answer-error">
        <label for="answer-${answer}">${t.choices[answer].label}</label>
        <p class="hint" id="answer-${answer}-hint">${t.choices[answer].hint}</p>
      </div>`,
    )}
  </fieldset>`;
}

/** `answer` null: the empty panels the script fills. */
export function codeDonePanel(
  context: PageContext,
  state: FormState,
  codePage: CodePage,
  answer: Confirmed | null,
): Html {
  const { codes } = state.texts;
  if (codePage.name !== 'confirm') {
    const { title, text } = codes[codePage.name].done;
    return panel({ title, kind: 'done', body: html`<p class="lead">${text}</p>${myLink(context, state)}` });
  }
  const t = codes.confirm;
  const words = answer?.held ? t.done.held : t.done[answer?.confirmed ?? 'person'];
  const body = html`<p class="lead">${words.text}</p>
    ${answer?.receipt && receipt(state, answer.receipt)}
    ${myLink(context, state)}`;
  return panel({ title: words.title, kind: 'done', body });
}

function myLink(context: PageContext, state: FormState): Html {
  return html`<p><a href="/my?lang=${context.language}">${state.texts.codes.next}</a></p>`;
}

function receipt(state: FormState, signed: RegistrationReceipt): Html {
  const t = state.texts.codes.confirm;
  const file = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(signed, null, 2))}`;
  return html`<p><a class="button secondary" download="receipt.json" href="${file}">${t.receipt}</a></p><p class="hint">${t.receiptNote}</p>`;
}

/** The panels a confirmation can end in, for the script to choose from. */
function donePanels(context: PageContext, state: FormState, codePage: CodePage): Html {
  if (codePage.name !== 'confirm')
    return html`<template data-done>${codeDonePanel(context, state, codePage, null)}</template>`;
  const outcomes: [string, Confirmed][] = [
    ['person', { confirmed: 'person', held: false, receipt: null }],
    ['product', { confirmed: 'product', held: false, receipt: null }],
    ['held', { confirmed: 'product', held: true, receipt: null }],
  ];
  return html`${outcomes.map(
    ([name, answer]) =>
      html`<template data-done="${name}">${codeDonePanel(context, state, codePage, answer)}</template>`,
  )}
    <template data-receipt><p><a class="button secondary" download="receipt.json" href="">${state.texts.codes.confirm.receipt}</a></p>
      <p class="hint">${state.texts.codes.confirm.receiptNote}</p></template>`;
}

export function codePageView(context: PageContext, state: FormState, codePage: CodePage): Html {
  const words = codeWords(codePage, state.texts.codes);
  const t = state.texts.forms;
  const fields = html`${inputField(state, TOKEN_FIELD)}${codePage.name === 'hold' && holdChoices(state)}`;
  const { name, route, path: action } = codePage;
  const main = html`<h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${formFrame(context, state, { name, route, action, fields, button: words.button })}
    <p class="clauses">${t.facts.clauses}: ${clauseLinks(context, words.clauses)}${t.facts.clausesAfter(context.config.statement.version)}</p>
    ${donePanels(context, state, codePage)}
    <template data-waiting>${waitingPanel(state, { mail: false, watching: true })}</template>`;
  return page(context, { title: words.title, main, script: 'links.js', data: scriptData(context) });
}
