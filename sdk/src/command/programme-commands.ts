/** `status`, `on`, `off`, `show`, `sent`, `send`, `count`, `forget`: each returns the exit code. */
import type { Participation, Suite } from '../suite.ts';
import { askYesNo, type Terminal } from './terminal.ts';
import type { Texts } from './texts.ts';

export interface Flags {
  agreed?: boolean;
  delete?: boolean;
  yes?: boolean;
}

function standing({ choice, decision, killSwitch }: Participation, texts: Texts): string[] {
  const lines = [];
  if (choice === 'undecided' || choice === 'widened') lines.push(texts.choices[choice]);
  else if (choice === 'off') lines.push(texts.choices.off(decision?.day ?? ''));
  else lines.push(texts.choices.on(decision?.day ?? '', decision?.countsFrom ?? ''));
  return killSwitch ? [...lines, texts.killSwitches[killSwitch]] : lines;
}

export async function status(suite: Suite, terminal: Terminal): Promise<number> {
  const { texts, say } = terminal;
  const participation = await suite.participation();
  const kept = suite.keptFiles();
  const registration = suite.registration();
  if (terminal.json) {
    const { choice, decision, killSwitch, takesPart, configuration, folder } = participation;
    const fieldList = configuration?.fieldList ?? null;
    const registered = registration && {
      state: registration.state,
      day: registration.day,
      subscribed: registration.subscribed,
    };
    say(JSON.stringify({ choice, decision, killSwitch, takesPart, fieldList, folder, kept, registration: registered }));
    return 0;
  }
  say(texts.programme(suite.manifest.name));
  for (const line of standing(participation, texts)) say(`  ${line}`);
  if (registration)
    say(`  ${texts.registration(registration.day, registration.state === 'sent', registration.subscribed)}`);
  say('');
  say(kept.length === 0 ? texts.keepsNothing : texts.keepsHead);
  for (const { kind, path, bytes } of kept)
    say(`  ${texts.kept[kind]}, ${bytes.toLocaleString(terminal.language)} B\n    ${path}`);
  return 0;
}

/** What the person is asked about, in plain words and with the vendor's reasons. */
function showList({ configuration }: Participation, { texts, say, language }: Terminal): void {
  if (!configuration) return;
  say(texts.listHead(configuration.fieldList));
  for (const [facet, words] of Object.entries(texts.facets)) {
    const charts = configuration.charts.filter((chart) => chart.facet === facet);
    if (charts.length === 0) continue;
    say(`  - ${words}`);
    for (const { why } of charts) say(`      ${why[language]}`);
  }
  say(texts.neverSent);
}

export async function on(suite: Suite, terminal: Terminal, flags: Flags): Promise<number> {
  const { texts, say, remark } = terminal;
  const participation = await suite.participation();
  if (participation.configuration === null) {
    remark(texts.unsignedList);
    return 1;
  }
  if (!flags.agreed) {
    if (!terminal.interactive) {
      remark(texts.agreementNeeded);
      return 1;
    }
    showList(participation, terminal);
    if (!(await askYesNo(terminal, texts.askToTakePart))) return off(suite, terminal);
  }
  const change = await suite.turnOn(participation.configuration.fieldList);
  if (terminal.json) say(JSON.stringify(change.done ? change : { done: false, why: change.why }));
  else if (change.done) say(texts.turnedOn((await suite.participation()).decision?.countsFrom ?? ''));
  if (change.done) return 0;
  if (change.why === 'other-field-list') remark(texts.otherList);
  else if (change.why === 'no-configuration') remark(texts.unsignedList);
  else if (change.why === 'not-writable') remark(texts.notWritable(String(change.cause)));
  else remark(texts.killSwitches[change.why]);
  return 1;
}

/** What came of something that only the disk can refuse. */
function told(change: ReturnType<Suite['turnOff']>, terminal: Terminal, words: string): number {
  if (!change.done) terminal.remark(terminal.texts.notWritable(String('cause' in change ? change.cause : change.why)));
  if (terminal.json) terminal.say(JSON.stringify({ done: change.done }));
  else if (change.done) terminal.say(words);
  return change.done ? 0 : 1;
}

export async function off(suite: Suite, terminal: Terminal): Promise<number> {
  return told(suite.turnOff(), terminal, terminal.texts.turnedOff);
}

export async function show(suite: Suite, { texts, say, json, language }: Terminal): Promise<number> {
  const reports = await suite.nextReports();
  if (json)
    say(JSON.stringify(reports.map(({ week, notBefore, attempts, body }) => ({ week, notBefore, attempts, body }))));
  else if (reports.length === 0) say(texts.nothingToShow);
  else {
    for (const { week, notBefore, body } of reports) {
      say(notBefore ? texts.waits(week, notBefore.toLocaleString(language)) : texts.running(week));
      say(`  ${body}`);
    }
  }
  return 0;
}

export async function sent(suite: Suite, terminal: Terminal, flags: Flags): Promise<number> {
  const { texts, say } = terminal;
  if (flags.delete) return told(suite.deleteSentLog(), terminal, texts.logDeleted);
  const { entries, intact, brokenAt, unreadable } = suite.sentLog();
  if (terminal.json) say(JSON.stringify({ intact, brokenAt, unreadable, entries }));
  else {
    for (const entry of entries) {
      const what = entry.event === 'failed' ? texts.events.failed(entry.reason ?? '') : texts.events[entry.event];
      say(
        entry.event === 'leaving'
          ? `${entry.n}  ${entry.at}  ${what}\n  ${entry.body}`
          : `${entry.n}  ${entry.at}  ${entry.of}: ${what}`,
      );
    }
    say(
      entries.length === 0 ? texts.logEmpty : intact ? texts.logIntact(entries.length) : texts.logBroken(brokenAt ?? 0),
    );
  }
  return intact ? 0 : 1;
}

export async function send(suite: Suite, { texts, say, json }: Terminal): Promise<number> {
  const { sent: count, waiting, nextAt, held } = await suite.wake();
  if (json) say(JSON.stringify({ sent: count, waiting, nextAt, held }));
  else say(held ? texts.held[held] : texts.sent(count, waiting));
  return held === 'failed' ? 1 : 0;
}

export async function count(
  suite: Suite,
  { texts, say, remark, json }: Terminal,
  application?: string,
): Promise<number> {
  if (application === undefined || !suite.manifest.applications.some(({ id }) => id === application)) {
    remark(texts.missing(suite.manifest.applications.map(({ id }) => id).join(' | ')));
    return 1;
  }
  suite.countStart(application);
  // The same words whether it was counted or not: the caller is an application, and it is not its business.
  say(json ? '{"done":true}' : texts.counted);
  return 0;
}

export async function forget(suite: Suite, terminal: Terminal, flags: Flags): Promise<number> {
  const { texts } = terminal;
  if (!flags.yes) {
    if (!terminal.interactive) {
      terminal.remark(texts.missing('--yes'));
      return 1;
    }
    if (!(await askYesNo(terminal, texts.askToForget))) return 1;
  }
  return told(suite.forgetEverything(), terminal, texts.forgotten);
}
