/** The same as the page, for a terminal: asks with arrow keys, and says everything in lines of text. */
import type { Language } from '@avow/protocol/refusals';
import type { Suite } from '@avow/sdk/suite';
import { confirm as ask, cancel, intro, isCancel, log, note, outro, select, text } from '@clack/prompts';
import { nameKeysIn } from './key-hints.ts';
import { readState, type State } from './state.ts';
import { de } from './texts-de.ts';
import { en, type Texts } from './texts-en.ts';

const FACETS = ['base', 'age', 'apps', 'starts'] as const;

/** Nothing is agreed to by pressing Enter. */
const confirm = (texts: Texts, message: string) =>
  ask({ message, active: texts.yes, inactive: texts.no, initialValue: false });

interface Desk {
  suite: Suite;
  texts: Texts;
  language: Language;
}

/** Until the person leaves it. */
export async function runTerminal(suite: Suite, language: Language): Promise<void> {
  const texts = language === 'de' ? de : en;
  const desk: Desk = { suite, texts, language };
  nameKeysIn(language);
  intro(texts.of(suite.manifest.name));
  for (;;) {
    const state = await readState(suite);
    log.info(standingIn(texts, state));
    const chosen = await select({
      message: texts.title,
      options: [
        { value: 'programme', label: texts.programme },
        { value: 'next', label: texts.next },
        { value: 'sent', label: texts.sent },
        { value: 'registration', label: texts.registration },
        { value: 'kept', label: texts.kept },
        { value: 'leave', label: texts.leave },
      ],
    });
    if (isCancel(chosen) || chosen === 'leave') return outro('');
    await ACTS[chosen as keyof typeof ACTS](desk, state);
  }
}

/** For an installer: what has to be asked, one after the other, each of which can be left open (S1, S2, S7). */
export async function runQuestions(suite: Suite, language: Language): Promise<void> {
  const texts = language === 'de' ? de : en;
  const desk: Desk = { suite, texts, language };
  nameKeysIn(language);
  intro(texts.installed(suite.manifest.name));
  note(texts.installedLead);
  await programme(desk, await readState(suite));
  const wanted = await confirm(texts, `${texts.register}?`);
  if (wanted === true) await registration(desk, await readState(suite));
  outro(texts.finished);
}

function standingIn(texts: Texts, { participation: { choice, killSwitch } }: State): string {
  return [texts.standing[choice], ...(killSwitch === null ? [] : [texts.killed[killSwitch]])].join('\n');
}

const ACTS = { programme, next, sent, registration, kept };

function tellChange(texts: Texts, change: ReturnType<Suite['turnOff']>, done: string): void {
  if (change.done) log.success(done);
  else log.error(texts.notDone[change.why]);
}

async function programme({ suite, texts, language }: Desk, state: State): Promise<void> {
  const { choice, fieldList, messages } = state.participation;
  const lines = FACETS.filter((facet) => state.reasons[facet].length > 0).flatMap((facet) => [
    `${texts.facets[facet].name}: ${texts.facets[facet].told}`,
    ...state.reasons[facet].map(({ title, why }) => `  ${title[language]}: ${why[language]}`),
  ]);
  log.message([texts.listLead(messages), '', ...lines].join('\n'));
  if (choice === 'on') {
    const stop = await confirm(texts, `${texts.stop}? ${texts.stopEffect}`);
    if (stop === true) tellChange(texts, suite.turnOff(), texts.standing.off);
    return;
  }
  if (fieldList === null) return log.warn(texts.unknownList);
  const answer = await select({
    message: texts.programme,
    // Nothing is chosen beforehand in favour of taking part.
    initialValue: 'off',
    options: [
      { value: 'on', label: texts.takePart },
      { value: 'off', label: texts.notTakePart },
    ],
  });
  if (answer === 'on') tellChange(texts, await suite.turnOn(fieldList), texts.standing.on);
  else if (answer === 'off') tellChange(texts, suite.turnOff(), texts.standing.off);
}

async function next({ texts }: Desk, state: State): Promise<void> {
  if (!state.participation.takesPart) return log.message(texts.nextOff);
  if (state.next.length === 0) return log.message(texts.nextNone);
  log.message(state.next.map(({ body, notBefore }) => `${body}\n  ${notBefore ?? texts.notOver}`).join('\n'));
}

async function sent({ suite, texts }: Desk, { sent: { entries, brokenAt } }: State): Promise<void> {
  const left = entries.filter((entry) => entry.event === 'leaving');
  if (left.length === 0) return log.message(texts.sentNone);
  log.message(left.map(({ n, at, body }) => `${n}  ${at}  ${body}`).join('\n'));
  if (brokenAt === null) log.success(texts.intact(left.length));
  else log.error(texts.broken(brokenAt));
  const remove = await confirm(texts, `${texts.deleteLog}? ${texts.deleteLogEffect}`);
  if (remove === true) tellChange(texts, suite.deleteSentLog(), texts.done);
}

async function registration({ suite, texts, language }: Desk, state: State): Promise<void> {
  const { registration: known } = state;
  if (known?.state === 'sent') {
    const receipt = known.receipt ? texts.verdict[known.receipt.verdict] : texts.receiptLead;
    return log.message(
      [texts.registeredOn(known.day), known.subscribed ? texts.onList : texts.notOnList, receipt].join('\n'),
    );
  }
  note(texts.registrationWhy, texts.registrationLead(suite.manifest.name));
  const typed: Record<string, string> = {};
  for (const name of ['givenName', 'familyName', 'email', 'country', 'serial'] as const) {
    const hint = name === 'country' ? { placeholder: 'DE, AT, US …' } : {};
    const answer = await text({ message: texts.fields[name], ...hint });
    if (isCancel(answer)) return cancel(texts.cancel);
    typed[name] = name === 'country' ? (answer ?? '').trim().toUpperCase() : (answer ?? '');
  }
  const words = texts.mailing(suite.manifest.name);
  const subscribed = await confirm(texts, words);
  if (isCancel(subscribed)) return cancel(texts.cancel);
  const { givenName = '', familyName = '', email = '', country = '', serial = '' } = typed;
  const dialog = { givenName, familyName, email, country, serial, mailing: { subscribed, words }, language };
  const result = await suite.register(dialog);
  if (result.kind === 'registered' || result.kind === 'accepted') return log.success(texts[result.kind]);
  if (result.kind === 'not-writable') return log.error(texts.notWritable);
  const fields = Object.entries(result.error.fields ?? {}).map(
    ([name, { message }]) => `${texts.fields[name as keyof Texts['fields']] ?? name}: ${message}`,
  );
  log.error([result.error.message, ...fields, texts.code(result.error.code)].join('\n'));
}

async function kept({ suite, texts, language }: Desk, state: State): Promise<void> {
  if (state.kept.length === 0) return log.message(texts.keptNone);
  const lines = state.kept.map(
    ({ kind, path, bytes }) => `${texts.kinds[kind]}\n  ${path} · ${texts.size(bytes.toLocaleString(language))}`,
  );
  log.message([`${texts.keptLead} ${state.folder}`, ...lines].join('\n'));
  const forget = await confirm(texts, `${texts.forget}? ${texts.forgetEffect}`);
  if (forget === true) tellChange(texts, suite.forgetEverything(), texts.done);
}
