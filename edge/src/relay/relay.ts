/**
 * The relay of RFC 9458: takes encapsulated requests, passes on their bytes and nothing else (section 6.2), and gives back
 * encapsulated answers. It has no key and looks at nothing but lengths.
 */
import { isRequestClass, MAX_ENCAPSULATED_REQUEST } from '@avow/protocol/padding';
import type { Context } from 'hono';
import type { PublishedKeySets } from '../platform/published-keys.ts';
import { readBody } from '../platform/read-body.ts';
import { refuse } from '../platform/refuse.ts';
import type { EdgeEnv } from '../platform/variables.ts';
import type { Exchange } from '../spool/exchange.ts';
import { type Answer, StorageFull } from '../spool/spool.ts';
import { MAX_WAIT_SECONDS, readPreference } from './preference.ts';

export interface RelayDeps {
  exchange: Exchange;
  keys: PublishedKeySets;
  /** How long an interactive request waits, in seconds. */
  interactiveSeconds?: number;
}

type Handle = (c: Context<EdgeEnv>) => Response | Promise<Response>;

export interface Relay {
  /** `POST /relay` */
  submit: Handle;
  /** `GET /relay/answers/:id` */
  collect: Handle;
  /** `GET /ohttp-keys` */
  keyConfigs: Handle;
  /** `GET /keys.json` */
  keySets: Handle;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function answerWith(c: Context<EdgeEnv>, answer: Answer): Response {
  if ('refused' in answer) return refuse(c, answer.refused);
  return c.body(new Uint8Array(answer.body), 200, { 'content-type': 'message/ohttp-res', 'cache-control': 'no-store' });
}

function acceptedAs(c: Context<EdgeEnv>, id: string): Response {
  return c.body(null, 202, {
    location: `/relay/answers/${id}`,
    'preference-applied': 'respond-async',
    'retry-after': '2',
    'cache-control': 'no-store',
  });
}

/** The encapsulated request, or the refusal. */
async function readEncapsulated(c: Context<EdgeEnv>): Promise<Uint8Array | Response> {
  if (c.req.header('content-type')?.toLowerCase() !== 'message/ohttp-req') return refuse(c, 'unsupported_media_type');
  const declared = c.req.header('content-length');
  if (declared !== undefined && Number(declared) <= MAX_ENCAPSULATED_REQUEST && !isRequestClass(Number(declared))) {
    return refuse(c, 'malformed');
  }
  const body = await readBody(c.req.raw, MAX_ENCAPSULATED_REQUEST);
  if (body === 'too_large') return refuse(c, 'too_large');
  if (body === 'truncated' || !isRequestClass(body.length)) return refuse(c, 'malformed');
  return body;
}

/** The relay's four handlers; `app.ts` gives them their addresses. */
export function createRelay({ exchange, keys, interactiveSeconds = MAX_WAIT_SECONDS }: RelayDeps): Relay {
  async function submitDurable(c: Context<EdgeEnv>, body: Uint8Array, wait: number): Promise<Response> {
    try {
      const outcome = await exchange.submitDurable(body, wait * 1000, c.req.raw.signal);
      return outcome.kind === 'answered' ? answerWith(c, outcome.answer) : acceptedAs(c, outcome.id);
    } catch (error) {
      if (error instanceof StorageFull) return refuse(c, 'storage_full');
      throw error;
    }
  }

  return {
    async submit(c) {
      const body = await readEncapsulated(c);
      if (body instanceof Response) return body;
      const preference = readPreference(c.req.header('prefer'));
      if (preference.respondAsync) return submitDurable(c, body, preference.wait);
      const answer = await exchange.submitInteractive(body, interactiveSeconds * 1000, c.req.raw.signal);
      return answer === null ? refuse(c, 'vault_away') : answerWith(c, answer);
    },

    async collect(c) {
      const id = c.req.param('id') ?? '';
      const found = UUID.test(id) ? await exchange.collect(id) : 'unknown';
      if (found === 'unknown') return refuse(c, 'not_found');
      return found === 'waiting' ? acceptedAs(c, id) : answerWith(c, found);
    },

    keyConfigs(c) {
      const inForce = keys.inForce();
      if (inForce === null) return refuse(c, 'vault_away');
      return c.body(inForce.encoded, 200, { 'content-type': 'application/ohttp-keys', 'cache-control': 'no-cache' });
    },

    keySets(c) {
      const inForce = keys.inForce();
      if (inForce === null) return refuse(c, 'vault_away');
      return c.json({ current: inForce.current, log: inForce.log }, 200, { 'cache-control': 'no-cache' });
    },
  };
}
