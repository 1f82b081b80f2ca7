/** The frame of every page: head, header, footer. Nothing inline runs; data for scripts travels as JSON. */
import type { AvowConfig } from '@avow/config/config';
import type { Language } from '@avow/protocol/refusals';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { AssetManifest } from './deps.ts';
import { siteOfHost, themeOf } from './site.ts';
import { TEXTS } from './texts/texts.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageContext {
  config: AvowConfig;
  assets: AssetManifest;
  language: Language;
  nonce: string;
  host: string;
  /** Path of this page, for the link to the other language. */
  path: string;
}

export interface PageContent {
  title: string;
  main: Html;
  /** Names in the asset manifest. */
  script?: string;
  /** What the script needs to know; anyone may read it. */
  data?: object;
  /**
   * Whether a visit to this page is counted. Nothing where somebody acts as a person, or is told that it was done: times of
   * visits laid beside times of persons would tell who is who (W6).
   */
  counted?: 'view' | 'not-found';
}

/** The tracker has a name that stays, and browsers keep it for a day: no hash in the page may refuse yesterday's. */
function tracker(nonce: string): Html {
  return html`<script defer src="/avow.js" data-with="links not-found" nonce="${nonce}"></script>`;
}

const pixel = raw('<noscript><img src="/collect.gif" alt="" width="1" height="1" hidden></noscript>');

const lockPath =
  'M5 7V5a3 3 0 0 1 6 0v2h.5A1.5 1.5 0 0 1 13 8.5v4a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 12.5v-4A1.5 1.5 0 0 1 4.5 7zm1.5 0h3V5a1.5 1.5 0 0 0-3 0z';

/** The small lock beside every line that says where data goes. */
export const lock = raw(
  `<svg class="lock" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path fill="currentColor" fill-rule="evenodd" d="${lockPath}"/></svg>`,
);

/** JSON inside a script element: `<` must not end it. */
export function jsonBlock(id: string, data: object): Html {
  return html`<script type="application/json" id="${id}">${raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>`;
}

function header(context: PageContext): Html {
  const t = TEXTS[context.language].site;
  const other: Language = context.language === 'en' ? 'de' : 'en';
  return html`<header class="site-header">
    <div class="bar">
      <a class="site-name" href="/?lang=${context.language}">${siteOfHost(context.config, context.host).name}</a>
      <nav aria-label="${t.nav.label}">
        <a href="/my?lang=${context.language}">${t.nav.my}</a>
        <a href="${context.path}?lang=${other}" hreflang="${other}" lang="${other}" title="${t.otherLanguageNote}" data-keep-fragment>${t.otherLanguage}</a>
      </nav>
    </div>
  </header>`;
}

function footer(context: PageContext): Html {
  const t = TEXTS[context.language].site.footer;
  const { vendor, sites, improvement } = context.config;
  const lang = `?lang=${context.language}`;
  return html`<footer class="site-footer">
    <div class="bar">
      <nav aria-label="${t.label}">
        <ul>
          <li><a href="/privacy${lang}">${t.privacy}</a></li>
          <li><a href="/my${lang}">${t.my}</a></li>
          <li><a href="/register${lang}">${t.register}</a></li>
          <li><a href="/products/register${lang}">${t.product}</a></li>
          ${improvement && html`<li><a href="/improvement${lang}">${t.improvement}</a></li>`}
        </ul>
      </nav>
      <p><a href="mailto:${vendor.contactEmail}">${t.contact(vendor.contactEmail)}</a></p>
      <p>${vendor.postalAddress.join(', ')}</p>
      <p>${t.group} ${sites.map((site) => site.name).join(', ')}. ${t.noCookies}</p>
    </div>
  </footer>`;
}

export function page(context: PageContext, content: PageContent): Html {
  const { assets, language, nonce } = context;
  const site = siteOfHost(context.config, context.host);
  const theme = themeOf(site);
  const styles = assets['pages.css'];
  const script = content.script ? assets[content.script] : undefined;
  const { counted } = content;
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <title>${content.title === site.name ? site.name : `${content.title} – ${site.name}`}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="${theme.path}" integrity="${theme.integrity}" nonce="${nonce}">
    ${styles && html`<link rel="stylesheet" href="${styles.path}" integrity="${styles.integrity}" nonce="${nonce}">`}
    ${script && html`<script type="module" src="${script.path}" integrity="${script.integrity}" nonce="${nonce}"></script>`}
    ${counted === 'not-found' && html`<meta name="avow-page" content="not-found">`}
    ${counted && tracker(nonce)}
  </head>
  <body>
    <a class="skip" href="#main">${TEXTS[language].site.skip}</a>
    ${header(context)}
    <main id="main" tabindex="-1">${content.main}</main>
    ${footer(context)}
    ${content.data && jsonBlock('page-data', content.data)}
    ${counted && pixel}
  </body>
</html>`;
}
