/** Notices what `avow keys rotate`, a process of its own, did: the gateway opens with the new key before any edge publishes it. */
import type { Logger } from 'pino';
import { withoutContents } from './database-errors.ts';
import type { GatewayKeys } from './keys/gateway-keys.ts';

const LOOK_EVERY_MS = 5_000;

export function watchKeySets(keys: GatewayKeys, rotated: () => Promise<unknown>, log: Logger): { stop(): void } {
  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    try {
      if (await keys.refresh()) {
        log.info({ version: keys.keySet().version }, 'another key set is in force');
        await rotated();
      }
    } catch (error) {
      log.warn({ error: withoutContents(error) }, 'the key log could not be read');
    } finally {
      looking = false;
    }
  }, LOOK_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
