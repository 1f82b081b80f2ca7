/**
 * How near the gateway comes to the limit: one step opens an encapsulated request of 1 KiB, reads it, and encodes, pads and
 * seals an answer; the limit is X25519 alone, measured in turn with it. `npm run bench:gateway`
 */
import { diffieHellman } from 'node:crypto';
import { encodeRequest } from '@avow/protocol/binary-http';
import { createGateway } from '@avow/protocol/opening/gateway';
import { createGatewayKey } from '@avow/protocol/opening/gateway-key';
import { padRequest } from '@avow/protocol/padding';
import { sealRequest } from '@avow/protocol/sealing/node-sealer';
import { importPublicKey } from '@avow/protocol/sealing/node-x25519';
import { recordResult } from './record-result.ts';

const REQUIRED_RATIO = 0.33;
const REQUESTS = 256;
const ROUNDS = 100;
const WARM_UP = 10;

const { key } = createGatewayKey(1);
const gateway = createGateway({ keys: () => key, authority: 'vault.example', allows: () => true });
const message = padRequest(
  encodeRequest({
    method: 'POST',
    scheme: 'https',
    authority: 'vault.example',
    path: '/registrations',
    headers: [
      ['accept-language', 'en'],
      ['content-type', 'application/json'],
      ['idempotency-key', '0123456789ABCDEFGHJKMNPQRS'],
    ],
    body: new Uint8Array(1024).fill(0x20),
  }),
);
const requests = Array.from({ length: REQUESTS }, () => sealRequest(key.config, message).bytes);
const publicKeys = requests.map((bytes) => importPublicKey(bytes.subarray(7, 39)));
const answer = { status: 200, headers: [], body: new TextEncoder().encode('{"accepted":true}') };

const steps = {
  gateway(): void {
    for (const bytes of requests) {
      const opened = gateway.open(bytes);
      if (!opened.ok) throw new Error(opened.refused);
      opened.seal(answer);
    }
  },
  x25519(): void {
    for (const publicKey of publicKeys) diffieHellman({ privateKey: key.privateKey, publicKey });
  },
};

interface Spent {
  /** Microseconds of all threads of this process, the garbage collector's too. */
  processorUs: number;
  wallMs: number;
}

const spent: Record<keyof typeof steps, Spent> = {
  gateway: { processorUs: 0, wallMs: 0 },
  x25519: { processorUs: 0, wallMs: 0 },
};

/** In turn, so that a busy neighbour disturbs both; every round counts, the good and the bad. */
for (let round = -WARM_UP; round < ROUNDS; round++) {
  for (const name of ['gateway', 'x25519'] as const) {
    const began = performance.now();
    const before = process.cpuUsage();
    steps[name]();
    const { user, system } = process.cpuUsage(before);
    if (round < 0) continue;
    spent[name].processorUs += user + system;
    spent[name].wallMs += performance.now() - began;
  }
}

const perSecond = (name: keyof typeof steps) => Math.round((REQUESTS * ROUNDS * 1000) / spent[name].wallMs);
const ratio = Number((spent.x25519.processorUs / spent.gateway.processorUs).toFixed(3));
const figures = {
  gatewayPerSecond: perSecond('gateway'),
  x25519PerSecond: perSecond('x25519'),
  wallRatio: Number((spent.x25519.wallMs / spent.gateway.wallMs).toFixed(3)),
  ratio,
};
const line = `${figures.gatewayPerSecond} requests opened and answered a second; ${ratio} of X25519 alone (${figures.x25519PerSecond}) by processor time, ${figures.wallRatio} by the clock; at least ${REQUIRED_RATIO} is required`;
await recordResult({ name: 'gateway', summary: line, ratio, figures: { ...figures, requiredRatio: REQUIRED_RATIO } });
process.stdout.write(`${line}\n`);
process.exitCode = ratio >= REQUIRED_RATIO ? 0 : 1;
