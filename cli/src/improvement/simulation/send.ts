/** Reports on their way: sealed as the suite seals them and through the relay, or, for large plays, straight to the vault's store. */

import { setTimeout as sleep } from 'node:timers/promises';
import { reportRequest } from '@avow/protocol/improvement/report-request';
import type { KeyConfig } from '@avow/protocol/key-config';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import { callRelay } from '@avow/protocol/sealing/relay-call';
import { createVerifiedKeys } from '@avow/protocol/sealing/verified-keys';
import type { HouseInTime } from './house-in-time.ts';

/** Resolves when all of them are stored or refused. */
export type Send = (bodies: readonly Uint8Array<ArrayBuffer>[], onSent: (reports: number) => void) => Promise<void>;

const AT_ONCE = 48;
const IN_ONE_CALL = 512;
const LOOK_EVERY_MS = 250;

export function sendThroughRelay(house: HouseInTime, authority: string): Send {
  const { edge, root } = house;
  const sealer = createNodeSealer();
  const fetchKeys = createVerifiedKeys({ url: `${edge.url}/keys.json`, rootPublicKey: root });
  return async (bodies, onSent) => {
    const config: KeyConfig = await fetchKeys();
    const options = { sealer, relay: `${edge.url}/relay/reports`, keys: async () => config };
    let next = 0;
    const work = async (): Promise<void> => {
      for (let body = bodies[next++]; body; body = bodies[next++]) {
        const answer = await callRelay(reportRequest(body, authority), options, 0);
        if (answer.kind !== 'accepted') throw new Error('the relay did not take a report');
        onSent(1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // Released by the edge's clock, taken by the vault, answered.
    while ((await storedOrHeld(house)) > 0) await sleep(LOOK_EVERY_MS);
  };
}

async function storedOrHeld({ waitingAtEdge }: HouseInTime): Promise<number> {
  const waiting = await waitingAtEdge();
  if (waiting > 0) return waiting;
  // What the vault has in hand is no longer counted at the edge: it is when nothing comes for a while.
  await sleep(4 * LOOK_EVERY_MS);
  return waitingAtEdge();
}

export function sendToVault({ improvement }: HouseInTime): Send {
  return async (bodies, onSent) => {
    for (let at = 0; at < bodies.length; at += IN_ONE_CALL) {
      const some = bodies.slice(at, at + IN_ONE_CALL);
      const refused = (await improvement.accept(some)).filter((answer) => 'refused' in answer);
      if (refused.length > 0) throw new Error(`${refused.length} reports were refused`);
      onSent(some.length);
    }
  };
}
