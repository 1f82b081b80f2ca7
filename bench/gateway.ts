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

/**
 * Microseconds of this thread alone: a clock would count what the machine does beside. A slice of 256 requests is long enough
 * to hold its share of garbage collection.
 */
function threadTime(step: () => void): number {
  const before = process.threadCpuUsage();
  step();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

const slices: Record<keyof typeof steps, number[]> = { gateway: [], x25519: [] };
for (let round = -WARM_UP; round < ROUNDS; round++) {
  for (const name of ['gateway', 'x25519'] as const) {
    const time = threadTime(steps[name]);
    if (round >= 0) slices[name].push(time);
  }
}

/** Of the quietest tenth: busy neighbours empty the caches, which slows the gateway more than plain arithmetic. */
function sliceTime(name: keyof typeof steps): number {
  const sorted = slices[name].toSorted((a, b) => a - b);
  return sorted[Math.floor(ROUNDS / 10)] ?? Number.NaN;
}

const perSecond = (name: keyof typeof steps) => Math.round((REQUESTS * 1_000_000) / sliceTime(name));
const ratio = Number((sliceTime('x25519') / sliceTime('gateway')).toFixed(3));
const figures = { gatewayPerSecond: perSecond('gateway'), x25519PerSecond: perSecond('x25519'), ratio };
const line = `${figures.gatewayPerSecond} requests opened and answered a second, ${ratio} of X25519 alone (${figures.x25519PerSecond}); at least ${REQUIRED_RATIO} is required`;
await recordResult({ name: 'gateway', summary: line, ratio, figures: { ...figures, requiredRatio: REQUIRED_RATIO } });
process.stdout.write(`${line}\n`);
process.exitCode = ratio >= REQUIRED_RATIO ? 0 : 1;
