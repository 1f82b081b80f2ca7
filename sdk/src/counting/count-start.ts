/**
 * Counts one start of an application. What runs in the application is only this: read the decision, append eight bytes. No
 * network, no process, no library; nothing that fails here is heard of there.
 */
import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { weekOf } from '@avow/protocol/improvement/weeks';
import { readDecision } from '../consent/consent-file.ts';
import { findKillSwitch, type Surroundings } from '../consent/kill-switches.ts';
import type { Home } from '../place/home.ts';
import { utcDay } from '../place/utc-day.ts';
import { OWN_FILE } from '../place/whole-file.ts';
import { startRecord } from './start-record.ts';

/** Of one week's file. More starts than this holds are beyond the last bucket anyway. */
export const MAX_WEEK_BYTES = 65_536;

export const weekFile = (home: Pick<Home, 'weeks'>, week: string): string => join(home.weeks, `${week}.starts`);

export interface CountingPlace extends Surroundings {
  home: Home;
  /** Version of the field list that the application was built with: consent to a narrower one is none. */
  fieldList: number;
}

/** `application`: its number in the manifest. Never throws. */
export function countStart(place: CountingPlace, application: number, now = new Date()): void {
  try {
    const decision = readDecision(place.home.consent);
    if (decision?.choice !== 'on' || decision.fieldList < place.fieldList) return;
    if (utcDay(now) < decision.countsFrom || findKillSwitch(place) !== null) return;
    // The folder is made by the consent and goes with it: if it went this very moment, there is nothing to append to.
    const handle = openSync(weekFile(place.home, weekOf(now)), 'a', OWN_FILE);
    try {
      if (fstatSync(handle).size + 8 <= MAX_WEEK_BYTES) writeSync(handle, startRecord(application));
    } finally {
      closeSync(handle);
    }
  } catch {
    // Disk full, read-only home, a clock beyond any date: this start is not counted.
  }
}
