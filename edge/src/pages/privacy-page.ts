/** `/privacy`: the statement in force, each clause with its anchor in the margin. */
import type { AvowConfig } from '@avow/config/config';
import type { Language } from '@avow/protocol/refusals';
import { html, raw } from 'hono/html';
import { type Html, type PageContext, page } from './page.ts';
import { readStatement, type Statement } from './statement.ts';
import { TEXTS } from './texts/texts.ts';

const statements = new WeakMap<AvowConfig, Partial<Record<Language, Statement>>>();

/** Read once per process: a new version is posted by a start with a new configuration. */
function statementOf(config: AvowConfig, language: Language): Statement {
  const known = statements.get(config) ?? {};
  const statement = known[language] ?? readStatement(config, language);
  statements.set(config, { ...known, [language]: statement });
  return statement;
}

export function privacyPage(context: PageContext): Html {
  const t = TEXTS[context.language].site.privacy;
  const { version, effective } = context.config.statement;
  const statement = statementOf(context.config, context.language);
  const day = new Intl.DateTimeFormat(context.language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  const main = html`<article class="statement">
    <h1>${statement.title || t.title}</h1>
    <p class="version">${t.version(version, day.format(new Date(effective)))}</p>
    <nav class="contents" aria-label="${t.contents}">
      <h2>${t.contents}</h2>
      <ul>${statement.contents.map(({ id, text }) => html`<li><a href="#${id}">${text}</a></li>`)}</ul>
    </nav>
    ${statement.passages.map(({ clause, html: text }) =>
      clause === null
        ? raw(text)
        : html`<section class="clause" id="${clause}"><a class="mark" href="#${clause}" aria-label="${t.clause(clause)}">${clause}</a><div>${raw(text)}</div></section>`,
    )}
  </article>`;
  return page(context, { title: statement.title || t.title, main, counted: 'view' });
}
