/** Adds the shared ground to what every feature is given. */
import type { People } from './people.ts';

declare module '../platform/services.ts' {
  interface Services {
    people: People;
  }
}
