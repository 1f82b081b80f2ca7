/** `/caught-mail`: what would have been sent. For trying the system out, and for tests (`/caught-mail.json`). */
import { type Context, Hono } from 'hono';
import { preferredLanguage } from '../http/language.ts';
import { CAUGHT_MAIL_CSS, listPage, mailPage } from './pages.ts';
import { openCaughtMails } from './read-mails.ts';

const LISTED = 200;
const LISTED_AS_JSON = 10_000;

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A mail is a stranger's document: nothing runs, nothing is loaded; its links open outside of the frame. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; " +
  'sandbox allow-popups allow-popups-to-escape-sandbox';

const languageOf = (c: Context) => preferredLanguage(c.req.header('accept-language'));

export function caughtMailRoutes(folder: string): Hono {
  const mails = openCaughtMails(folder);
  const app = new Hono();

  app.get('/caught-mail', async (c) => {
    c.header('content-security-policy', PAGE_POLICY);
    return c.html(listPage(await mails.list(LISTED), languageOf(c)));
  });
  app.get('/caught-mail.json', async (c) => {
    const all = await mails.list(LISTED_AS_JSON);
    return c.json(all.map(({ id, to, subject, text }) => ({ id, to, subject, text })));
  });
  app.get('/caught-mail.css', (c) => c.body(CAUGHT_MAIL_CSS, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/caught-mail/:id', async (c) => {
    const mail = await mails.find(c.req.param('id'));
    if (!mail) return c.notFound();
    c.header('content-security-policy', PAGE_POLICY);
    return c.html(mailPage(mail, languageOf(c)));
  });
  app.get('/caught-mail/:id/html', async (c) => {
    const mail = await mails.find(c.req.param('id'));
    if (!mail?.html) return c.notFound();
    c.header('content-security-policy', MAIL_POLICY);
    return c.html(mail.html.replace('<head>', '<head><base target="_blank">'));
  });
  app.get('/caught-mail/:id/source', async (c) => {
    const mail = await mails.find(c.req.param('id'));
    if (!mail) return c.notFound();
    c.header('content-security-policy', MAIL_POLICY);
    return c.text(mail.source);
  });
  return app;
}
