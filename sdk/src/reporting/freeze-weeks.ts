/** Turns weeks that are over into reports, and clears away what is past or cannot be. */
import { OPEN_WEEKS } from '@avow/protocol/improvement/check-report';
import { type Week, weekOf, weekStart, weeksBetween } from '@avow/protocol/improvement/weeks';
import type { Decision } from '../consent/consent-file.ts';
import type { SuiteManifest } from '../manifest.ts';
import type { Home } from '../place/home.ts';
import { utcDay } from '../place/utc-day.ts';
import type { MachineFacts } from './facts.ts';
import type { KnownConfiguration } from './known-configuration.ts';
import { firstSending, isOver, type Random, shuffled } from './schedule.ts';
import { createSeed, noncesOf, readSeed } from './seed.ts';
import { isDone, isFrozen, listSpooledWeeks, removeHalfMade, removeSpooledWeek, spoolWeek } from './spool.ts';
import { listWeeks, readStarts, removeWeek } from './week-files.ts';
import { makeReports } from './week-reports.ts';

export interface Freezing {
  home: Home;
  manifest: SuiteManifest;
  known: KnownConfiguration;
  decision: Decision;
  machine: MachineFacts;
  now: Date;
  random: Random;
}

/** Forgets weeks that are done, too old to be taken, before the consent, or in the future of a clock that was wrong. */
export function tidyWeeks({ home, known, decision, now }: Freezing): void {
  const current = weekOf(now);
  removeHalfMade(home);
  for (const week of listSpooledWeeks(home)) {
    const age = weeksBetween(week, current);
    // Frozen by a clock that ran ahead. The counter is still there, and the nonces will be the same.
    if (age < 1 || age > OPEN_WEEKS) removeSpooledWeek(home, week);
    else if (isDone(home, week)) removeWeek(home, week);
    else if (age > known.inForce.schedule.keepWeeks) dropWeek(home, week);
  }
  for (const week of listWeeks(home)) {
    const age = weeksBetween(week, current);
    const beforeConsent = utcDay(weekStart(week)) < decision.countsFrom;
    if (age < 0 || age > known.inForce.schedule.keepWeeks || beforeConsent) removeWeek(home, week);
  }
}

/** The empty folder stays, so that the week is not frozen once more. */
function dropWeek(home: Home, week: Week): void {
  removeSpooledWeek(home, week);
  spoolWeek(home, week, []);
  removeWeek(home, week);
}

/** The weeks that were frozen. Throws as node:fs does; what was frozen by then stays frozen. */
export function freezeWeeks(freezing: Freezing): Week[] {
  const { home, manifest, known, machine, now, random } = freezing;
  const due = listWeeks(home).filter((week) => isOver(week, now) && !isFrozen(home, week));
  if (due.length === 0) return [];
  const seed = readSeed(home) ?? createSeed(home, due[0] ?? weekOf(now));
  const frozen: Week[] = [];
  for (const week of due) {
    const nonceOf = noncesOf(seed, week);
    const facts = { week, starts: readStarts(home, week), machine };
    const reports = nonceOf && makeReports(manifest, known.inForce, facts, nonceOf);
    if (!reports) continue;
    const waiting = shuffled(reports, random).map(({ bytes }) => ({
      week,
      notBefore: firstSending(week, now, known.inForce.schedule.windowHours, random),
      attempts: 0,
      body: new TextDecoder().decode(bytes),
    }));
    spoolWeek(home, week, waiting);
    frozen.push(week);
  }
  return frozen;
}
