import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../base64url.ts';
import type { BinaryRequest, BinaryResponse } from '../binary-http.ts';
import { binaryToRequest, responseToBinary } from '../fetch-messages.ts';
import { encodeKeyConfig } from '../key-config.ts';
import { createGateway } from '../opening/gateway.ts';
import { createGatewayKey } from '../opening/gateway-key.ts';
import { signKeySet } from '../opening/key-set-signing.ts';
import { isRequestClass } from '../padding.ts';
import { createNodeSealer } from './node-sealer.ts';
import { createSealedFetch, sealedFetch } from './sealed-fetch.ts';
import { createVerifiedKeys } from './verified-keys.ts';
import { createWebSealer } from './web-sealer.ts';

/** A relay on a real socket with the real gateway behind it; each test says how the relay behaves. */
type Relay = (request: { http: IncomingMessage; bytes: Buffer; answer: ServerResponse }) => void;

const { key } = createGatewayKey(1);
const { key: nextKey } = createGatewayKey(2);
let liveKeys = [key];
const gateway = createGateway({
  keys: (keyId) => liveKeys.find((candidate) => candidate.config.keyId === keyId) ?? null,
  authority: 'vault.example',
  allows: () => true,
});
const root = generateKeyPairSync('ed25519');
const rootPublicKey = decodeBase64url(root.publicKey.export({ format: 'jwk' }).x ?? '') ?? new Uint8Array();
const keySet = (config = key.config, signer = root.privateKey) =>
  signKeySet(
    { version: 1, previous: '', created: '2026-11-23', active: encodeBase64url(encodeKeyConfig(config)), retired: [] },
    signer,
  );

let relay: Relay;
let published: unknown;
/** What the vault saw. */
let arrived: BinaryRequest[] = [];
/** What the relay saw. */
let carried: { headers: IncomingMessage['headers']; bytes: Buffer }[] = [];
let vaultAnswer: (request: Request) => Response | Promise<Response>;

async function answerSealed(bytes: Buffer): Promise<Uint8Array | null> {
  const opened = gateway.open(bytes);
  if (!opened.ok) return null;
  arrived.push(opened.request);
  const response: BinaryResponse = await responseToBinary(await vaultAnswer(binaryToRequest(opened.request)));
  return opened.seal(response);
}

const passOn: Relay = async ({ bytes, answer }) => {
  const sealed = await answerSealed(bytes);
  if (!sealed) return refuse(422, 'key_unknown')({ answer });
  answer.writeHead(200, { 'content-type': 'message/ohttp-res' }).end(sealed);
};

function refuse(status: number, code: string) {
  return ({ answer }: Pick<Parameters<Relay>[0], 'answer'>) => {
    answer.writeHead(status, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ error: { code, message: 'No.' } }));
  };
}

const hangUp: Relay = ({ http }) => http.socket.destroy();
const inTurn =
  (...relays: Relay[]): Relay =>
  (request) =>
    (relays.shift() ?? passOn)(request);

const server = createServer(async (http, answer) => {
  if (http.url === '/keys.json') {
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(published));
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of http) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  carried.push({ headers: http.headers, bytes });
  relay({ http, bytes, answer });
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  relay = passOn;
  liveKeys = [key];
  published = { current: keySet(), log: [keySet()] };
  arrived = [];
  carried = [];
  vaultAnswer = () => Response.json({ accepted: true });
});

const options = (sealer = createNodeSealer()) => ({
  sealer,
  relay: `${base}/relay`,
  authority: 'vault.example',
  keys: createVerifiedKeys({ url: `${base}/keys.json`, rootPublicKey }),
});
const call = (sealer = createNodeSealer()) => createSealedFetch(options(sealer));
const link = { email: 'ada@example.org', language: 'de' } as const;
const innerHeader = (request: BinaryRequest | undefined, name: string) =>
  request?.headers.find(([header]) => header === name)?.[1];

