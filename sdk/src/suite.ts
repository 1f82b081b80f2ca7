/** The SDK as a suite uses it: one value for counting, taking part, reports and product registration. */
import { randomInt } from 'node:crypto';
import { closeSync, openSync, rmdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeBase64url } from '@avow/protocol/base64url';
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import { decideOff, decideOn, type Standing, standingOf } from './consent/consent.ts';
import { findKillSwitch, type KillSwitch } from './consent/kill-switches.ts';
import { type KeptFile, listKeptFiles } from './kept-files.ts';
import { type LogReading, readLog } from './log/sent-log.ts';
import { checkManifest, ManifestProblem, type SuiteManifest } from './manifest.ts';
import { homeOf, OWN_FILE, policyFileOf } from './place/home.ts';
import {
  judgeReceipt,
  type KeptRegistration,
  keepReceipt,
  type ReceiptVerdict,
  readRegistration,
} from './registration/kept-registration.ts';
import { type RegistrationDialog, type RegistrationResult, registerProduct } from './registration/register-product.ts';
import { machineFacts } from './reporting/facts.ts';
import { findConfiguration } from './reporting/known-configuration.ts';
import { listNextReports, type NextReport } from './reporting/next-reports.ts';
import { type WakeResult, wake } from './reporting/wake.ts';
import { createStartCounter, type PlaceOptions } from './start-counter.ts';

/** Everything has a usual value. */
export interface SuiteOptions extends PlaceOptions {
  /** ISO 3166-1 alpha-2, where the host knows the regional setting better than Node does: Electron's `app.getLocaleCountryCode()`. */
  country?: string;
  /** From 0 to just below 1. */
  random?: () => number;
  /** Waits so many milliseconds between two reports. The usual one does not keep a process alive. */
  pause?: (milliseconds: number) => Promise<void>;
  /** False only where time is simulated: otherwise nothing is sent while this clock and the edge's are an hour apart. */
  compareClocks?: boolean;
}

export interface Participation extends Standing {
  /** The field list a person is asked about, with its reasons. Null: not signed by the root key, so nobody may be asked. */
  configuration: SignedConfiguration | null;
  /** The person's folder. */
  folder: string;
}

export type Change =
  | { done: true }
  /** `other-field-list`: the list that was shown is not the newest one. `not-writable`: see `cause`. */
  | { done: false; why: KillSwitch | 'other-field-list' | 'no-configuration' | 'not-writable'; cause?: unknown };

export interface Suite {
  readonly manifest: SuiteManifest;
  /** Counts one start, if the person takes part. Synchronous, a few µs, never throws. */
  countStart(application: string): void;
  participation(): Promise<Participation>;
  /** The person agreed to this field list (`configuration.fieldList` as it was shown). */
  turnOn(fieldList: number): Promise<Change>;
  /** At once: what is being sent is cut off, counters and waiting reports are gone. The log stays. */
  turnOff(): Change;
  /** Freezes weeks that are over and sends what is due. Call it from time to time, at most every few minutes. Never throws. */
  wake(): Promise<WakeResult>;
  /** Every report that will leave, exactly as it will. */
  nextReports(): Promise<NextReport[]>;
  /** What left, verified. */
  sentLog(): LogReading;
  deleteSentLog(): Change;
  /** Sends the product registration dialog (S1). The same words again register once. */
  register(dialog: RegistrationDialog): Promise<RegistrationResult>;
  registration(): KeptRegistration | null;
  /** Verifies a receipt without a network and keeps it if it is for this product. Takes anything. */
  addReceipt(receipt: unknown): Promise<ReceiptVerdict>;
  /** Verifies the kept receipt again. Null: there is none. */
  checkReceipt(): Promise<ReceiptVerdict | null>;
  /** What this machine keeps, and where. */
  keptFiles(): KeptFile[];
  /** Everything above, the decision included. */
  forgetEverything(): Change;
}

