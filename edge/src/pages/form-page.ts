/** A form's page, before and after it was sent. */
import type { Field } from '@avow/protocol/forms/fields';
import { html } from 'hono/html';
import { addressFields } from './address-fields.ts';
import { formFacts } from './form-facts.ts';
import { countryField, inputField } from './form-fields.ts';
import { formFrame, mailingChoice, panel, waitingPanel } from './form-frame.ts';
import type { FormState } from './form-state.ts';
import { type PublicForm, wordsOf } from './forms.ts';
import { type Html, type PageContext, page } from './page.ts';
import { scriptData } from './script-data.ts';

function control(state: FormState, form: PublicForm, field: Field): Html {
  if (field.kind === 'address') return addressFields(state, field);
  if (field.kind === 'country') return countryField(state, field.name, field.autocomplete);
  return inputField(state, field, field.name === 'email' ? wordsOf(form, state.texts.forms).emailHint : undefined);
}

function groups(state: FormState, form: PublicForm): Html {
  const words = wordsOf(form, state.texts.forms);
  return html`${form.groups.map((group) => {
    const inside = group.fields.map((name) => {
      const field = form.fields.find((candidate) => candidate.name === name);
      if (!field) throw new Error(`the form ${form.name} has no field ${name}`);
      return control(state, form, field);
    });
    return group.legend === null
      ? html`${inside}`
      : html`<fieldset><legend>${words.groups[group.legend]}</legend>${inside}</fieldset>`;
  })}`;
}

export function donePanel(context: PageContext, state: FormState, form: PublicForm): Html {
  const words = wordsOf(form, state.texts.forms);
  const body = html`<p class="lead">${words.done.text}</p>
    <p>${state.texts.forms.sentTo} <strong data-email>${state.values.email ?? ''}</strong></p>
    <p>${words.done.after(context.config.retention.unconfirmedDays)}</p>`;
  return panel({ title: words.done.title, body, kind: 'done' });
}

export interface FormPageOptions {
  /** Opened, not come back with errors. */
  opened: boolean;
}

export function formPage(context: PageContext, state: FormState, form: PublicForm, options: FormPageOptions): Html {
  const words = wordsOf(form, state.texts.forms);
  const fields = html`${groups(state, form)}${form.mailing && mailingChoice(context, state)}`;
  const button = words.button(context.config.vendor.name);
  const main = html`<h1>${words.title}</h1>
    ${formFacts(context, words.facts)}
    ${formFrame(context, state, { name: form.name, route: form.route, action: form.path, fields, button })}
    <template data-done>${donePanel(context, { ...state, values: {} }, form)}</template>
    <template data-waiting>${waitingPanel(state, { mail: true, watching: true })}</template>`;
  const title = Object.keys(state.messages).length > 0 ? `${state.texts.forms.summary}: ${words.title}` : words.title;
  const counted = options.opened && form.counted && ({ counted: 'view' } as const);
  return page(context, { title, main, script: 'forms.js', data: scriptData(context), ...counted });
}

/** Answer to a browser without the script. */
export function sentPage(context: PageContext, state: FormState, form: PublicForm, outcome: 'done' | 'waiting'): Html {
  const main =
    outcome === 'done' ? donePanel(context, state, form) : waitingPanel(state, { mail: true, watching: false });
  const { title } = outcome === 'done' ? wordsOf(form, state.texts.forms).done : state.texts.forms.waiting;
  return page(context, { title, main });
}
