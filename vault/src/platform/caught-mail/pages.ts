import type { Language } from '@avow/protocol/refusals';
import { html, raw } from 'hono/html';
import type { CaughtMail } from './read-mails.ts';

type Html = ReturnType<typeof html>;

const WORDS = {
  en: {
    title: 'Caught mail',
    lead: 'No mail server is configured, so nothing leaves this machine. These mails would have been sent.',
    none: 'Nothing caught yet. Register on the site, and the mail that confirms it will be here.',
    again: 'Look again',
    back: 'All mails',
    to: 'To',
    from: 'From',
    noSubject: '(no subject)',
    asText: 'Text',
    asHtml: 'As the reader sees it',
    source: 'Source',
  },
  de: {
    title: 'Aufgefangene Mails',
    lead: 'Es ist kein Mailserver eingerichtet, deshalb verlässt nichts diesen Rechner. Diese Mails wären versandt worden.',
    none: 'Noch nichts aufgefangen. Registrieren Sie sich auf der Website, dann liegt hier die Mail zur Bestätigung.',
    again: 'Erneut nachsehen',
    back: 'Alle Mails',
    to: 'An',
    from: 'Von',
    noSubject: '(kein Betreff)',
    asText: 'Text',
    asHtml: 'Wie sie beim Lesen aussieht',
    source: 'Quelltext',
  },
} as const;

export const CAUGHT_MAIL_CSS = `
:root { color-scheme: light dark; --quiet: light-dark(#59636e, #9198a1); --line: light-dark(#d1d9e0, #3d444d); --accent: light-dark(#0a58ca, #79b8ff); }
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 46rem; font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
a { color: var(--accent); }
.quiet, dt, time { color: var(--quiet); }
ol { list-style: none; margin: 1.5rem 0; padding: 0; }
li { border-top: 1px solid var(--line); }
li a { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; padding: .75rem .25rem; color: inherit; text-decoration: none; }
li a:hover strong, li a:focus-visible strong { color: var(--accent); text-decoration: underline; }
li span { grid-column: 1 / -1; overflow-wrap: anywhere; }
time { font-variant-numeric: tabular-nums; font-size: .875rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .9375rem/1.55 ui-monospace, monospace; margin: 0; padding: 1rem; border: 1px solid var(--line); border-radius: .375rem; }
iframe { width: 100%; height: 34rem; border: 1px solid var(--line); border-radius: .375rem; background: #fff; }
`;

function page(title: string, language: Language, content: Html | Promise<Html>) {
  return html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/caught-mail.css"></head>
<body>${content}</body></html>`;
}

function timeOf(date: Date, language: Language) {
  const shown = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(date);
  return html`<time datetime="${date.toISOString()}">${shown}</time>`;
}

export function listPage(mails: readonly CaughtMail[], language: Language) {
  const words = WORDS[language];
  const line = (
    mail: CaughtMail,
  ) => html`<li><a href="/caught-mail/${mail.id}"><strong>${mail.subject || words.noSubject}</strong>
${timeOf(mail.caught, language)}<span class="quiet">${mail.to}</span></a></li>`;
  const list = mails.length > 0 ? html`<ol>${mails.map(line)}</ol>` : html`<p>${words.none}</p>`;
  return page(
    words.title,
    language,
    html`<main><h1>${words.title}</h1><p class="quiet">${words.lead}</p><p><a href="/caught-mail">${words.again}</a></p>${list}</main>`,
  );
}

/** The text with its addresses as links: that is what one comes here for. */
function withLinks(text: string) {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, i) => (i % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : part));
}

export function mailPage(mail: CaughtMail, language: Language) {
  const words = WORDS[language];
  const title = mail.subject || words.noSubject;
  const frame = mail.html
    ? html`<h2>${words.asHtml}</h2>
<iframe title="${words.asHtml}" src="/caught-mail/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
    : raw('');
  return page(
    title,
    language,
    html`<nav><a href="/caught-mail">${words.back}</a></nav><main><h1>${title}</h1>
<dl><dt>${words.from}</dt><dd>${mail.from}</dd><dt>${words.to}</dt><dd>${mail.to}</dd></dl>
<h2>${words.asText}</h2><pre>${withLinks(mail.text)}</pre>
${frame}
<p><a href="/caught-mail/${mail.id}/source">${words.source}</a></p></main>`,
  );
}
