/**
 * The way of visitors without JavaScript: what their form brought is sealed here, in this process's memory, and from then on
 * goes the way of every sealed request: same relay, same spool. DESIGN "One wire".
 */
import type { Language } from '@avow/protocol/refusals';
import type { SealedRouteName, SealedRoutes } from '@avow/protocol/sealed-routes';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import { type Outcome, refused } from '@avow/protocol/sealing/outcome';
import { createSealedFetch } from '@avow/protocol/sealing/sealed-fetch';
import { Hono } from 'hono';
import type { PublishedKeySets } from '../platform/published-keys.ts';
import type { EdgeEnv } from '../platform/variables.ts';
import type { Relay } from './relay.ts';

export type SealPlainForm = <R extends SealedRouteName>(
  route: R,
  body: SealedRoutes[R]['body'],
  language: Language,
  idempotencyKey?: string,
) => Promise<Outcome<SealedRoutes[R]['answer']>>;

const WAIT_SECONDS = 10;

/** `authority`: the vault's name in the configuration. */
export function createPlainFormSealer(relay: Relay, keys: PublishedKeySets, authority: string): SealPlainForm {
  // Not through the network, and past the rate limits: the form's own request has paid already.
  const inside = new Hono<EdgeEnv>().post('/relay', relay.submit).get('/relay/answers/:id', relay.collect);
  const call = createSealedFetch({
    sealer: createNodeSealer(),
    relay: 'http://edge.invalid/relay',
    authority,
    fetch: async (input, init) => inside.fetch(new Request(input, init)),
    keys: async () => {
      const inForce = keys.inForce();
      if (inForce === null) throw new Error('asked for a key before there was one');
      return inForce.config;
    },
  });
  return async (route, body, language, idempotencyKey) => {
    if (keys.inForce() === null) return refused('vault_away', language);
    return call(route, body, {
      language,
      waitSeconds: WAIT_SECONDS,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
  };
}
