/** Counting alone, for applications that need nothing else of the SDK: loads in a fraction of the time. */
import type { AtOnce } from './at-once.ts';
import { countStart } from './counting/count-start.ts';
import type { SuiteManifest } from './manifest.ts';
import { homeOf, policyFileOf } from './place/home.ts';

/** Instead of the usual place and surroundings; for installers, simulations and tests. */
export interface PlaceOptions {
  /** Instead of the person's usual folder. */
  folder?: string;
  /** Instead of the administrator's usual file. */
  policyFile?: string;
  env?: NodeJS.ProcessEnv;
  clock?: () => Date;
}

/** The part of the manifest that counting needs. */
export interface CountedSuite {
  suite: SuiteManifest['suite'];
  applications: readonly { id: string; number: number }[];
  configuration: { fieldList: number };
}

/**
 * Makes the function that an application calls once when it starts, with its id. It is synchronous, takes some µs, never throws,
 * opens no connection and starts no process; where the person does not take part, it writes nothing.
 */
export const createStartCounter = ((
  suite: CountedSuite,
  options: PlaceOptions = {},
): ((application: string) => void) => {
  const { applications } = suite;
  const place = {
    home: homeOf(suite.suite, options.folder),
    env: options.env ?? process.env,
    policyFile: options.policyFile ?? policyFileOf(suite.suite),
    fieldList: suite.configuration.fieldList,
  };
  return ((application: string): void => {
    for (const { id, number } of applications) {
      if (id === application) countStart(place, number, options.clock?.());
    }
  }) satisfies AtOnce;
}) satisfies AtOnce;
