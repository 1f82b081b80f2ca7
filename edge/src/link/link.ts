/** The one door of the vault: batched long polling over plain HTTPS, signed (RFC 9421). DESIGN "The link". */
import { type LinkResponse, MAX_LINK_BYTES } from '@avow/protocol/link';
import { contentDigest, verifyLinkHead } from '@avow/protocol/link-signature';
import type { Context } from 'hono';
import type { Log } from '../platform/log.ts';
import type { PublicDocuments } from '../platform/public-documents.ts';
import type { PublishedKeySets } from '../platform/published-keys.ts';
import { readBody } from '../platform/read-body.ts';
import { refuse } from '../platform/refuse.ts';
import type { EdgeEnv } from '../platform/variables.ts';
import type { Exchange } from '../spool/exchange.ts';
import { type ReadLinkRequest, readLinkRequest } from './link-request.ts';
import { createNonceMemory } from './nonces.ts';

export interface LinkDeps {
  exchange: Exchange;
  keys: PublishedKeySets;
  documents: PublicDocuments;
  /** The vault's Ed25519 public key, 32 raw bytes: all that this edge knows of it. */
  linkPublicKey: Uint8Array;
  log: Log;
}

/** Makes the handler of `POST /link`. */
export function createLink({ exchange, keys, documents, linkPublicKey, log }: LinkDeps) {
  const seenNonce = createNonceMemory();

  /** The request, or the refusal. Nothing of the body is read before the signature has been verified. */
  async function readSigned(c: Context<EdgeEnv>): Promise<ReadLinkRequest | Response> {
    const { method, url } = c.req;
    const { host, pathname } = new URL(url);
    const headers = c.req.header();
    if (!verifyLinkHead({ method, authority: host, path: pathname, headers, publicKey: linkPublicKey, seenNonce })) {
      return refuse(c, 'link_unauthorized');
    }
    if (headers['content-type'] !== 'application/json') return refuse(c, 'unsupported_media_type');
    const body = await readBody(c.req.raw, MAX_LINK_BYTES);
    if (body === 'too_large') return refuse(c, 'too_large');
    if (body === 'truncated') return refuse(c, 'malformed');
    if (contentDigest(body) !== headers['content-digest']) return refuse(c, 'link_unauthorized');
    return readLinkRequest(Buffer.from(body).toString('utf8')) ?? refuse(c, 'malformed');
  }

  async function exchangeWith(request: ReadLinkRequest, gone: AbortSignal): Promise<LinkResponse> {
    await exchange.finish(request.answers);
    if (request.keySet) {
      const offered = await keys.offer(request.keySet);
      if (offered === 'refused')
        log.error({ version: request.keySet.version }, 'key set refused: not ours, or not the next one');
      if (offered === 'accepted') log.info({ version: request.keySet.version }, 'key set published');
      exchange.vaultStarted();
    }
    if (request.document) {
      const { name, revision } = request.document;
      const offered = await documents.offer(request.document);
      if (offered === 'refused') log.error({ name, revision }, 'public document refused: not as it has to be');
      if (offered === 'accepted') log.info({ name, revision }, 'public document published');
    }
    const items = await exchange.next(request.want, request.waitSeconds * 1000, gone, request.lanes);
    const giveBack = () => void exchange.giveBack(items.map((item) => item.id)).catch(() => {});
    // Who hangs up before the answer is written has not got it: no need to wait for the leases to end.
    gone.addEventListener('abort', giveBack, { once: true });
    if (gone.aborted) giveBack();
    return {
      items: items.map(({ id, lane, body, awaited }) => ({ id, lane, body: body.toString('base64'), awaited })),
      depth: await exchange.depth(),
      oldestDays: (await exchange.oldestDays()) ?? undefined,
      keySetVersion: keys.version(),
      documents: documents.revisions(),
    };
  }

  return async (c: Context<EdgeEnv>): Promise<Response> => {
    const request = await readSigned(c);
    if (request instanceof Response) return request;
    const hungUp = exchange.vaultDialled();
    try {
      return c.json(await exchangeWith(request, c.req.raw.signal), 200, { 'cache-control': 'no-store' });
    } finally {
      hungUp();
    }
  };
}