describe('a durable call', () => {
  it.each([
    ['Node', createNodeSealer],
    ['a browser', createWebSealer],
  ])('arrives from %s as the route says, with everything the vault needs', async (_name, createSealer) => {
    const outcome = await call(createSealer())('POST /sign-in-links', link, { language: 'de', bearer: 'B' });
    expect(outcome).toEqual({ kind: 'answered', answer: { accepted: true } });
    const [request] = arrived;
    expect(request).toMatchObject({
      method: 'POST',
      scheme: 'https',
      authority: 'vault.example',
      path: '/sign-in-links',
    });
    expect(JSON.parse(Buffer.from(request?.body ?? []).toString())).toEqual(link);
    expect(innerHeader(request, 'content-type')).toBe('application/json');
    expect(innerHeader(request, 'accept-language')).toBe('de');
    expect(innerHeader(request, 'authorization')).toBe('Bearer B');
    expect(innerHeader(request, 'idempotency-key')).toMatch(/^[0-9A-Z]{26}$/);
  });

  it('shows the relay one size class of unreadable bytes, and asks it to spool', async () => {
    await call()('POST /sign-in-links', link);
    const [seen] = carried;
    expect(seen?.headers['content-type']).toBe('message/ohttp-req');
    expect(seen?.headers.prefer).toBe('respond-async, wait=10');
    expect(isRequestClass(seen?.bytes.length ?? 0)).toBe(true);
    expect(seen?.bytes.includes('ada@example.org')).toBe(false);
    expect(JSON.stringify(seen?.headers)).not.toContain('ada');
    await call()('POST /sign-in-links', link, { waitSeconds: 3 });
    expect(carried[1]?.headers.prefer).toBe('respond-async, wait=3');
  });

  it.each<[string, Relay]>([
    ['a broken connection', hangUp],
    ['503', refuse(503, 'vault_away')],
  ])('is tried again after %s, sealed anew, with the same idempotency key', async (_what, failing) => {
    // The relay may have passed the request on before it failed.
    const passOnAndFail: Relay = async (request) => {
      await answerSealed(request.bytes);
      failing(request);
    };
    relay = inTurn(passOnAndFail, failing);
    expect(await call()('POST /sign-in-links', link)).toMatchObject({ kind: 'answered' });
    expect(carried).toHaveLength(3);
    expect(new Set(carried.map(({ bytes }) => bytes.subarray(7, 39).toString('hex'))).size).toBe(3);
    expect(arrived).toHaveLength(2);
    expect(new Set(arrived.map((request) => innerHeader(request, 'idempotency-key'))).size).toBe(1);
  });

  it('gives up after three attempts', async () => {
    relay = hangUp;
    const outcome = await call()('POST /sign-in-links', link, { language: 'de' });
    expect(outcome).toMatchObject({ kind: 'refused', status: 503, error: { code: 'relay_unreachable' } });
    expect(outcome).toMatchObject({ error: { message: expect.stringContaining('Verbindung') } });
    expect(carried).toHaveLength(3);
  });

  it.each([429, 507, 413])('is not tried again after %i', async (status) => {
    const code = { 429: 'too_many_requests', 507: 'storage_full', 413: 'too_large' }[status] ?? '';
    relay = refuse(status, code);
    const outcome = await call()('POST /sign-in-links', link);
    expect(outcome).toEqual({ kind: 'refused', status, error: { code, message: 'No.' } });
    expect(carried).toHaveLength(1);
  });

  it('that was accepted is answered later', async () => {
    let sealed: Uint8Array | null = null;
    const spool: Relay = async ({ bytes, answer }) => {
      sealed = await answerSealed(bytes);
      answer.writeHead(202, { location: '/relay/answers/5' }).end();
    };
    const collected: Relay = ({ http, answer }) => {
      expect([http.method, http.url]).toEqual(['GET', '/relay/answers/5']);
      answer.writeHead(200, { 'content-type': 'message/ohttp-res' }).end(sealed);
    };
    const notYet: Relay = ({ answer }) => answer.writeHead(202).end();
    relay = inTurn(spool, notYet, hangUp, collected, refuse(404, 'not_found'));
    const outcome = await call()('POST /sign-in-links', link);
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    expect(await outcome.answerLater()).toBeNull();
    expect(await outcome.answerLater()).toBeNull();
    expect(await outcome.answerLater()).toEqual({ kind: 'answered', answer: { accepted: true } });
    expect(await outcome.answerLater()).toMatchObject({ kind: 'refused', status: 404, error: { code: 'not_found' } });
  });

  it('keeps the idempotency key it is given', async () => {
    await call()('POST /sign-in-links', link, { idempotencyKey: 'SAME' });
    expect(innerHeader(arrived[0], 'idempotency-key')).toBe('SAME');
  });
});

describe('an interactive call', () => {
  it('is sent once, without Prefer, and without a body where the route has none', async () => {
    vaultAnswer = () => Response.json({ fields: [] });
    expect(await call()('GET /me', null, { bearer: 'S' })).toEqual({ kind: 'answered', answer: { fields: [] } });
    expect(carried[0]?.headers.prefer).toBeUndefined();
    expect(arrived[0]).toMatchObject({ method: 'GET', path: '/me', body: new Uint8Array() });
    expect(innerHeader(arrived[0], 'idempotency-key')).toBeUndefined();
    expect(innerHeader(arrived[0], 'content-type')).toBeUndefined();

    relay = refuse(503, 'vault_away');
    expect(await call()('GET /me', null)).toMatchObject({
      kind: 'refused',
      status: 503,
      error: { code: 'vault_away' },
    });
    relay = hangUp;
    expect(await call()('GET /me', null)).toMatchObject({ error: { code: 'relay_unreachable' } });
    expect(carried).toHaveLength(3);
  });
});

