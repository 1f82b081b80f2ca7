/** The vendor's statement: Markdown in which `{#W3}` at the start of a paragraph begins the clause W3. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AvowConfig } from '@avow/config/config';
import type { Language } from '@avow/protocol/refusals';
import { Marked, type Token, type TokensList } from 'marked';

/** A stretch of the statement, as HTML: a clause with its id, or what stands between clauses. */
export interface Passage {
  clause: string | null;
  html: string;
}

export interface Statement {
  title: string;
  /** Headings of the second level, in order. */
  contents: { id: string; text: string }[];
  passages: Passage[];
}

const CLAUSE = /^\{#([A-Z]\d{1,2})\}\s*/;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const slug = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

// Raw HTML in the file is shown as text: nothing a page's CSP would have to forbid gets that far.
const marked = new Marked({
  renderer: {
    html: ({ text }) => escaped(text),
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${escaped(slug(text))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
  },
});

export function parseStatement(markdown: string): Statement {
  const statement: Statement = { title: '', contents: [], passages: [] };
  let passage: { clause: string | null; tokens: Token[] } = { clause: null, tokens: [] };
  const finish = (next: string | null): void => {
    if (passage.tokens.some((token) => token.type !== 'space')) {
      statement.passages.push({ clause: passage.clause, html: marked.parser(passage.tokens) });
    }
    passage = { clause: next, tokens: [] };
  };
  for (const token of lex(markdown)) {
    const clause = token.type === 'paragraph' ? CLAUSE.exec(token.raw)?.[1] : undefined;
    if (clause) finish(clause);
    else if (token.type === 'heading') finish(null);
    if (token.type === 'heading' && token.depth === 1) statement.title = token.text;
    else passage.tokens.push(token);
    if (token.type === 'heading' && token.depth === 2)
      statement.contents.push({ id: slug(token.text), text: token.text });
  }
  finish(null);
  return statement;
}

/** The clause mark is taken out of each paragraph's text before its inline tokens are made. */
function lex(markdown: string): Token[] {
  const list: TokensList = marked.lexer(markdown);
  return list.map((token) => {
    const found = token.type === 'paragraph' ? CLAUSE.exec(token.raw) : null;
    if (!found) return token;
    const [first] = marked.lexer(token.raw.slice(found[0].length));
    return { ...first, type: 'paragraph', raw: token.raw } as Token;
  });
}

/** Reads the statement in force, once per language. */
export function readStatement(config: AvowConfig, language: Language): Statement {
  return parseStatement(readFileSync(resolve(config.baseDir, config.statement.files[language]), 'utf8'));
}
