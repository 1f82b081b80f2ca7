/** The head of a form: what is asked, why, who sees it, how long it is kept, and which clause says so. */
import { html } from 'hono/html';
import type { Html, PageContext } from './page.ts';
import type { FormFacts } from './texts/forms-en.ts';
import { TEXTS } from './texts/texts.ts';

/** `W3, W7 and W8`, each a link into the statement. */
export function clauseLinks(context: PageContext, clauses: readonly string[]): Html {
  const t = TEXTS[context.language].forms.facts;
  return html`${clauses.map((id, index) => {
    const before = index === 0 ? '' : index === clauses.length - 1 ? t.and : ', ';
    return html`${before}<a href="/privacy?lang=${context.language}#${id}" aria-label="${t.clause(id)}">${id}</a>`;
  })}`;
}

export function formFacts(context: PageContext, facts: FormFacts): Html {
  const t = TEXTS[context.language].forms.facts;
  const { retention, statement } = context.config;
  const kept = facts.kept({ unconfirmed: retention.unconfirmedDays, sentMail: retention.sentMailDays });
  return html`<section class="facts" aria-label="${t.label}">
    <dl>
      <div><dt>${t.asked}</dt><dd>${facts.asked}</dd></div>
      <div><dt>${t.why}</dt><dd>${facts.why}</dd></div>
      <div><dt>${t.who}</dt><dd>${facts.who}</dd></div>
      <div><dt>${t.kept}</dt><dd>${kept}</dd></div>
      <div><dt>${t.clauses}</dt><dd>${clauseLinks(context, facts.clauses)}${t.clausesAfter(statement.version)}</dd></div>
    </dl>
  </section>`;
}
