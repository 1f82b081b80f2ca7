/** Notices what `avow keys rotate`, a process of its own, did: the gateway opens with the new key before any edge publishes it. */
import type { Logger } from 'pino';
import type { GatewayKeys } from './keys/gateway-keys.ts';
import { repeat } from './repeat.ts';

const LOOK_EVERY_MS = 5_000;

export function watchKeySets(keys: GatewayKeys, rotated: () => Promise<unknown>, log: Logger): { stop(): void } {
  return repeat(
    LOOK_EVERY_MS,
    async () => {
      if (!(await keys.refresh())) return;
      log.info({ version: keys.keySet().version }, 'another key set is in force');
      await rotated();
    },
    'the key log could not be read',
    log,
  );
}
