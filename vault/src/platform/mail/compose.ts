/** A mail's words, once: the text and the HTML say the same, nothing is loaded from outside (LOOK "Mails"). */
import type { AvowConfig } from '@avow/config/config';
import type { Language } from '@avow/protocol/refusals';
import { type MailTable, tableAsHtml, tableAsText } from './mail-table.ts';

export interface MailContent {
  subject: string;
  paragraphs: string[];
  /** After the paragraphs. */
  tables?: MailTable[];
  /** The one thing to do, on a page of ours: the link carries the mail's language to it. `code` is for typing the token by hand where the link cannot be used. */
  action?: { label: string; url: string; code?: string };
  language: Language;
}

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

const WORDS = {
  en: { code: 'Or type this code on the page:', contact: 'Questions:' },
  de: { code: 'Oder tippen Sie diesen Code auf der Seite ein:', contact: 'Fragen:' },
} as const;

const INK = '#1f2328';
/** Of whatever colour the reader's own theme has. */
const QUIET = 'opacity:0.7';

function asHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The page speaks the person's language, whatever the browser prefers. */
function inLanguage(content: MailContent): MailContent {
  if (!content.action) return content;
  const url = new URL(content.action.url);
  url.searchParams.set('lang', content.language);
  return { ...content, action: { ...content.action, url: url.href } };
}

/** Line breaks inside a paragraph are kept; those in a subject would begin a new header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function textOf(content: MailContent, signature: string[]): string {
  const { action, language } = content;
  const parts = [...content.paragraphs, ...(content.tables ?? []).map(tableAsText)];
  if (action) {
    parts.push(`${action.label}:\n${action.url}`);
    if (action.code) parts.push(`${WORDS[language].code}\n${action.code}`);
  }
  return `${parts.join('\n\n')}\n\n-- \n${signature.join('\n')}\n`;
}

function htmlOf(content: MailContent, signature: string[]): string {
  const { action, language } = content;
  const paragraph = (text: string, style = '') =>
    `<p style="margin:0 0 16px;${style}">${asHtml(text).replaceAll('\n', '<br>')}</p>`;
  const parts = [
    ...content.paragraphs.map((text) => paragraph(text)),
    ...(content.tables ?? []).map((table) => tableAsHtml(table, asHtml)),
  ];
  if (action) {
    const button = `display:inline-block;padding:12px 20px;border-radius:6px;background:${INK};border:1px solid #818b98;color:#ffffff;text-decoration:none`;
    parts.push(
      `<p style="margin:24px 0 16px"><a href="${asHtml(action.url)}" style="${button}">${asHtml(action.label)}</a></p>`,
      paragraph(action.url, `font-size:13px;word-break:break-all;${QUIET}`),
    );
    if (action.code) {
      parts.push(
        paragraph(WORDS[language].code),
        `<p style="margin:0 0 16px;font:600 18px ui-monospace,monospace;letter-spacing:1px">${asHtml(action.code)}</p>`,
      );
    }
  }
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">`,
    `<title>${asHtml(oneLine(content.subject))}</title></head>`,
    `<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif"><div style="max-width:34em;margin:0 auto">`,
    ...parts,
    paragraph(signature.join('\n'), `margin-top:32px;font-size:13px;${QUIET}`),
    '</div></body></html>',
  ].join('\n');
}

export function composeMail(written: MailContent, vendor: AvowConfig['vendor']): ComposedMail {
  const content = inLanguage(written);
  const contact = `${WORDS[content.language].contact} ${vendor.contactEmail}`;
  const signature = [...new Set([vendor.name, ...vendor.postalAddress]), contact];
  return {
    subject: oneLine(content.subject),
    text: textOf(content, signature),
    html: htmlOf(content, signature),
  };
}
