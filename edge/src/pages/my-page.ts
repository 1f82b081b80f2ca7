/** `/my`: an empty frame. Only the browser ever sees what goes into it. */
import { html } from 'hono/html';
import { type Html, type PageContext, page } from './page.ts';
import { scriptData } from './script-data.ts';
import { TEXTS } from './texts/texts.ts';

export function myPage(context: PageContext): Html {
  const t = TEXTS[context.language].my;
  const { contactEmail } = context.config.vendor;
  const main = html`<h1>${t.title}</h1>
    <p class="lead">${t.lead}</p>
    <noscript>
      <section class="panel waiting">
        <h2>${t.noScript.title}</h2>
        <p>${t.noScript.text}</p>
        <p>${t.noScript.instead} <a href="mailto:${contactEmail}">${contactEmail}</a></p>
      </section>
    </noscript>
    <div id="my" data-my aria-live="polite"></div>`;
  return page(context, { title: t.title, main, script: 'my.js', data: scriptData(context) });
}
