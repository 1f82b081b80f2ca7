/** The page of a refusal that concerns no form: 404, 413, 429, 500, 507. */
import type { AvowConfig } from '@avow/config/config';
import { type Language, REFUSALS, type RefusalCode } from '@avow/protocol/refusals';
import { html } from 'hono/html';
import type { AssetManifest } from './deps.ts';
import { page } from './page.ts';
import { TEXTS } from './texts/texts.ts';

export interface ErrorPage {
  code: RefusalCode;
  status: number;
  language: Language;
  nonce: string;
  config: AvowConfig;
  /** The `Host` header: chooses the site. */
  host: string;
  assets: AssetManifest;
}

/** Returns the whole HTML document: what happened, what to do, the code small. */
export async function errorPage(error: ErrorPage): Promise<string> {
  const t = TEXTS[error.language].site.errors;
  const title = t.title[error.code] ?? t.otherTitle;
  const { contactEmail } = error.config.vendor;
  const main = html`<h1>${title}</h1>
    <p class="lead">${REFUSALS[error.code][error.language]}</p>
    <h2>${t.whatNow}</h2>
    <p>${t.advice[error.code] ?? t.otherAdvice}</p>
    <p><a href="/?lang=${error.language}">${t.home}</a></p>
    <p>${t.contact} <a href="mailto:${contactEmail}">${contactEmail}</a></p>
    <p class="code">${t.code} <code>${error.code}</code> <span>${error.status}</span></p>`;
  const document = await page(
    { ...error, path: '/' },
    { title, main, ...(error.code === 'not_found' && { counted: 'not-found' }) },
  );
  return document.toString();
}
