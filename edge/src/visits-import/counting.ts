/** What an import asks of the edge's own pipeline, which is another feature. */
import type { DropReason, QuietView, VisitEvent } from '@avow/protocol/visits';

/** As a beacon arrives, with the time at which it did. */
export interface Arrival {
  /** Unix milliseconds. */
  now: number;
  address: string;
  headers: Record<string, string>;
  /** CollectBody as JSON. */
  text: string;
}

export type Outcome = { stored: VisitEvent } | { dropped: DropReason } | { quiet: QuietView };

export interface Counting {
  run(arrival: Arrival): Outcome;
  reportingHour(now: number): { hour: number; day: string };
}
