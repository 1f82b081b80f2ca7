/** One line of a server's access log: the common and combined formats of Apache, which is also what nginx writes. */
import { isIP } from 'node:net';
import type { Broken } from './rows.ts';

export interface AccessLogLine {
  address: string;
  /** Unix milliseconds. */
  at: number;
  method: string;
  /** As it was asked for: path and query, or an absolute URL. */
  target: string;
  status: number;
  referrer: string;
  /** Null in the common format, which does not tell; empty where a client sent none. */
  userAgent: string | null;
}

const DATE = /(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})\]/y;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const STATUS = / (\d{3}) (?:\d+|-)/y;

/** Reads from left to right and never goes back, so that no line, however strange, takes long. */
export function parseAccessLogLine(text: string): AccessLogLine | Broken {
  const addressEnd = text.indexOf(' ');
  const bracket = text.indexOf(' [', addressEnd);
  if (addressEnd < 1 || bracket < 0) return 'not this format';
  const address = text.slice(0, addressEnd);
  if (isIP(address) === 0) return 'bad address';
  const at = readDate(text, bracket + 2);
  if (at === null) return 'bad date';

  const request = readQuoted(text, DATE.lastIndex + 1);
  if (request === null) return 'not this format';
  STATUS.lastIndex = request.end;
  const status = STATUS.exec(text);
  if (status === null) return 'not this format';
  const code = Number(status[1]);
  if (code < 100 || code > 599) return 'bad status';

  const rest = STATUS.lastIndex;
  const referrer = readQuoted(text, rest + 1);
  const userAgent = referrer === null ? null : readQuoted(text, referrer.end + 1);
  // The combined format has both or the line is cut off; after them a server may write what it likes.
  if (userAgent === null && rest < text.trimEnd().length) return 'not this format';

  const [method, target] = readRequest(request.text);
  return {
    address,
    at,
    method,
    target,
    status: code,
    referrer: known(referrer?.text),
    userAgent: userAgent === null ? null : known(userAgent.text),
  };
}

function known(text = '-'): string {
  return text === '-' ? '' : text;
}

/** Empty where a client sent no HTTP at all; the server answered it with a status of refusal. */
function readRequest(text: string): [method: string, target: string] {
  const first = text.indexOf(' ');
  const last = text.lastIndexOf(' ');
  if (first < 1) return ['', ''];
  const target =
    last > first && text.startsWith('HTTP/', last + 1) ? text.slice(first + 1, last) : text.slice(first + 1);
  return [text.slice(0, first), target];
}

function readDate(text: string, start: number): number | null {
  DATE.lastIndex = start;
  const match = DATE.exec(text);
  if (match === null) return null;
  const [, day, monthName = '', year, hour, minute, second, sign, offsetHours, offsetMinutes] = match;
  const month = MONTHS.indexOf(monthName);
  const at = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  const read = new Date(at);
  // 31 February and 25 o'clock would silently become other dates.
  const real = month >= 0 && read.getUTCDate() === Number(day) && read.getUTCHours() === Number(hour);
  if (!real || Number(minute) > 59 || Number(second) > 60) return null;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return at - (sign === '-' ? -offset : offset);
}

/** The text between the quotation mark at `start` and the next one that is not escaped. */
function readQuoted(text: string, start: number): { text: string; end: number } | null {
  if (text[start] !== '"') return null;
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 0x5c) at += 1;
    else if (char === 0x22) return { text: unescaped(text.slice(start + 1, at)), end: at + 1 };
  }
  return null;
}

/** Apache and nginx write bytes outside of ASCII as `\xC3`; together they are UTF-8 again. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(/(?:\\x[0-9a-fA-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('\\x', ''), 'hex').toString('utf8'))
    .replace(/\\(["\\])/g, '$1');
}
