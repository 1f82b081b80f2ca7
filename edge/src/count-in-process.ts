/**
 * The pipeline of visits for what does not arrive over HTTP: imports, and the played traffic of a demonstration. The same steps
 * in the same order, without a limit of rate, with the time and the salts of whoever asks.
 */
import { createHmac } from 'node:crypto';
import { resolve } from 'node:path';
import type { AvowConfig } from '@avow/config/config';
import { LRUCache } from 'lru-cache';
import { createRateLimits } from './platform/rate-limits.ts';
import { createEventMemory } from './visits/event-memory.ts';
import { MAX_OPEN_VISITS } from './visits/open-visits.ts';
import { createPipeline } from './visits/pipeline.ts';
import { openCountryReader } from './visits/read-country.ts';
import type { Counting } from './visits-import/counting.ts';
import type { ImportSalts } from './visits-import/import-salts.ts';

export function openCountries(config: AvowConfig): Promise<(address: string) => string> {
  const file = config.visits.countryDatabase;
  return openCountryReader(file === undefined ? null : resolve(config.baseDir, file));
}

/** The same arrivals in the same order give the same events for the same `key`, their visits' ids too. */
export async function countInProcess(config: AvowConfig, salts: ImportSalts, key: Buffer): Promise<Counting> {
  const pipeline = createPipeline({
    config,
    limits: createRateLimits(null),
    countryOf: await openCountries(config),
    memory: createEventMemory(),
    salts: salts.at,
  });
  const visitIds = new LRUCache<string, string>({ max: MAX_OPEN_VISITS });
  return {
    run(arrival) {
      const outcome = pipeline.pass(arrival);
      if (!('event' in outcome)) return outcome;
      const stored = outcome.event;
      if (stored.seq === 0) visitIds.set(stored.visit, derivedVisit(key, stored.id));
      return { stored: { ...stored, visit: visitIds.get(stored.visit) ?? stored.visit } };
    },
    reportingHour: pipeline.reportingHour,
  };
}

function derivedVisit(key: Buffer, firstEvent: string): string {
  return createHmac('sha256', key).update(`visit ${firstEvent}`).digest().readBigUInt64BE().toString();
}
