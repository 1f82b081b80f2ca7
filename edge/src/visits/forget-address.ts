/** The last step: what comes out of here holds no address, no user agent and no time finer than the hour. */
import type { VisitEvent } from '@avow/protocol/visits';
import type { PassingEvent } from './event.ts';

declare const addressForgotten: unique symbol;

/** An event that may be stored. Nothing else makes one: what is to be stored has passed through here. */
export type StorableEvent = VisitEvent & { readonly [addressForgotten]: true };

export function forgetAddress(event: PassingEvent): StorableEvent {
  event.address = '';
  event.headers = {};
  event.text = '';
  event.body = null;
  event.page = null;
  event.referrer = null;
  return event.draft as StorableEvent;
}
