/** Every public page on one page. GET shows; POST is the way of browsers without JavaScript. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { requestLanguage } from '../platform/language.ts';
import { refuse } from '../platform/refuse.ts';
import type { EdgeEnv } from '../platform/variables.ts';
import { codeDonePanel, codePageView } from './code-page.ts';
import { CODE_PAGES, type CodePage, codeWords } from './codes.ts';
import type { PagesDeps } from './deps.ts';
import { errorPage } from './error-page.ts';
import { waitingPanel } from './form-frame.ts';
import { formPage, sentPage } from './form-page.ts';
import { emptyForm, likelyCountry } from './form-state.ts';
import { FORMS, type PublicForm } from './forms.ts';
import { homePage } from './home-page.ts';
import { fieldsPage } from './improvement/fields-page.ts';
import { learntPage } from './improvement/learnt-page.ts';
import { tablesCsv } from './improvement/tables-csv.ts';
import { myPage } from './my-page.ts';
import { type PageContext, page } from './page.ts';
import { submitPlainCode } from './plain-code.ts';
import { stateOfPost, submitPlainForm } from './plain-form.ts';
import { privacyPage } from './privacy-page.ts';
import { securityTxt } from './security-txt.ts';
import { siteOfHost, themeOf } from './site.ts';

type PageRequest = Context<EdgeEnv>;

const MAX_POST_BYTES = 64 * 1024;
const ONE_YEAR = 'public, max-age=31536000, immutable';

export function pagesRoutes(deps: PagesDeps): Hono<EdgeEnv> {
  const app = new Hono<EdgeEnv>();
  const { config } = deps;
  const contextOf = (c: PageRequest): PageContext => contextOfRequest(deps, c);

  app.get('/', (c) => c.html(homePage(contextOf(c))));
  app.get('/my', (c) => c.html(myPage(contextOf(c))));
  app.get('/privacy', (c) => c.html(privacyPage(contextOf(c))));
  app.get(`/privacy/versions/${config.statement.version}`, (c) => c.html(privacyPage(contextOf(c))));
  for (const form of FORMS) mountForm(app, deps, form);
  for (const codePage of CODE_PAGES) mountCodePage(app, deps, codePage);

  if (config.improvement) mountImprovement(app, deps);

  app.get('/.well-known/security.txt', (c) => c.text(securityTxt(config, deps.publicUrl)));
  for (const site of config.sites) {
    const theme = themeOf(site);
    app.get(theme.path, (c) => {
      c.header('cache-control', ONE_YEAR);
      return c.body(theme.css, 200, { 'content-type': 'text/css; charset=utf-8' });
    });
  }
  app.get('/favicon.svg', (c) => {
    const { light } = siteOfHost(config, c.req.header('host') ?? '').accent;
    c.header('cache-control', 'public, max-age=86400');
    return c.body(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect x="2" y="2" width="12" height="12" rx="3" fill="${light}"/></svg>`,
      200,
      { 'content-type': 'image/svg+xml' },
    );
  });
  return app;
}

function mountImprovement(app: Hono<EdgeEnv>, deps: PagesDeps): void {
  const { programme } = deps;
  app.get('/improvement', (c) => c.html(learntPage(contextOfRequest(deps, c), programme)));
  app.get('/improvement/fields', (c) => c.html(fieldsPage(contextOfRequest(deps, c), programme)));
  app.get('/improvement/tables.csv', (c) => {
    const tables = programme.tables();
    if (tables === null) return refuse(c, 'not_found');
    return c.body(tablesCsv(tables), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="improvement.csv"',
      'cache-control': 'no-cache',
    });
  });
}

function contextOfRequest(deps: PagesDeps, c: PageRequest): PageContext {
  c.header('cache-control', 'no-store');
  return {
    config: deps.config,
    assets: deps.assets,
    language: requestLanguage(c.req),
    nonce: c.get('nonce') ?? '',
    host: c.req.header('host') ?? '',
    path: c.req.path,
  };
}

/** Only what an HTML form sends, and not much of it. */
function postedForm(deps: PagesDeps) {
  return bodyLimit({
    maxSize: MAX_POST_BYTES,
    onError: async (c) => {
      const context = contextOfRequest(deps, c);
      return c.html(errorPage({ ...context, code: 'too_large', status: 413 }), 413);
    },
  });
}

async function posted(c: PageRequest): Promise<Record<string, unknown> | null> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded' && type !== 'multipart/form-data') return null;
  try {
    return await c.req.parseBody();
  } catch {
    return null;
  }
}

async function unreadable(deps: PagesDeps, c: PageRequest): Promise<Response> {
  const context = contextOfRequest(deps, c);
  return c.html(await errorPage({ ...context, code: 'unsupported_media_type', status: 415 }), 415);
}

function mountForm(app: Hono<EdgeEnv>, deps: PagesDeps, form: PublicForm): void {
  app.get(form.path, (c) => {
    const context = contextOfRequest(deps, c);
    const country = likelyCountry(c.req.header('accept-language'), context.language);
    const values = { country, 'address.country': country };
    return c.html(formPage(context, emptyForm(context.language, values), form, { opened: true }));
  });

  app.post(form.path, postedForm(deps), async (c) => {
    const body = await posted(c);
    if (!body) return unreadable(deps, c);
    const context = contextOfRequest(deps, c);
    const state = stateOfPost(context, body);
    if (body.act === 'country') return c.html(formPage(context, state, form, { opened: false }));
    const outcome = await submitPlainForm(deps, context, form, state);
    if (outcome.kind === 'form')
      return c.html(formPage(context, outcome.state, form, { opened: false }), outcome.status as ContentfulStatusCode);
    return c.html(sentPage(context, state, form, outcome.kind), outcome.kind === 'done' ? 200 : 202);
  });
}

function mountCodePage(app: Hono<EdgeEnv>, deps: PagesDeps, codePage: CodePage): void {
  app.get(codePage.path, (c) => {
    const context = contextOfRequest(deps, c);
    return c.html(codePageView(context, emptyForm(context.language), codePage));
  });

  app.post(codePage.path, postedForm(deps), async (c) => {
    const body = await posted(c);
    if (!body) return unreadable(deps, c);
    const context = contextOfRequest(deps, c);
    const state = stateOfPost(context, body);
    const outcome = await submitPlainCode(deps, context, codePage, state);
    if (outcome.kind === 'form') {
      return c.html(codePageView(context, outcome.state, codePage), outcome.status as ContentfulStatusCode);
    }
    if (outcome.kind === 'waiting') {
      const { title } = state.texts.forms.waiting;
      return c.html(page(context, { title, main: waitingPanel(state, { mail: false, watching: false }) }), 202);
    }
    const { title } = codeWords(codePage, state.texts.codes);
    return c.html(page(context, { title, main: codeDonePanel(context, state, codePage, outcome.confirmed) }));
  });
}