const usualRandom = () => randomInt(2 ** 32) / 2 ** 32;
const usualPause = (milliseconds: number) => sleep(milliseconds, undefined, { ref: false });

function attempt(act: () => void): Change {
  try {
    act();
    return { done: true };
  } catch (cause) {
    return { done: false, why: 'not-writable', cause };
  }
}

/** A folder that another process removes in this moment, or that may not be read. */
function orEmpty<T>(list: () => T[]): T[] {
  try {
    return list();
  } catch {
    return [];
  }
}

/** Throws ManifestProblem, and nothing else; no call of the value throws into the host. Reads and writes nothing yet. */
export function openSuite(unchecked: SuiteManifest, options: SuiteOptions = {}): Suite {
  const manifest = checkManifest(unchecked);
  const rootPublicKey = decodeBase64url(manifest.rootPublicKey);
  if (rootPublicKey === null) throw new ManifestProblem('the root key is not base64url');
  const { env = process.env, clock = () => new Date(), random = usualRandom, pause = usualPause } = options;
  const home = homeOf(manifest.suite, options.folder);
  const place = { home, env, policyFile: options.policyFile ?? policyFileOf(manifest.suite) };
  const known = () => findConfiguration(home.configuration, manifest.configuration, rootPublicKey);
  const registering = { file: home.registration, manifest, rootPublicKey };
  let leaving = new AbortController();

  function leave(): void {
    leaving.abort(new Error('the person does not take part any more'));
    leaving = new AbortController();
    decideOff(home, manifest.configuration.fieldList, clock());
  }

  return {
    manifest,
    countStart: createStartCounter(manifest, options),
    async participation() {
      const found = await known();
      const fieldList = found?.inForce.fieldList ?? manifest.configuration.fieldList;
      return { ...standingOf(place, fieldList), configuration: found?.inForce ?? null, folder: home.folder };
    },
    async turnOn(fieldList) {
      const killSwitch = findKillSwitch(place);
      if (killSwitch) return { done: false, why: killSwitch };
      const found = await known();
      if (found === null) return { done: false, why: 'no-configuration' };
      if (found.inForce.fieldList !== fieldList) return { done: false, why: 'other-field-list' };
      return attempt(() => decideOn(home, fieldList, clock()));
    },
    turnOff: () => attempt(leave),
    wake: () =>
      wake({
        ...place,
        manifest,
        rootPublicKey,
        clock,
        random,
        pause,
        compareClocks: options.compareClocks ?? true,
        signal: leaving.signal,
        ...(options.country !== undefined && { country: options.country }),
      }),
    async nextReports() {
      const found = await known();
      const { takesPart } = standingOf(place, found?.inForce.fieldList ?? 0);
      if (found === null || !takesPart) return [];
      return orEmpty(() => listNextReports(home, manifest, found, machineFacts(env, options.country), clock()));
    },
    sentLog: () => readLog(home.log),
    deleteSentLog: () =>
      attempt(() => {
        const { takesPart } = standingOf(place, 0);
        // While the person takes part, the next report needs a log to be written into.
        if (takesPart) closeSync(openSync(home.log, 'w', OWN_FILE));
        else rmSync(home.log, { force: true });
      }),
    register: (dialog) => registerProduct(registering, dialog, clock()),
    registration: () => readRegistration(home.registration),
    addReceipt: (receipt) => keepReceipt(home.registration, manifest, receipt, clock()),
    async checkReceipt() {
      const kept = readRegistration(home.registration);
      return kept?.receipt ? judgeReceipt(kept.receipt, manifest, kept.serialHash) : null;
    },
    keptFiles: () => orEmpty(() => listKeptFiles(home)),
    forgetEverything: () =>
      attempt(() => {
        leave();
        for (const file of [home.log, home.registration, home.configuration, home.consent])
          rmSync(file, { force: true });
        rmdirIfEmpty(home.folder);
      }),
  };
}

/** The suite may keep things of its own there. */
function rmdirIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty.
  }
}
