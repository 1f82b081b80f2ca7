/** The visits' pipeline, put together and connected to the disk. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import type { AvowConfig } from '@avow/config/config';
import type { ActiveVisits, DropReason } from '@avow/protocol/visits';
import { createAddressReader } from '../platform/client-address.ts';
import type { EdgeDatabase } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { RateLimits } from '../platform/rate-limits.ts';
import type { Exchange } from '../spool/exchange.ts';
import { createBatchWriter } from './batch-writer.ts';
import { createCollectAnswers } from './collect-answers.ts';
import { createCollectDoor } from './collect-door.ts';
import { createDropCounts } from './drop-counts.ts';
import { createEventMemory } from './event-memory.ts';
import type { StorableEvent } from './forget-address.ts';
import { createPipeline, type PipelineOutcome } from './pipeline.ts';
import { openCountryReader } from './read-country.ts';
import { openSalts } from './salts.ts';
import { createSiteContracts } from './site-contracts.ts';

export interface CollectorDeps {
  config: AvowConfig;
  db: EdgeDatabase;
  exchange: Pick<Exchange, 'keep'>;
  limits: RateLimits;
  log: Log;
  /** Milliseconds. */
  clock?: () => number;
}

export interface Collector {
  /** False: this request is not for the collector. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** The names of the pipeline's steps, in order. */
  steps: readonly string[];
  active(): ActiveVisits[];
  /** Sends counts that no event took along. To be called every few seconds. */
  flush(): Promise<void>;
  /** Turns the salts with the day. To be called every minute. */
  turnSalts(): Promise<void>;
  /** Writes everything that is still in memory. The database stays open. */
  close(): Promise<void>;
}

/** `db` is migrated. Throws if the country database cannot be read. */
export async function openCollector(deps: CollectorDeps): Promise<Collector> {
  const { config, db, exchange, limits, log, clock = Date.now } = deps;
  const salts = await openSalts(db, clock());
  const memory = createEventMemory();
  const drops = createDropCounts();
  const readAddress = createAddressReader(config.edge.trustedProxies);
  const { countryDatabase } = config.visits;
  const countryOf = await openCountryReader(countryDatabase ? resolve(config.baseDir, countryDatabase) : null);
  const pipeline = createPipeline({ config, limits, memory, countryOf, salts: salts.at });
  const writer = createBatchWriter({
    keep: (body) => exchange.keep('visits', body),
    drops,
    active: pipeline.active,
    clock,
  });

  /** No `async` on the way of an event: each costs as much as a step of the pipeline. */
  function store(outcome: { event: StorableEvent }, now: number): Promise<PipelineOutcome> {
    const { event } = outcome;
    return writer.write({ event, now }).then(
      () => {
        memory.stored(event.id);
        return outcome;
      },
      (error: unknown) => {
        memory.failed(event);
        throw error;
      },
    );
  }

  function countDrop(reason: DropReason, site = ''): void {
    drops.count(site, reason, pipeline.reportingHour(clock()));
  }

  function pass({ headers, socket }: IncomingMessage, text: string, now: number): Promise<PipelineOutcome> {
    const forwarded = headers['x-forwarded-for'];
    const address = readAddress(socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join(',') : forwarded);
    const outcome = pipeline.pass({ now, address, headers, text });
    if ('event' in outcome) return store(outcome, now);
    if ('dropped' in outcome) countDrop(outcome.dropped, outcome.site);
    else if (outcome.quiet.views > 0) return writer.write(outcome).then(() => outcome);
    return Promise.resolve(outcome);
  }

  async function passWithNewSalts(request: IncomingMessage, text: string, now: number): Promise<PipelineOutcome> {
    await salts.turn(now);
    return pass(request, text, now);
  }

  function count(request: IncomingMessage, text: string): Promise<PipelineOutcome> {
    const now = clock();
    return salts.at(now) === null ? passWithNewSalts(request, text, now) : pass(request, text, now);
  }

  return {
    handle: createCollectDoor({
      answers: createCollectAnswers(createSiteContracts(config.sites)),
      count,
      countDrop,
      log,
    }),
    steps: pipeline.steps,
    active: () => pipeline.active(clock()),
    flush: () => writer.flush(),
    turnSalts: () => salts.turn(clock()),
    async close() {
      await writer.flush();
      await writer.settled();
      salts.close();
    },
  };
}
