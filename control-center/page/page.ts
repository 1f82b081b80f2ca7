/** The page: everything about taking part, reports, registration and what is kept, drawn anew after each act. */
import type { Answer } from '../src/acts.ts';
import type { State } from '../src/state.ts';
import { de } from '../src/texts-de.ts';
import { en, type Texts } from '../src/texts-en.ts';
import { act, connect, look, NotConnected, Refused } from './ask.ts';
import { h } from './dom.ts';
import { keptSection } from './kept.ts';
import { programmeSection } from './programme.ts';
import { registrationSection } from './registration.ts';
import { nextSection, sentSection } from './reports.ts';
import type { Language, Told, View } from './view.ts';

const TEXTS: Record<Language, Texts> = { en, de };
const LANGUAGE_KEY = 'control-center-language';

const mount = document.getElementById('page') ?? document.body;

function chosenLanguage(): Language {
  const chosen = sessionStorage.getItem(LANGUAGE_KEY) ?? navigator.language;
  return /^de\b/i.test(chosen) ? 'de' : 'en';
}

const installing = location.pathname === '/install';
let language = chosenLanguage();
let state: State | null = null;
let told: Told | null = null;

const run: View['run'] = async (place, path, body = {}, tell) => {
  const texts = TEXTS[language];
  try {
    const answer = await act(path, body);
    state = answer.state;
    const words = answer.notDone ? `${texts.failed}: ${texts.notDone[answer.notDone]}` : (tell?.(answer) ?? texts.done);
    told = { place, good: wentWell(answer), words };
    draw();
    return answer;
  } catch (error) {
    if (error instanceof NotConnected) {
      drawClosed();
      return null;
    }
    if (!(error instanceof Refused)) throw error;
    told = { place, good: false, words: `${texts.failed}: ${error.message}`, code: error.code };
    draw();
    return null;
  }
};

function wentWell({ notDone, registration, receipt = 'genuine' }: Answer): boolean {
  const kind = registration?.kind ?? 'registered';
  return notDone === undefined && receipt === 'genuine' && (kind === 'registered' || kind === 'accepted');
}

function draw(): void {
  if (state === null) return;
  const texts = TEXTS[language];
  const view: View = { state, texts, language, told, run, draw };
  document.documentElement.lang = language;
  document.title = `${texts.title} · ${state.suite.name}`;
  const open = new Set([...mount.querySelectorAll('details[open]')].map(({ id }) => id));
  const focused = document.activeElement?.id;
  const anchors = [
    ['programme', texts.programme],
    ['next', texts.next],
    ['sent', texts.sent],
    ['registration', texts.registration],
    ['kept', texts.kept],
  ] as const;
  mount.replaceChildren(
    h(
      'header',
      {},
      h(
        'div',
        { class: 'bar' },
        h('span', { class: 'name' }, state.suite.name),
        h('button', { type: 'button', class: 'plain', id: 'language', onclick: changeLanguage }, texts.otherLanguage),
      ),
    ),
    installing
      ? questions(view)
      : h(
          'main',
          {},
          h('h1', {}, texts.of(state.suite.name)),
          h('p', { class: 'quiet' }, texts.local),
          h(
            'nav',
            { 'aria-label': texts.title },
            h('ul', {}, ...anchors.map(([id, name]) => h('li', {}, h('a', { href: `#${id}` }, name)))),
          ),
          programmeSection(view),
          nextSection(view),
          sentSection(view),
          registrationSection(view),
          keptSection(view),
        ),
  );
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  const news = mount.querySelector<HTMLElement>('.told');
  if (news) {
    news.focus();
    told = null;
  } else if (focused) document.getElementById(focused)?.focus();
}

/** For an installer: what has to be asked, and nothing else (S1, S2, S7). */
function questions(view: View): HTMLElement {
  const { texts } = view;
  return h(
    'main',
    {},
    h('h1', {}, texts.installed(view.state.suite.name)),
    h('p', { class: 'quiet' }, texts.installedLead),
    programmeSection(view),
    registrationSection(view),
    h(
      'section',
      {},
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'button', id: 'finish', onclick: () => void finish() }, texts.finish),
      ),
    ),
  );
}

async function finish(): Promise<void> {
  const texts = TEXTS[language];
  await act('/api/finished').catch(() => null);
  state = null;
  const words = h('p', { role: 'status', tabindex: '-1' }, texts.finished);
  mount.replaceChildren(h('main', {}, h('h1', {}, texts.finish), words));
  words.focus();
}

function changeLanguage(): void {
  language = language === 'de' ? 'en' : 'de';
  sessionStorage.setItem(LANGUAGE_KEY, language);
  draw();
}

function drawClosed(): void {
  const texts = TEXTS[language];
  document.documentElement.lang = language;
  mount.replaceChildren(h('main', {}, h('h1', {}, texts.title), h('p', { role: 'alert' }, texts.closed)));
}

try {
  await connect();
  state = (await look()).state;
  draw();
} catch (error) {
  drawClosed();
  if (!(error instanceof NotConnected)) throw error;
}

/** While the page is in sight, what other programs of the suite do shows by itself; nothing that is being typed is disturbed. */
const REFRESH_MS = 5_000;
setInterval(async () => {
  const typing = document.activeElement?.matches('input, select, textarea') ?? false;
  if (document.hidden || typing || state === null || mount.querySelector('form[data-touched]')) return;
  const seen = JSON.stringify(state);
  const answer = await look().catch((error: unknown) => {
    if (error instanceof NotConnected) drawClosed();
    state = error instanceof NotConnected ? null : state;
    return null;
  });
  if (answer === null || JSON.stringify(answer.state) === seen) return;
  state = answer.state;
  draw();
}, REFRESH_MS);
