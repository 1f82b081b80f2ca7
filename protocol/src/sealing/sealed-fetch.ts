/** The sealed channel as application code sees it: a typed call for each route, or plain `fetch`. */
import type { BinaryRequest } from '../binary-http.ts';
import { randomToken } from '../crockford.ts';
import { binaryToResponse, requestToBinary } from '../fetch-messages.ts';
import type { Language } from '../refusals.ts';
import { SEALED_ROUTES, type SealedRouteName, type SealedRoutes } from '../sealed-routes.ts';
import { type Outcome, refusalOf, relayOutcome, sealedOutcome } from './outcome.ts';
import { callRelay, type RelayAnswer, type RelayOptions, RelayUnreachable } from './relay-call.ts';

export type { Outcome };

/** How long the relay is asked to wait for the answer to a spooled request, in seconds. */
const WAIT_SECONDS = 10;
/** Before each further attempt, in milliseconds. */
const RETRY_DELAYS = [300, 1200];

export interface CallOptions {
  /** The session of self-service. */
  bearer?: string;
  language?: Language;
  /** The same key again means: the same act, to be done once. Random when not given. */
  idempotencyKey?: string;
  waitSeconds?: number;
}

export type SealedCall = <R extends SealedRouteName>(
  route: R,
  body: SealedRoutes[R]['body'],
  options?: CallOptions,
) => Promise<Outcome<SealedRoutes[R]['answer']>>;

/** `authority`: the vault's name in the configuration (`vendor.vaultName`). */
export interface SealedFetchOptions extends RelayOptions {
  authority: string;
}

/**
 * `fetch` through the sealed channel, to be answered now. An answer of the relay itself (429, 503, ...) comes back as it is.
 * Throws TooLarge, RelayUnreachable, UnreadableAnswer, KeysUnverified.
 */
export async function sealedFetch(request: Request, options: RelayOptions): Promise<Response> {
  const answer = await callRelay(await requestToBinary(request), options, null);
  if (answer.kind === 'accepted') throw new RelayUnreachable('the relay spooled what was to be answered now');
  return answer.kind === 'refused' ? answer.response : binaryToResponse(answer.response);
}

function innerRequest(route: SealedRouteName, body: unknown, authority: string, options: CallOptions): BinaryRequest {
  const [method = '', path = ''] = route.split(' ');
  const headers: BinaryRequest['headers'] = [['accept-language', options.language ?? 'en']];
  if (body !== null) headers.push(['content-type', 'application/json']);
  if (options.bearer !== undefined) headers.push(['authorization', `Bearer ${options.bearer}`]);
  if (SEALED_ROUTES[route] === 'durable') {
    headers.push(['idempotency-key', options.idempotencyKey ?? randomToken()]);
  }
  const bytes = body === null ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body));
  return { method, scheme: 'https', authority, path, headers, body: bytes };
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Whether the attempt may have failed for a reason that passes. */
function mayPass(result: RelayAnswer | RelayUnreachable): boolean {
  return result instanceof RelayUnreachable || (result.kind === 'refused' && result.response.status === 503);
}

/** Retries what is carried out once however often it arrives: same idempotency key, new HPKE context. */
async function callPatiently(request: BinaryRequest, options: RelayOptions, waitSeconds: number): Promise<RelayAnswer> {
  const attempt = () =>
    callRelay(request, options, waitSeconds).catch((error: unknown) => {
      if (error instanceof RelayUnreachable) return error;
      throw error;
    });
  let result = await attempt();
  for (const delay of RETRY_DELAYS) {
    if (!mayPass(result)) break;
    await pause(delay * (0.75 + Math.random() / 2));
    result = await attempt();
  }
  if (result instanceof RelayUnreachable) throw result;
  return result;
}

/** Makes the typed call. It never throws for what can be expected: every no is an Outcome. */
export function createSealedFetch(options: SealedFetchOptions): SealedCall {
  async function toOutcome<A>(answer: RelayAnswer, language: Language): Promise<Outcome<A>> {
    if (answer.kind === 'answered') return sealedOutcome<A>(answer.response, language);
    if (answer.kind === 'refused') return relayOutcome(answer.response, language);
    const answerLater = async (): Promise<Outcome<A> | null> => {
      try {
        const later = await answer.collect();
        return later && toOutcome<A>(later, language);
      } catch (error) {
        // Out of reach for the moment; what was accepted is safe.
        return error instanceof RelayUnreachable ? null : refusalOf(error, language);
      }
    };
    return { kind: 'accepted', answerLater };
  }

  return async <R extends SealedRouteName>(route: R, body: SealedRoutes[R]['body'], callOptions: CallOptions = {}) => {
    const language = callOptions.language ?? 'en';
    const request = innerRequest(route, body, options.authority, callOptions);
    const waitSeconds = SEALED_ROUTES[route] === 'durable' ? (callOptions.waitSeconds ?? WAIT_SECONDS) : null;
    const once = (freshKeys: boolean) => callRelay(request, options, waitSeconds, freshKeys);
    try {
      const answer = waitSeconds === null ? await once(false) : await callPatiently(request, options, waitSeconds);
      const outcome = await toOutcome<SealedRoutes[R]['answer']>(answer, language);
      // The gateway changed its key after ours was fetched. Nothing was opened, so nothing was done.
      const staleKey = outcome.kind === 'refused' && outcome.error.code === 'key_unknown';
      return staleKey ? await toOutcome<SealedRoutes[R]['answer']>(await once(true), language) : outcome;
    } catch (error) {
      return refusalOf(error, language);
    }
  };
}
