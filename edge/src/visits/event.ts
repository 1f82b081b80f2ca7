/** What passes through the pipeline: a page view or another event, with what the request told of itself. */
import type { IncomingHttpHeaders } from 'node:http';
import type { CollectBody, DropReason, QuietView, VisitEvent } from '@avow/protocol/visits';
import type { StorableEvent } from './forget-address.ts';
import type { SiteContract } from './site-contracts.ts';

export interface PassingEvent {
  /** Unix milliseconds of the arrival: the only time there is. */
  now: number;
  /** Of the connection, or of what a trusted proxy says; blanked by the last step. */
  address: string;
  headers: IncomingHttpHeaders;
  /** What was sent, before `parse`. */
  text: string;
  body: CollectBody | null;
  page: URL | null;
  referrer: URL | null;
  site: SiteContract | null;
  /** What will be stored, as far as the steps have come. */
  draft: VisitEvent;
}

export interface Dropped {
  dropped: DropReason;
  /** Empty where the site is not known. */
  site: string;
}

/** Counted without a visit and without a visitor. */
export interface CountedQuietly {
  quiet: QuietView;
}

/** It was here before, and could not be stored. */
export interface Resumed {
  event: StorableEvent;
}

export type StepOutcome = PassingEvent | Dropped | CountedQuietly | Resumed;
/** A step changes the event and gives it on, or gives something else instead. */
export type Step = (event: PassingEvent) => StepOutcome;

export function drop(event: PassingEvent, dropped: DropReason): Dropped {
  return { dropped, site: event.site?.id ?? '' };
}

/** What a step finds when the ones before it have done their work. */
export function known<T>(value: T | null): T {
  if (value === null) throw new Error('The steps of the pipeline are in the wrong order.');
  return value;
}

/** A header that must come once; what came several times counts as its first. */
export function header(event: PassingEvent, name: string): string {
  const value = event.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

export interface Arrival {
  now: number;
  address: string;
  headers: IncomingHttpHeaders;
  text: string;
}

export function arriving({ now, address, headers, text }: Arrival): PassingEvent {
  return {
    now,
    address,
    headers,
    text,
    body: null,
    page: null,
    referrer: null,
    site: null,
    draft: {
      id: '',
      retried: false,
      site: '',
      hour: 0,
      day: '',
      visitor: '',
      visit: '',
      seq: 0,
      kind: 'view',
      name: '',
      path: '',
      target: '',
      firstInVisit: false,
      firstOfPath: false,
      firstOfDay: false,
      engagedMs: 0,
      scrollPercent: 0,
      source: '',
      referrer: '',
      channel: 'direct',
      utmSource: '',
      utmMedium: '',
      utmCampaign: '',
      utmContent: '',
      utmTerm: '',
      entryPath: '',
      country: '',
      language: '',
      device: 'other',
      browser: '',
      browserVersion: '',
      os: '',
      osVersion: '',
      bot: '',
      props: {},
    },
  };
}
