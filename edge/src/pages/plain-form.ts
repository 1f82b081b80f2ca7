/** The way of a browser without JavaScript: checked, sealed by this process at once, in memory, and nothing kept. */
import { checkForm } from '@avow/protocol/forms/check';
import { formBody } from '@avow/protocol/forms/form-body';
import type { PersonRegistration, ProductRegistration } from '@avow/protocol/forms/registration';
import type { Outcome } from '@avow/protocol/sealing/sealed-fetch';
import type { PagesDeps } from './deps.ts';
import { emptyForm, type FormState, messagesOf } from './form-state.ts';
import type { PublicForm } from './forms.ts';
import type { PageContext } from './page.ts';

const MAX_VALUE = 4000;

/** Takes the form's own fields from what was posted; everything else is dropped. */
export function stateOfPost(context: PageContext, posted: Readonly<Record<string, unknown>>): FormState {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(posted)) {
    if (typeof value === 'string') values[name] = value.slice(0, MAX_VALUE);
  }
  const state = emptyForm(context.language, values);
  const key = values.idempotencyKey ?? '';
  return {
    ...state,
    mailing: values.mailing === 'yes',
    idempotencyKey: /^[0-9a-f-]{36}$/.test(key) ? key : state.idempotencyKey,
  };
}

export type PlainOutcome = { kind: 'done' } | { kind: 'waiting' } | { kind: 'form'; state: FormState; status: number };

export async function submitPlainForm(
  deps: PagesDeps,
  context: PageContext,
  form: PublicForm,
  state: FormState,
): Promise<PlainOutcome> {
  const { language, config } = context;
  const body = formBody(form.fields, state.values);
  const legacySerials = config.suites.flatMap(({ legacySerialPattern: pattern }) =>
    pattern ? [new RegExp(`^(?:${pattern})$`)] : [],
  );
  const refusals = checkForm(form.fields, body, { legacySerials });
  if (Object.keys(refusals).length > 0) {
    return { kind: 'form', state: { ...state, messages: messagesOf(refusals, language) }, status: 422 };
  }
  const outcome = await seal(deps, context, form, state, body);
  if (outcome.kind === 'answered') return { kind: 'done' };
  if (outcome.kind === 'accepted') return { kind: 'waiting' };
  const messages = Object.fromEntries(
    Object.entries(outcome.error.fields ?? {}).map(([path, { message }]) => [path, message]),
  );
  return {
    kind: 'form',
    state: { ...state, messages, refused: outcome.error, idempotencyKey: crypto.randomUUID() },
    status: outcome.status,
  };
}

function seal(
  deps: PagesDeps,
  { language, config }: PageContext,
  form: PublicForm,
  state: FormState,
  body: Record<string, unknown>,
): Promise<Outcome<{ accepted: true }>> {
  if (form.route === 'POST /sign-in-links') {
    const email = String(body.email ?? '');
    return deps.sealPlainForm(form.route, { email, language }, language, state.idempotencyKey);
  }
  const words = state.texts.forms.mailing.words(config.vendor.name);
  const whole = {
    ...body,
    language,
    statementVersion: config.statement.version,
    mailing: { subscribed: state.mailing, words },
  };
  // `checkForm` has just held every field to the form's own definition.
  return form.route === 'POST /registrations'
    ? deps.sealPlainForm(form.route, whole as unknown as PersonRegistration, language, state.idempotencyKey)
    : deps.sealPlainForm(form.route, whole as unknown as ProductRegistration, language, state.idempotencyKey);
}
