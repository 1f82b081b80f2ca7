/**
 * Counts one start of an application. What runs in the application is only this: read the decision, append eight bytes. No
 * network, no process, no library; nothing that fails here is heard of there.
 */
import { weekOf } from '@avow/protocol/improvement/weeks';
import type { AtOnce } from '../at-once.ts';
import { readColumns } from '../consent/consent-file.ts';
import { findKillSwitch, type Surroundings } from '../consent/kill-switches.ts';
import { fs } from '../place/file-system.ts';
import { type Home, OWN_FILE, SEPARATOR } from '../place/home.ts';
import { utcDayNumber } from '../place/utc-day.ts';
import { startRecord } from './start-record.ts';

/** Of one week's file. More starts than this holds are beyond the last bucket anyway. */
export const MAX_WEEK_BYTES = 65_536;

const APPEND = fs.constants.O_RDWR | fs.constants.O_APPEND | fs.constants.O_CREAT;

export const weekFile = ((home: Pick<Home, 'weeks'>, week: string): string =>
  `${home.weeks}${SEPARATOR}${week}.starts`) satisfies AtOnce;

export interface CountingPlace extends Surroundings {
  home: Home;
  /** Version of the field list that the application was built with: consent to a narrower one is none. */
  fieldList: number;
}

const probe = new Uint8Array(1);

/** `application`: its number in the manifest. Never throws. */
export const countStart = ((place: CountingPlace, application: number, now = new Date()): void => {
  try {
    const decision = readColumns(place.home.consent);
    if (decision === null || !decision.on || decision.fieldList < place.fieldList) return;
    if (utcDayNumber(now) < decision.countsFrom || findKillSwitch(place) !== null) return;
    const record = startRecord(application);
    // The folder is made by the consent and goes with it: if it went this very moment, there is nothing to append to.
    const handle = fs.openSync(weekFile(place.home, weekOf(now)), APPEND, OWN_FILE);
    try {
      // Full, if there is a byte that leaves no room for a record. The size itself would need a function more to be compiled.
      const full = fs.readSync(handle, probe, 0, 1, MAX_WEEK_BYTES - record.length) > 0;
      if (!full) fs.writeSync(handle, record);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // Disk full, read-only home, a clock beyond any date: this start is not counted.
  }
}) satisfies AtOnce;
