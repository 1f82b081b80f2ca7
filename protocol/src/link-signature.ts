/**
 * HTTP Message Signatures (RFC 9421, Ed25519) on `POST /link`: the edge's half, which only verifies. The authority is covered
 * so that an edge cannot pass a request it received on to another edge; proxies in front must leave `Host` as it is.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { encodeBase64url } from './base64url.ts';

/** How old or how early a request may be, in seconds. Nonces have to be remembered for twice as long. */
export const LINK_WINDOW_SECONDS = 60;

export const LINK_LABEL = 'link';
export const LINK_COMPONENTS = ['@method', '@authority', '@path', 'content-digest'];

/** RFC 9530. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/** What is signed (RFC 9421 section 2.5). `params` is the value of `@signature-params`. */
export function signatureBase(components: readonly (readonly [name: string, value: string])[], params: string): Buffer {
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  return Buffer.from([...lines, `"@signature-params": ${params}`].join('\n'));
}

/** Our requests are all written alike (see `opening/link-signing.ts`); anything else is refused unread. */
const SIGNATURE_INPUT = new RegExp(
  `^${LINK_LABEL}=(\\(${LINK_COMPONENTS.map((name) => `"${name}"`).join(' ')}\\)` +
    ';created=(\\d{1,12});nonce="([\\w-]{22,64})";keyid="([\\w-]{43})";alg="ed25519")$',
);
const SIGNATURE = new RegExp(`^${LINK_LABEL}=:([A-Za-z0-9+/]{86}==):$`);

export interface ReceivedLinkHead {
  method: string;
  /** Host (and port, if it is not the scheme's own) the request was sent to, e.g. `new URL(request.url).host`. */
  authority: string;
  path: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The link key's public half, 32 raw bytes. */
  publicKey: Uint8Array;
  now?: Date;
  /** Remembers the nonce; true if it was known already. Asked only when everything else is in order. */
  seenNonce(nonce: string): boolean;
}

export interface ReceivedLinkRequest extends ReceivedLinkHead {
  body: Uint8Array;
}

/**
 * Whether the vault signed this head, within the window, for the first time. For a program that must not read megabytes from
 * strangers: once it has read the body, `content-digest` has to equal `contentDigest(body)`.
 */
export function verifyLinkHead(head: ReceivedLinkHead): boolean {
  const input = SIGNATURE_INPUT.exec(head.headers['signature-input'] ?? '');
  const signature = SIGNATURE.exec(head.headers.signature ?? '');
  if (!input || !signature) return false;
  const [, params = '', created = '', nonce = '', keyId = ''] = input;
  const x = encodeBase64url(head.publicKey);
  const age = (head.now ?? new Date()).getTime() / 1000 - Number(created);
  if (keyId !== x || Math.abs(age) > LINK_WINDOW_SECONDS) return false;

  const values = [head.method, head.authority, head.path, head.headers['content-digest']];
  const base = signatureBase(
    LINK_COMPONENTS.map((name, i) => [name, values[i] ?? '']),
    params,
  );
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  return verify(null, base, key, Buffer.from(signature[1] ?? '', 'base64')) && !head.seenNonce(nonce);
}

/** Whether the vault signed exactly this request, within the window, for the first time. */
export function verifyLinkRequest(request: ReceivedLinkRequest): boolean {
  return request.headers['content-digest'] === contentDigest(request.body) && verifyLinkHead(request);
}
