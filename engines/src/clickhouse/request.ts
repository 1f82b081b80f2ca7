/** From an HTTP request, as ClickHouse takes them, to a query. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { EngineError } from './errors.ts';
import type { Query } from './query.ts';

/** A body is held in memory, as bytes and as text. Insert in parts what is larger. */
export const LARGEST_BODY_BYTES = 128 * 1024 * 1024;

/** Of the HTTP interface itself; everything else in the address is a setting or a parameter. */
const NOT_SETTINGS = new Set(
  'query query_id database default_format wait_end_of_query buffer_size user password quota_key stacktrace'.split(' '),
);
/** What a server can and this engine cannot: to pass over them would give wrong answers. */
const NOT_HERE = new Set('session_id role compress decompress'.split(' '));

export interface QueryRequest {
  query: Query;
  queryId: string | null;
  emptyInsert: boolean;
}

export async function readRequest(request: IncomingMessage): Promise<QueryRequest> {
  const fields = new URL(request.url ?? '/', 'http://engine').searchParams;
  const body = await readText(request, fields);
  const inAddress = fields.get('query') ?? '';
  const query: Query = {
    sql: inAddress === '' ? body : `${inAddress.trimEnd()}\n${body}`,
    database: fields.get('database') ?? header(request, 'x-clickhouse-database'),
    format: header(request, 'x-clickhouse-format') ?? fields.get('default_format') ?? 'TabSeparated',
    settings: {},
    parameters: {},
  };
  for (const [name, value] of fields) {
    if (NOT_HERE.has(name)) throw new EngineError(48, 'NOT_IMPLEMENTED', `${name} is not supported here`);
    if (!/^\w+$/.test(name)) throw new EngineError(115, 'UNKNOWN_SETTING', `Unknown setting '${name}'`);
    if (name.startsWith('param_')) query.parameters[name.slice('param_'.length)] = value;
    else if (!NOT_SETTINGS.has(name)) query.settings[name] = value;
  }
  if (query.sql.trim() === '') throw new EngineError(62, 'SYNTAX_ERROR', 'Syntax error: Empty query');
  return { query, queryId: fields.get('query_id'), emptyInsert: inAddress !== '' && body.trim() === '' };
}

export function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

/** The body as text; the fields of a form (long parameters come so) are added to those of the address. */
async function readText(request: IncomingMessage, fields: URLSearchParams): Promise<string> {
  const bytes = await readBytes(request);
  const type = header(request, 'content-type') ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) if (typeof value === 'string') fields.append(name, value);
    return '';
  }
  // The binding takes text; a binary format would arrive changed.
  if (!isUtf8(bytes))
    throw new EngineError(48, 'NOT_IMPLEMENTED', 'Only text in UTF-8 is taken here, no binary formats');
  return bytes.toString('utf8');
}

async function readBytes(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size <= LARGEST_BODY_BYTES) parts.push(part);
  }
  if (size > LARGEST_BODY_BYTES) throw tooLarge();
  const bytes = Buffer.concat(parts);
  const encoding = header(request, 'content-encoding');
  if (encoding === null) return bytes;
  if (encoding !== 'gzip')
    throw new EngineError(48, 'NOT_IMPLEMENTED', `Content-Encoding ${encoding} is not supported here`);
  return promisify(gunzip)(bytes, { maxOutputLength: LARGEST_BODY_BYTES }).catch((cause: Error) => {
    throw 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : notGzip(cause);
  }) as Promise<Buffer<ArrayBuffer>>;
}

function tooLarge(): EngineError {
  return new EngineError(223, 'QUERY_IS_TOO_LARGE', `A request may have ${LARGEST_BODY_BYTES} bytes`);
}

function notGzip(cause: Error): EngineError {
  return new EngineError(117, 'INCORRECT_DATA', 'The body is not gzip', { cause });
}
