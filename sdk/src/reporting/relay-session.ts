/** Everything the programme says to the network: keys, configuration, sealed reports. There is no other way out. */

import { reportRequest } from '@avow/protocol/improvement/report-request';
import type { KeyConfig } from '@avow/protocol/key-config';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import { callRelay, RelayUnreachable } from '@avow/protocol/sealing/relay-call';
import { createVerifiedKeys, KeysUnverified } from '@avow/protocol/sealing/verified-keys';
import { type KnownConfiguration, verifyPublished } from './known-configuration.ts';

export interface RelayPlace {
  /** Public address of the edge. */
  edge: string;
  vaultName: string;
  rootPublicKey: Uint8Array;
  /** Fires when the person leaves. */
  signal: AbortSignal;
}

/** How long the edge may take for a small page, in milliseconds. */
const FETCH_MS = 20_000;

export type Obstacle = 'unreachable' | 'keys-unverified' | 'configuration-unverified' | `status-${number}`;

/** The edge cannot be reached, refuses, or says what nobody signed: another time. */
export class NotNow extends Error {
  readonly why: Obstacle;
  constructor(why: Obstacle, options?: ErrorOptions) {
    super(why, options);
    this.why = why;
  }
}

export interface RelaySession {
  /** The edge's clock, as it told it with the keys. Null: it did not. */
  relayTime: Date | null;
  /** The published configurations as fetched, and what they verify to. */
  fetchConfiguration(): Promise<{ published: unknown; known: KnownConfiguration }>;
  /** Resolves when the edge has it on disk. `body`: the report's bytes. */
  send(body: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Throws NotNow, or the signal's reason. */
export async function openSession(place: RelayPlace): Promise<RelaySession> {
  let relayTime: Date | null = null;
  // Only `callRelay` posts, and only sealed bytes.
  const ownFetch: typeof fetch = async (url, init) => {
    const signals = init?.signal ? [place.signal, init.signal] : [place.signal, AbortSignal.timeout(FETCH_MS)];
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.any(signals) });
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) relayTime = new Date(date);
    return response;
  };
  const keysFrom = createVerifiedKeys({
    url: `${place.edge}/keys.json`,
    rootPublicKey: place.rootPublicKey,
    fetch: ownFetch,
  });
  const expected = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      place.signal.throwIfAborted();
      if (cause instanceof KeysUnverified) throw new NotNow('keys-unverified', { cause });
      if (cause instanceof RelayUnreachable) throw new NotNow('unreachable', { cause });
      throw cause;
    }
  };
  const keys: KeyConfig = await expected(keysFrom());

  return {
    relayTime,
    async fetchConfiguration() {
      const published = await fetchJson(ownFetch, `${place.edge}/improvement/config.json`, place.signal);
      const known = await verifyPublished(published, place.rootPublicKey);
      if (known === null) throw new NotNow('configuration-unverified');
      return { published, known };
    },
    async send(body) {
      const options = {
        sealer: createNodeSealer(),
        relay: `${place.edge}/relay/reports`,
        keys: async () => keys,
        fetch: ownFetch,
      };
      const answer = await expected(callRelay(reportRequest(body, place.vaultName), options, 0));
      if (answer.kind === 'refused') throw new NotNow(`status-${answer.response.status}`);
    },
  };
}

async function fetchJson(ownFetch: typeof fetch, url: string, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await ownFetch(url, { credentials: 'omit', cache: 'no-store' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.json();
  } catch (cause) {
    signal.throwIfAborted();
    throw new NotNow('unreachable', { cause });
  }
}
