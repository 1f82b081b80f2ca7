/** What a request wants of the engine, as far as the HTTP interface has to know it. */
import { EngineError } from './errors.ts';

export type Lane = 'read' | 'write' | 'rebuild';

export interface Statement {
  lane: Lane;
  /** Changes the session (SET, USE, temporary tables), which without a session id ends with the request. */
  forThisRequestOnly: boolean;
  /** Names of the `{name:Type}` parameters. */
  parameters: Set<string>;
  /** The format named at the end, if any. */
  format: string | null;
}

const READS = new Set(['SELECT', 'WITH', 'FROM', 'SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'EXISTS']);
/** Long or heavy work on what is stored already; must not hold up the inserts. */
const REBUILDS = new Set(['ALTER', 'OPTIMIZE', 'DELETE', 'UPDATE', 'BACKUP', 'RESTORE', 'CHECK']);
const SESSION_CHANGES = new Set(['SET', 'USE']);

/** One of: what is skipped (comments, quoted text), a parameter, a word, a sign of interest. In this order. */
const TOKEN = new RegExp(
  [
    /--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?\*\//,
    /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`/,
    /\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$/,
    /\{\s*(?<parameter>[A-Za-z_]\w*)\s*:/,
    /(?<word>[A-Za-z_]\w*)/,
    /(?<sign>[();])/,
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
);

/** Reads a statement as far as its data begins. Throws what ClickHouse's HTTP interface would not do either. */
export function readStatement(sql: string): Statement {
  const words: string[] = [];
  const parameters = new Set<string>();
  let depth = 0;
  let end = sql.length;
  for (const { groups, index, 0: token } of sql.matchAll(TOKEN)) {
    if (groups?.parameter) parameters.add(groups.parameter);
    if (groups?.sign === '(') depth += 1;
    if (groups?.sign === ')') depth -= 1;
    if (groups?.sign === ';') refuseMore(sql.slice(index + 1));
    // Inside of parentheses only the very first word tells something: (SELECT 1) UNION ALL (SELECT 2).
    if (!groups?.word || (depth > 0 && words.length > 0)) continue;
    const before = words.at(-1);
    words.push(token.toUpperCase());
    if (words[0] === 'INSERT' && (before === 'FORMAT' || words.at(-1) === 'VALUES')) {
      end = index + token.length;
      break;
    }
  }
  if (follows(words, 'INTO', 'OUTFILE') || follows(words, 'FROM', 'INFILE')) {
    throw new EngineError(48, 'NOT_IMPLEMENTED', 'Files of the host cannot be read or written here');
  }
  return {
    lane: laneOf(words),
    forThisRequestOnly: SESSION_CHANGES.has(words[0] ?? '') || follows(words, 'CREATE', 'TEMPORARY'),
    parameters,
    format: formatOf(sql.slice(0, end)),
  };
}

function laneOf(words: string[]): Lane {
  const first = words[0] ?? '';
  if (READS.has(first)) return 'read';
  if (REBUILDS.has(first)) return 'rebuild';
  return first === 'INSERT' && words.some((word) => word === 'SELECT' || word === 'WITH') ? 'rebuild' : 'write';
}

function follows(words: string[], one: string, other: string): boolean {
  return words.some((word, at) => word === one && words[at + 1] === other);
}

function formatOf(sql: string): string | null {
  return /\bFORMAT\s+(\w+)\s*;?\s*$/i.exec(sql)?.[1] ?? null;
}

function refuseMore(rest: string): void {
  const nothing = rest.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|[\s;]/g, '') === '';
  if (!nothing) throw new EngineError(62, 'SYNTAX_ERROR', 'Multi-statements are not allowed');
}
