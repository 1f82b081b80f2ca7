/** Taking part, leaving, and what the stored decision means here and now (S2, S5). */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { addWeeks, weekOf, weekStart } from '@avow/protocol/improvement/weeks';
import { type Home, OWN_FILE, OWN_FOLDER } from '../place/home.ts';
import { utcDay } from '../place/utc-day.ts';
import { writeWhole } from '../place/whole-file.ts';
import { createSeed } from '../reporting/seed.ts';
import { type Decision, formatDecision, readDecision } from './consent-file.ts';
import { findKillSwitch, type KillSwitch, type Surroundings } from './kill-switches.ts';

/** `widened`: there is a decision, about a shorter field list; the person is asked anew. */
export type Choice = 'undecided' | 'widened' | 'on' | 'off';

export interface Standing {
  choice: Choice;
  decision: Decision | null;
  /** What keeps the programme off whatever was decided. */
  killSwitch: KillSwitch | null;
  /** Decided for it, about this field list, and nothing is in the way. */
  takesPart: boolean;
}

export interface ConsentPlace extends Surroundings {
  home: Home;
}

/** `fieldList`: version of the longest list that this machine knows of. Never throws. */
export function standingOf(place: ConsentPlace, fieldList: number): Standing {
  const decision = readDecision(place.home.consent);
  const killSwitch = findKillSwitch(place);
  const narrower = decision !== null && decision.choice === 'on' && decision.fieldList < fieldList;
  const choice = decision === null ? 'undecided' : narrower ? 'widened' : decision.choice;
  return { choice, decision, killSwitch, takesPart: choice === 'on' && killSwitch === null };
}

function localDay(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/**
 * The first week that may be counted: the first to begin after the day of the decision has ended, by the machine's time zone
 * and by UTC, in which weeks are counted.
 */
export function firstCountedDay(decided: Date): string {
  const localEnd = new Date(decided.getFullYear(), decided.getMonth(), decided.getDate() + 1);
  const utcEnd = new Date(Date.UTC(decided.getUTCFullYear(), decided.getUTCMonth(), decided.getUTCDate() + 1));
  const end = localEnd > utcEnd ? localEnd : utcEnd;
  const monday = weekStart(weekOf(end));
  const first = monday.getTime() === end.getTime() ? monday : weekStart(addWeeks(weekOf(end), 1));
  return utcDay(first);
}

/** Removes counters and waiting reports: first out of everybody's sight in one step, then from the disk. Throws as node:fs does. */
export function removeImprovement(home: Home): void {
  const gone = `${home.improvement}.${randomBytes(4).toString('hex')}.gone`;
  try {
    if (existsSync(home.improvement)) renameSync(home.improvement, gone);
  } catch {
    // Windows renames no folder in which a file is open; file by file it goes all the same.
    rmSync(home.improvement, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }
  removeLeftovers(home);
}

/** What a crash in the middle of a removal or of a change left. */
export function removeLeftovers(home: Home): void {
  if (!existsSync(home.folder)) return;
  const left = new RegExp(`^(?:${basename(home.improvement)}\\.[0-9a-f]{8}\\.gone|.+\\.[0-9a-f]{8}\\.new)$`);
  for (const name of readdirSync(home.folder)) {
    if (left.test(name)) rmSync(join(home.folder, name), { recursive: true, force: true });
  }
}

export function ensureFolders(home: Home): void {
  for (const folder of [home.weeks, home.spool]) mkdirSync(folder, { recursive: true, mode: OWN_FOLDER });
}

/** The person takes part. Keeps an earlier decision about the same list as it is. Throws as node:fs does. */
export function decideOn(home: Home, fieldList: number, now: Date): void {
  const before = readDecision(home.consent);
  if (before?.choice === 'on' && before.fieldList === fieldList && existsSync(home.weeks)) return;
  mkdirSync(home.folder, { recursive: true, mode: OWN_FOLDER });
  // Whatever is there belongs to another decision.
  removeImprovement(home);
  ensureFolders(home);
  createSeed(home, weekOf(now));
  closeSync(openSync(home.log, 'a', OWN_FILE));
  writeWhole(
    home.consent,
    formatDecision({ choice: 'on', fieldList, day: localDay(now), countsFrom: firstCountedDay(now) }),
  );
}

/** One byte in place: needs no free disk, and holds even if nothing after it comes to pass. False: nothing was decided yet. */
function switchOffInPlace(file: string): boolean {
  if (readDecision(file) === null) return false;
  const handle = openSync(file, 'r+');
  try {
    return writeSync(handle, '0', 0, 'latin1') === 1;
  } finally {
    closeSync(handle);
  }
}

/** The person does not take part, or no longer. At once: the counters' folder goes in the same call. Throws as node:fs does. */
export function decideOff(home: Home, fieldList: number, now: Date): void {
  mkdirSync(home.folder, { recursive: true, mode: OWN_FOLDER });
  const isOff = switchOffInPlace(home.consent);
  removeImprovement(home);
  rmSync(home.configuration, { force: true });
  const day = localDay(now);
  try {
    writeWhole(home.consent, formatDecision({ choice: 'off', fieldList, day, countsFrom: day }));
  } catch (error) {
    // Only the day is missing then.
    if (!isOff) throw error;
  }
}