describe('every call', () => {
  it('hands on the refusal the vault sealed, with its fields', async () => {
    const fields = { email: { code: 'email_malformed', message: 'Hm.' } };
    const error = { code: 'invalid_fields', message: 'Some.', fields };
    vaultAnswer = () => Response.json({ error }, { status: 422 });
    expect(await call()('POST /sign-in-links', link)).toEqual({ kind: 'refused', status: 422, error });
  });

  it.each([
    ['no JSON', () => new Response('<h1>Oh', { status: 500 })],
    ['an unknown code', () => Response.json({ error: { code: 'made_up', message: 'x' } }, { status: 400 })],
    ['an empty success', () => new Response(null, { status: 204 })],
  ])('takes %s from the vault for a mistake of the vault', async (_what, respond) => {
    vaultAnswer = respond;
    expect(await call()('GET /me', null)).toMatchObject({ kind: 'refused', status: 500, error: { code: 'internal' } });
  });

  it.each<[string, Relay]>([
    ['a sign-in page', ({ answer }) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hotel')],
    ['an error page', ({ answer }) => answer.writeHead(502).end('<h1>Bad Gateway')],
    ['a redirect', ({ answer }) => answer.writeHead(302, { location: '/elsewhere' }).end()],
  ])('takes %s for a relay that cannot be reached', async (_what, behaviour) => {
    relay = behaviour;
    expect(await call()('GET /me', null)).toMatchObject({ kind: 'refused', error: { code: 'relay_unreachable' } });
  });

  it('refuses an answer that the relay changed', async () => {
    relay = async ({ bytes, answer }) => {
      const sealed = Buffer.from((await answerSealed(bytes)) ?? []);
      sealed[100] = (sealed[100] ?? 0) ^ 1;
      answer.writeHead(200, { 'content-type': 'message/ohttp-res' }).end(sealed);
    };
    expect(await call()('GET /me', null)).toMatchObject({ status: 502, error: { code: 'answer_unreadable' } });
  });

  it('sends nothing when the keys are not signed by the root key', async () => {
    const foreign = keySet(key.config, generateKeyPairSync('ed25519').privateKey);
    for (const wrong of [{ current: foreign, log: [foreign] }, null, { current: keySet(), log: [] }]) {
      published = wrong;
      const outcome = await call()('POST /sign-in-links', link);
      expect(outcome).toMatchObject({ kind: 'refused', status: 502, error: { code: 'keys_unverified' } });
    }
    expect(carried).toHaveLength(0);
  });

  it('sends nothing that is too large for every size class', async () => {
    const outcome = await call()('POST /sign-in-links', { ...link, email: 'x'.repeat(140_000) });
    expect(outcome).toMatchObject({ kind: 'refused', status: 413, error: { code: 'too_large' } });
    expect(carried).toHaveLength(0);
  });

  it('fetches the keys once, and anew when the gateway has changed its key', async () => {
    const sealedCall = call();
    await sealedCall('GET /me', null);
    liveKeys = [nextKey];
    published = { current: keySet(nextKey.config), log: [keySet(nextKey.config)] };
    expect(await sealedCall('GET /me', null)).toMatchObject({ kind: 'answered' });
    expect(await sealedCall('POST /sign-in-links', link)).toMatchObject({ kind: 'answered' });
    expect(carried.map(({ bytes }) => bytes[0])).toEqual([1, 1, 2, 2]);
    liveKeys = [];
    expect(await sealedCall('GET /me', null)).toMatchObject({ kind: 'refused', error: { code: 'key_unknown' } });
    expect(carried).toHaveLength(6);
  });
});

describe('sealedFetch', () => {
  it('is fetch: the request arrives as it was made, the response comes back as it was given', async () => {
    vaultAnswer = async (request) =>
      new Response(`${request.method} ${request.url} ${await request.text()}`, {
        status: 201,
        headers: { 'x-a': 'b' },
      });
    const request = new Request('https://vault.example/things?a=1', { method: 'PUT', body: 'ä' });
    const response = await sealedFetch(request, options());
    expect([response.status, response.headers.get('x-a')]).toEqual([201, 'b']);
    expect(await response.text()).toBe('PUT https://vault.example/things?a=1 ä');
  });

  it("gives the relay's own answer as it is", async () => {
    relay = refuse(429, 'too_many_requests');
    const response = await sealedFetch(new Request('https://vault.example/'), options());
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({ error: { code: 'too_many_requests' } });
  });
});
