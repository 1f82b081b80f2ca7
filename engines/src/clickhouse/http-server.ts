/** ClickHouse's HTTP interface in front of the engine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sameSecret } from '../system/same-secret.ts';
import type { Engine } from './engine.ts';
import { asEngineError, EngineError, statusOf } from './errors.ts';
import { header, readRequest } from './request.ts';
import { readStatement } from './statement.ts';

export interface Credentials {
  user: string;
  password: string;
}

export function createClickHouseServer(engine: Engine, credentials: Credentials): Server {
  const server = createServer({ maxHeaderSize: 1024 * 1024, keepAliveTimeout: 10_000 }, (request, response) => {
    answer(request, response, engine, credentials).catch((error) => sendError(request, response, asEngineError(error)));
  });
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, engine: Engine, credentials: Credentials) {
  const path = request.url?.split('?', 1)[0];
  if (request.method === 'GET' && path === '/ping') return send(response, 200, 'Ok.\n');
  if (path !== '/') return send(response, 404, 'There is no handle for this address\n');
  if (request.method !== 'GET' && request.method !== 'POST') return send(response, 405, 'GET or POST\n');
  authenticate(request, credentials);
  const { query, queryId, emptyInsert } = await readRequest(request);
  response.setHeader('X-ClickHouse-Query-Id', queryId ?? crypto.randomUUID());
  const statement = readStatement(query.sql);
  if (request.method === 'GET' && statement.lane !== 'read') {
    throw new EngineError(164, 'READONLY', 'Cannot execute query in readonly mode: GET only reads');
  }
  const nothing = { bytes: new Uint8Array(), rowsRead: 0, bytesRead: 0, seconds: 0 };
  const result = await engine
    .run(query, () => response.destroyed)
    .catch((error: unknown) => {
      if (emptyInsert && asEngineError(error).codeName === 'NO_DATA_TO_INSERT') return nothing;
      throw error;
    });
  const format = statement.format ?? query.format;
  response.setHeader('X-ClickHouse-Format', format);
  response.setHeader('X-ClickHouse-Timezone', 'UTC');
  response.setHeader('X-ClickHouse-Summary', summary(result, statement.lane !== 'read'));
  const zip =
    (header(request, 'accept-encoding') ?? '').includes('gzip') && query.settings.enable_http_compression === '1';
  if (zip) response.setHeader('Content-Encoding', 'gzip');
  send(response, 200, zip ? await promisify(gzip)(result.bytes) : result.bytes, contentType(format));
}

/** `X-ClickHouse-User` and `-Key`, or basic authentication. */
function authenticate(request: IncomingMessage, { user, password }: Credentials): void {
  const basic = /^Basic (.+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  const [basicUser = '', ...rest] = basic ? Buffer.from(basic, 'base64').toString('utf8').split(':') : [];
  const givenUser = header(request, 'x-clickhouse-user') ?? basicUser;
  const givenPassword = header(request, 'x-clickhouse-key') ?? rest.join(':');
  // Both are compared, whatever the first says, so that time does not tell which was wrong.
  const right = [sameSecret(givenUser, user), sameSecret(givenPassword, password)];
  if (right.includes(false)) {
    const message = `${givenUser || 'default'}: Authentication failed: password is incorrect, or there is no user with such name.`;
    throw new EngineError(516, 'AUTHENTICATION_FAILED', message);
  }
}

function summary(result: { rowsRead: number; bytesRead: number; seconds: number }, writes: boolean): string {
  const rows = String(result.rowsRead);
  const bytes = String(result.bytesRead);
  return JSON.stringify({
    read_rows: rows,
    read_bytes: bytes,
    written_rows: writes ? rows : '0',
    written_bytes: writes ? bytes : '0',
    total_rows_to_read: '0',
    result_rows: writes ? '0' : rows,
    result_bytes: writes ? '0' : bytes,
    elapsed_ns: String(Math.round(result.seconds * 1e9)),
  });
}

function contentType(format: string): string {
  if (/EachRow|NDJSON|JSONLines/i.test(format)) return 'application/x-ndjson; charset=UTF-8';
  if (/^JSON/i.test(format)) return 'application/json; charset=UTF-8';
  if (/^CSV/i.test(format)) return 'text/csv; charset=UTF-8';
  if (/^(TSV|TabSeparated)/i.test(format)) return 'text/tab-separated-values; charset=UTF-8';
  return 'text/plain; charset=UTF-8';
}

function sendError(request: IncomingMessage, response: ServerResponse, error: EngineError): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.setHeader('X-ClickHouse-Exception-Code', error.code);
  // A body that nobody reads would be taken for the next request on the connection.
  if (!request.complete) response.setHeader('Connection', 'close');
  send(response, statusOf(error), `${error}\n`);
}

function send(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type = 'text/plain; charset=UTF-8',
): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
