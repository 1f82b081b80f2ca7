/**
 * The way of an event, as a list: each step gives the event on, or drops it for a closed reason that is counted. The order
 * matters: what costs least and drops most comes first, and after the last step nobody knows the address any more.
 */
import type { AvowConfig } from '@avow/config/config';
import type { ActiveVisits } from '@avow/protocol/visits';
import type { RateLimits } from '../platform/rate-limits.ts';
import { checkSite, obeyContract, obeyPrivacySignals, refusePrefetches } from './check-site.ts';
import { countVisitor } from './count-visitor.ts';
import { type Arrival, arriving, drop, header, type PassingEvent, type Step, type StepOutcome } from './event.ts';
import type { EventMemory } from './event-memory.ts';
import { forgetAddress } from './forget-address.ts';
import { createIdTable } from './id-table.ts';
import { labelBots } from './label-bots.ts';
import { createOpenVisits } from './open-visits.ts';
import { parseEvent } from './parse-event.ts';
import { type CountryReader, readCountry } from './read-country.ts';
import { readDevice, readLanguage } from './read-device.ts';
import { readSource } from './read-source.ts';
import { createReportingHours, type ReportingHour } from './reporting-hour.ts';
import type { DaySalts } from './salts.ts';
import { createSiteContracts } from './site-contracts.ts';
import { stripAddresses } from './strip-addresses.ts';

export interface PipelineParts {
  config: AvowConfig;
  limits: RateLimits;
  countryOf: CountryReader;
  memory: EventMemory;
  /** Null: none for this moment, which makes `pass` throw. */
  salts(now: number): DaySalts | null;
}

export type PipelineOutcome = Exclude<StepOutcome, PassingEvent>;

export interface Pipeline {
  /** The names of the steps, in order. */
  steps: readonly string[];
  pass(arrival: Arrival): PipelineOutcome;
  reportingHour(now: number): ReportingHour;
  active(now: number): ActiveVisits[];
}

/** Who is on disk already is dropped; who could not be stored goes on as what it was. */
function refuseRepeated(memory: EventMemory): Step {
  return (event) => {
    if (memory.isStored(event.draft.id)) return drop(event, 'repeated');
    const unstored = event.draft.retried ? memory.takeFailed(event.draft.id) : null;
    return unstored === null ? event : { event: { ...unstored, retried: true } };
  };
}

const speaksOfProxy = (event: PassingEvent): boolean =>
  header(event, 'x-forwarded-for') !== '' || header(event, 'via') !== '' || header(event, 'forwarded') !== '';

export function createPipeline({ config, limits, countryOf, memory, salts }: PipelineParts): Pipeline {
  const sites = createSiteContracts(config.sites);
  const reportingHour = createReportingHours(config.timeZone);
  const visits = createOpenVisits();
  const { trustedProxies } = config.edge;
  const counting = {
    sites,
    scope: config.visits.visitorScope,
    salts,
    visits,
    seen: createIdTable(),
    reportingHour,
  };

  const steps: [name: string, act: Step][] = [
    ['limit rate', (event) => (limits.take('collect', event.address) === null ? event : drop(event, 'rate limited'))],
    ['parse', parseEvent],
    ['check site', checkSite(sites)],
    ['refuse prefetches', refusePrefetches],
    ['obey contract', obeyContract],
    ['obey privacy signals', obeyPrivacySignals(reportingHour)],
    ['refuse repeated', refuseRepeated(memory)],
    ['label bots', labelBots((event) => trustedProxies.length === 0 && speaksOfProxy(event))],
    ['read country', readCountry(countryOf)],
    ['read device', readDevice()],
    ['read language', readLanguage],
    ['read source', readSource(sites)],
    ['strip addresses', stripAddresses],
    ['count visitor', countVisitor(counting)],
  ];

  const acts = steps.map(([, act]) => act);

  return {
    steps: [...steps.map(([name]) => name), 'forget address'],
    pass(arrival) {
      let event = arriving(arrival);
      for (const act of acts) {
        const outcome = act(event);
        if (!('draft' in outcome)) return outcome;
        event = outcome;
      }
      return { event: forgetAddress(event) };
    },
    reportingHour,
    active: (now) => visits.active(now, sites.ids),
  };
}
