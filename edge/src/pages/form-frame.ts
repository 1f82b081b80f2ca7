/** What every form has around its fields: summary of errors, button, where the data goes, and the panels that follow. */
import type { SealedRouteName } from '@avow/protocol/sealed-routes';
import { html } from 'hono/html';
import { fieldId } from './form-fields.ts';
import type { FormState } from './form-state.ts';
import { type Html, lock, type PageContext } from './page.ts';

export interface FormFrame {
  /** Name of the form in the browser's script. */
  name: string;
  route: SealedRouteName;
  /** Where a browser without the script posts to. */
  action: string;
  fields: Html;
  button: string;
}

function errorSummary(state: FormState): Html {
  const t = state.texts.forms;
  const entries = Object.entries(state.messages);
  const shown = entries.length > 0 || state.refused !== null;
  return html`<div class="summary" data-summary role="alert" tabindex="-1" ${shown ? '' : html`hidden`} aria-labelledby="summary-title">
    <h2 id="summary-title" data-summary-title data-check="${t.summary}" data-refused="${t.refused}">${entries.length > 0 ? t.summary : t.refused}</h2>
    <p data-summary-text ${state.refused && entries.length === 0 ? '' : html`hidden`}>${entries.length === 0 ? state.refused?.message : ''}</p>
    <ul data-summary-list>${entries.map(([path, message]) => html`<li><a href="#${fieldId(path)}">${labelOf(state, path)}: ${message}</a></li>`)}</ul>
    <p class="code" data-summary-code ${state.refused ? '' : html`hidden`}>${t.code} <code>${state.refused?.code ?? ''}</code></p>
  </div>`;
}

function labelOf(state: FormState, path: string): string {
  const { labels, parts } = state.texts.fields;
  return labels[path] ?? parts[path.replace(/^address\./, '')] ?? path;
}

/** Where the data goes: the honest sentence for a browser without the script, until the script puts its own in place. */
export function sealLine(state: FormState): Html {
  const { seal } = state.texts.forms;
  return html`<p class="seal" data-without-script>${lock}<span>${seal.server}</span></p>
    <p class="seal" data-with-script hidden>${lock}<span>${seal.browser}</span></p>`;
}

/** What Enter in a field presses: the first submit button of a form. Without it, that would be the one that changes the country. */
const defaultButton = html`<button type="submit" hidden tabindex="-1"></button>`;

export function formFrame(context: PageContext, state: FormState, frame: FormFrame): Html {
  return html`<form method="post" action="${frame.action}?lang=${context.language}" novalidate data-sealed-form="${frame.name}" data-sealed-route="${frame.route}">
    ${errorSummary(state)}
    ${defaultButton}
    <input type="hidden" name="idempotencyKey" value="${state.idempotencyKey}">
    ${frame.fields}
    <div class="submit">
      <button type="submit">${frame.button}</button>
      ${sealLine(state)}
      <p class="status" role="status" data-status></p>
    </div>
  </form>`;
}

export function mailingChoice(context: PageContext, state: FormState): Html {
  const t = state.texts.forms.mailing;
  return html`<fieldset class="choice">
    <legend>${t.group}</legend>
    <div class="check">
      <input type="checkbox" id="field-mailing" name="mailing" value="yes" ${state.mailing ? html`checked` : ''} aria-describedby="field-mailing-hint">
      <label for="field-mailing" data-words>${t.words(context.config.vendor.name)}</label>
    </div>
    <p class="hint" id="field-mailing-hint">${t.hint}</p>
  </fieldset>`;
}

/** A panel that takes the page's place once something was done. */
export function panel(content: { title: string; body: Html; kind: 'done' | 'waiting' }): Html {
  return html`<section class="panel ${content.kind}" tabindex="-1" data-panel>
    <h1>${content.title}</h1>
    ${content.body}
  </section>`;
}

export function waitingPanel(state: FormState, options: { mail: boolean; watching: boolean }): Html {
  const t = state.texts.forms.waiting;
  const body = html`<p class="lead">${options.mail ? t.text : t.textNoMail}</p>
    <p>${t.more}</p>
    ${options.watching && html`<p class="status" role="status">${t.watching}</p>`}`;
  return panel({ title: t.title, body, kind: 'waiting' });
}
