/** `/`: what one can do here, and what happens to what one types. */
import { html } from 'hono/html';
import { type Html, lock, type PageContext, page } from './page.ts';
import { siteOfHost } from './site.ts';
import { TEXTS } from './texts/texts.ts';

export function homePage(context: PageContext): Html {
  const t = TEXTS[context.language].site.home;
  const site = siteOfHost(context.config, context.host);
  const main = html`<h1>${site.name}</h1>
    <p class="lead">${site.tagline[context.language]}</p>
    <p>${t.lead}</p>
    <ul class="ways">
      ${t.ways.map(
        (way) =>
          html`<li><a href="${way.href}?lang=${context.language}"><strong>${way.title}</strong><span>${way.text}</span></a></li>`,
      )}
    </ul>
    <section class="promise" aria-labelledby="promise-title">
      <h2 id="promise-title">${lock}${t.promiseTitle}</h2>
      <p>${t.promise}</p>
      <p><a href="/privacy?lang=${context.language}">${t.promiseLink}</a></p>
    </section>`;
  return page(context, { title: site.name, main, counted: 'view' });
}
