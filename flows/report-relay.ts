/**
 * The receiving end of the Improvement Programme in one process, made of the real halves: keys and configuration signed by the
 * vendor's root key, and the gateway that opens what arrives. It keeps what a thief of the wire, of the edge and of the vault
 * would each see, and can drop, refuse or hold back answers.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isReportRequest } from '@avow/protocol/improvement/report-request';
import { encodeKeyConfig } from '@avow/protocol/key-config';
import { createGateway } from '@avow/protocol/opening/gateway';
import { createGatewayKey } from '@avow/protocol/opening/gateway-key';
import { signKeySet } from '@avow/protocol/opening/key-set-signing';
import { REPORT_REQUEST_BYTES } from '@avow/protocol/padding';
import type { TestVendor } from '@avow/sdk/test-suite';

export interface ReportRelay {
  url: string;
  /** Every request that arrived, as the edge sees it. */
  requests: { method: string; path: string; bytes: number; headers: IncomingMessage['headers'] }[];
  /** Every opened report body, in the order of arrival, repeats included. */
  opened: string[];
  /** Every opened product registration: headers and body, repeats included. */
  registrations: { headers: Record<string, string>; body: string }[];
  /** The encapsulated keys: a retry in the same HPKE context would repeat one. */
  encs: string[];
  /** What to do with the next reports: accept, or open and then break the connection, refuse, hang, or answer as something else. */
  mode: 'accept' | 'lose-answer' | 'full' | 'hang' | 'portal';
  /** Added to the `Date` header, in milliseconds. */
  clockOffset: number;
  close(): Promise<void>;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function startReportRelay(vendor: TestVendor): Promise<ReportRelay> {
  const { key } = createGatewayKey(7);
  const active = Buffer.from(encodeKeyConfig(key.config)).toString('base64url');
  const keySet = signKeySet({ version: 1, previous: '', created: '2026-11-01', active, retired: [] }, vendor.rootKey);
  const gateway = createGateway({
    keys: (id) => (id === 7 ? key : null),
    authority: 'vault.example',
    allows: (method, path) => method === 'POST' && (path === '/reports' || path === '/product-registrations'),
  });
  const server = createServer((request, response) => void serve(request, response));
  const relay: ReportRelay = {
    url: '',
    requests: [],
    opened: [],
    registrations: [],
    encs: [],
    mode: 'accept',
    clockOffset: 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function receive(body: Buffer, response: ServerResponse): void {
    const opened = gateway.open(body);
    if (!opened.ok || opened.destinationRefused || !isReportRequest(opened.request)) {
      response.writeHead(422).end();
      return;
    }
    relay.opened.push(Buffer.from(opened.request.body).toString('utf8'));
    relay.encs.push(Buffer.from(opened.enc).toString('hex'));
    if (relay.mode === 'lose-answer') response.destroy();
    else response.writeHead(202, { location: '/relay/answers/00000000-0000-0000-0000-000000000000' }).end();
  }

  function register(body: Buffer, response: ServerResponse): void {
    const opened = gateway.open(body);
    if (!opened.ok || opened.destinationRefused || opened.request.path !== '/product-registrations') {
      response.writeHead(422).end();
      return;
    }
    const { headers, body: inner } = opened.request;
    relay.registrations.push({ headers: Object.fromEntries(headers), body: Buffer.from(inner).toString('utf8') });
    const answer = opened.seal({ status: 200, headers: [], body: new TextEncoder().encode('{"accepted":true}') });
    if (relay.mode === 'lose-answer') response.destroy();
    else response.writeHead(200, { 'content-type': 'message/ohttp-res' }).end(answer);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request).catch(() => Buffer.alloc(0));
    const { method = '', url: path = '', headers } = request;
    relay.requests.push({ method, path, bytes: body.length, headers });
    response.setHeader('date', new Date(Date.now() + relay.clockOffset).toUTCString());
    const json = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/keys.json') json({ current: keySet, log: [keySet] });
    else if (path === '/improvement/config.json') json({ current: vendor.log.at(-1), log: vendor.log });
    else if (path === '/relay') register(body, response);
    else if (path !== '/relay/reports' || body.length !== REPORT_REQUEST_BYTES) response.writeHead(404).end();
    else if (relay.mode === 'full') response.writeHead(507).end();
    else if (relay.mode === 'portal') response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
    else if (relay.mode !== 'hang') receive(body, response);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  relay.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return relay;
}
