/** One sealed request by way of the relay: seal, POST, open what comes back. */
import { type BinaryRequest, type BinaryResponse, decodeResponse, encodeRequest } from '../binary-http.ts';
import type { KeyConfig } from '../key-config.ts';
import { padRequest } from '../padding.ts';
import { type SealedRequest, type Sealer, UnreadableAnswer } from './sealer.ts';

export interface RelayOptions {
  sealer: Sealer;
  /** Absolute URL of `/relay`. */
  relay: string;
  /** The verified active key; `fresh`: not from a cache. May throw KeysUnverified. */
  keys(fresh?: boolean): Promise<KeyConfig>;
  fetch?: typeof fetch;
}

/** Nothing that a relay would say came back: no connection, a timeout, or somebody else's page. */
export class RelayUnreachable extends Error {}

export type RelayAnswer =
  | { kind: 'answered'; response: BinaryResponse }
  /** The relay's own plain answer: the request was not opened. */
  | { kind: 'refused'; response: Response }
  /** On the relay's disk. `collect` asks once; null: not there yet. */
  | { kind: 'accepted'; collect(): Promise<RelayAnswer | null> };

const REQUEST_TYPE = 'message/ohttp-req';
const RESPONSE_TYPE = 'message/ohttp-res';
/** How long the relay holds a request that it does not spool, in seconds. */
const INTERACTIVE_WAIT = 20;
/** On top of the waiting the relay was asked for, in milliseconds. */
const NETWORK_TIME = 20_000;

async function send(options: RelayOptions, url: string, init: RequestInit, waitSeconds: number): Promise<Response> {
  const own = options.fetch ?? fetch;
  try {
    const response = await own(url, {
      ...init,
      // Nothing but the sealed bytes may tell who is asking.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(waitSeconds * 1000 + NETWORK_TIME),
    });
    // Read here, so that a connection that breaks in the middle counts as unreachable too.
    return new Response(await response.arrayBuffer(), response);
  } catch (cause) {
    throw new RelayUnreachable('the relay did not answer', { cause });
  }
}

async function openAnswer(sealed: SealedRequest, answer: Response): Promise<RelayAnswer> {
  // A hotel's sign-in page also answers 200.
  if (answer.headers.get('content-type') !== RESPONSE_TYPE) throw new RelayUnreachable('not a relay');
  const message = await sealed.open(new Uint8Array(await answer.arrayBuffer()));
  try {
    return { kind: 'answered', response: decodeResponse(message) };
  } catch (cause) {
    throw new UnreadableAnswer('the answer is no binary HTTP response', { cause });
  }
}

/**
 * Sends one request, always in a new HPKE context. `waitSeconds` null: to be answered now or not at all; a number: to be
 * spooled first, and the answer waited for that long. Throws TooLarge, RelayUnreachable, UnreadableAnswer, and what `keys` throws.
 */
export async function callRelay(
  request: BinaryRequest,
  options: RelayOptions,
  waitSeconds: number | null,
  freshKeys = false,
): Promise<RelayAnswer> {
  const message = padRequest(encodeRequest(request));
  const sealed = await options.sealer.seal(await options.keys(freshKeys), message);
  const headers = new Headers({ 'content-type': REQUEST_TYPE });
  if (waitSeconds !== null) headers.set('prefer', `respond-async, wait=${waitSeconds}`);
  const init = { method: 'POST', headers, body: sealed.bytes };
  const answer = await send(options, options.relay, init, waitSeconds ?? INTERACTIVE_WAIT);

  if (answer.status === 200) return openAnswer(sealed, answer);
  const location = answer.status === 202 ? answer.headers.get('location') : null;
  if (location === null) return { kind: 'refused', response: answer };
  const collect = async (): Promise<RelayAnswer | null> => {
    const later = await send(options, new URL(location, options.relay).href, { method: 'GET' }, 0);
    if (later.status === 202) return null;
    return later.status === 200 ? openAnswer(sealed, later) : { kind: 'refused', response: later };
  };
  return { kind: 'accepted', collect };
}
