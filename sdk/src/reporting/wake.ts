/**
 * The programme's one act, called by hosts from time to time and by `avow-suite send`: freezes weeks that are over, and sends
 * what is due. No daemon, no timer of its own beyond the call.
 */
import { existsSync } from 'node:fs';
import { weekOf } from '@avow/protocol/improvement/weeks';
import { ensureFolders, removeImprovement, removeLeftovers, type Standing, standingOf } from '../consent/consent.ts';
import type { KillSwitch, Surroundings } from '../consent/kill-switches.ts';
import { watchConsent } from '../consent/watch-consent.ts';
import type { SuiteManifest } from '../manifest.ts';
import type { Home } from '../place/home.ts';
import { utcDay } from '../place/utc-day.ts';
import { machineFacts } from './facts.ts';
import { freezeWeeks, tidyWeeks } from './freeze-weeks.ts';
import { findConfiguration, type KnownConfiguration, keepConfiguration } from './known-configuration.ts';
import { type Lock, takeLock } from './lock.ts';
import { NotNow, openSession, type RelaySession } from './relay-session.ts';
import { CLOCK_TOLERANCE_MS, QUIET_MS, type Random, shuffled } from './schedule.ts';
import { advanceSeed } from './seed.ts';
import { postpone, sendReports } from './send-reports.ts';
import { readSpool, type SpooledReport } from './spool.ts';
import { lastStart, openWeek } from './week-files.ts';

export type Held =
  /** Undecided, off, or the list has become longer. */
  | 'not-taking-part'
  | KillSwitch
  /** Another process is at it. */
  | 'busy'
  /** An application was started less than ten minutes ago. */
  | 'application-started'
  /** This machine's clock is not believed. */
  | 'clock'
  /** No signed configuration, or one that does not know this suite. */
  | 'no-configuration'
  | 'unreachable'
  | 'keys-unverified'
  | 'configuration-unverified'
  /** The person left in this moment. */
  | 'stopped'
  /** Disk full, no access, or a mistake of ours: `cause` says. */
  | 'failed';

export interface WakeResult {
  /** How many reports reached the relay. */
  sent: number;
  /** How many wait. */
  waiting: number;
  /** When to call again at the latest; null: whenever. */
  nextAt: Date | null;
  /** Why nothing (more) was sent; null: nothing was in the way. */
  held: Held | null;
  cause?: unknown;
}

export interface WakePlace extends Surroundings {
  home: Home;
  manifest: SuiteManifest;
  rootPublicKey: Uint8Array;
  /** Country of the regional setting, where the host knows it better (Electron). */
  country?: string;
  clock(): Date;
  random: Random;
  /** Waits so many milliseconds between two reports. */
  pause(milliseconds: number): Promise<void>;
  /** False where time is simulated, and so the relay's clock says nothing about this one. */
  compareClocks: boolean;
  /** Fires when the person leaves. */
  signal: AbortSignal;
}

/** Reports of one call, and the seconds between them: so that those of one machine do not come in one burst. */
const MOST_AT_ONCE = 4;
const LEAST_PAUSE_MS = 5_000;
const PAUSE_SPREAD_MS = 25_000;

class HeldBack extends Error {
  readonly why: Held;
  constructor(why: Held) {
    super(why);
    this.why = why;
  }
}

const quiet = (place: WakePlace) => {
  const last = lastStart(place.home);
  // A start in the future is a clock that was wrong, and says nothing about now.
  const since = last ? place.clock().getTime() - last.getTime() : QUIET_MS;
  return since >= QUIET_MS || since < 0;
};

function whyNot({ choice, killSwitch }: Standing): Held {
  return choice === 'on' && killSwitch ? killSwitch : 'not-taking-part';
}

/** Who does not take part, or may not on this machine, keeps nothing here. */
function clearAway(place: WakePlace, standing: Standing): void {
  if (standing.choice !== 'on' || standing.killSwitch === 'administrator') removeImprovement(place.home);
  else removeLeftovers(place.home);
}

async function agreeOnTime(place: WakePlace, session: RelaySession): Promise<void> {
  if (!place.compareClocks) return;
  const apart = session.relayTime ? Math.abs(session.relayTime.getTime() - Date.now()) : Number.POSITIVE_INFINITY;
  if (apart > CLOCK_TOLERANCE_MS) throw new HeldBack('clock');
}

/** What is published now. A longer list than the one agreed to ends the participation on the spot. */
async function renewConfiguration(
  place: WakePlace,
  session: RelaySession,
  known: KnownConfiguration,
): Promise<KnownConfiguration> {
  const fetched = await session.fetchConfiguration();
  // An edge may withhold the newest, or be behind; nobody goes back for it.
  if (fetched.known.inForce.version < known.inForce.version) return known;
  keepConfiguration(place.home.configuration, fetched.published);
  const standing = standingOf(place, fetched.known.inForce.fieldList);
  if (!standing.takesPart) {
    clearAway(place, standing);
    throw new HeldBack(whyNot(standing));
  }
  return fetched.known;
}

/** With keys and configuration of today. What is due waits longer if there is no talking to the edge. */
async function open(place: WakePlace, due: readonly SpooledReport[], known: KnownConfiguration) {
  const { manifest, rootPublicKey, signal } = place;
  try {
    const session = await openSession({ ...manifest, rootPublicKey, signal });
    await agreeOnTime(place, session);
    return { session, known: await renewConfiguration(place, session, known) };
  } catch (error) {
    const mayPass = error instanceof NotNow || (error instanceof HeldBack && error.why === 'clock');
    if (mayPass) for (const report of due) postpone(report, place.clock(), place.random);
    throw error;
  }
}

async function send(place: WakePlace, due: readonly SpooledReport[], before: KnownConfiguration, renew: () => void) {
  const { session, known } = await open(place, due, before);
  const next = async () => {
    await place.pause(LEAST_PAUSE_MS + place.random() * PAUSE_SPREAD_MS);
    renew();
    return standingOf(place, known.inForce.fieldList).takesPart && quiet(place);
  };
  const chosen = shuffled(due, place.random).slice(0, MOST_AT_ONCE);
  const sent = await sendReports(chosen, { ...place, session, known, next });
  advanceSeed(place.home, weekOf(place.clock()), known.inForce.schedule.keepWeeks + 1);
  return sent;
}

async function act(
  place: WakePlace,
  known: KnownConfiguration,
  standing: Standing,
  renew: () => void,
): Promise<number> {
  const { home, manifest, random } = place;
  const now = place.clock();
  const { decision } = standing;
  if (decision === null || utcDay(now) < decision.day) throw new HeldBack('clock');
  ensureFolders(home);
  if (utcDay(now) >= decision.countsFrom) openWeek(home, weekOf(now));
  if (!quiet(place)) throw new HeldBack('application-started');
  const machine = machineFacts(place.env, place.country);
  const freezing = { home, manifest, known, decision, machine, now, random };
  tidyWeeks(freezing);
  freezeWeeks(freezing);
  const due = readSpool(home).filter(({ notBefore }) => notBefore <= now);
  return due.length === 0 ? 0 : send(place, due, known, renew);
}

function result(place: WakePlace, sent: number, held: Held | null, cause?: unknown): WakeResult {
  const waiting = existsSync(place.home.spool) ? readSpool(place.home) : [];
  const times = waiting.map(({ notBefore }) => notBefore.getTime());
  const nextAt = times.length > 0 ? new Date(Math.min(...times)) : null;
  return { sent, waiting: waiting.length, nextAt, held, ...(cause !== undefined && { cause }) };
}

function heldBy(error: unknown, signal: AbortSignal): Held {
  if (error instanceof HeldBack) return error.why;
  if (signal.aborted) return 'stopped';
  if (!(error instanceof NotNow)) return 'failed';
  return error.why === 'keys-unverified' || error.why === 'configuration-unverified' ? error.why : 'unreachable';
}

async function underLock(
  place: WakePlace,
  known: KnownConfiguration,
  standing: Standing,
  lock: Lock,
): Promise<WakeResult> {
  const watch = watchConsent(place.home);
  const signal = AbortSignal.any([place.signal, watch.signal]);
  try {
    return result(place, await act({ ...place, signal }, known, standing, lock.renew), null);
  } catch (error) {
    const held = heldBy(error, signal);
    return result(place, 0, held, held === 'failed' ? error : undefined);
  } finally {
    watch.end();
    lock.release();
    // The person may have left while folders were being made.
    const after = standingOf(place, known.inForce.fieldList);
    if (after.choice !== 'on') clearAway(place, after);
  }
}

async function wakeUp(place: WakePlace): Promise<WakeResult> {
  const known = await findConfiguration(place.home.configuration, place.manifest.configuration, place.rootPublicKey);
  const standing = standingOf(place, known?.inForce.fieldList ?? place.manifest.configuration.fieldList);
  if (!standing.takesPart) {
    clearAway(place, standing);
    return { sent: 0, waiting: 0, nextAt: null, held: whyNot(standing) };
  }
  if (!known?.inForce.products.some(({ id }) => id === place.manifest.suite)) {
    return result(place, 0, 'no-configuration');
  }
  ensureFolders(place.home);
  const lock = takeLock(place.home.lock);
  return lock === null ? result(place, 0, 'busy') : underLock(place, known, standing, lock);
}

/** Never throws. */
export async function wake(place: WakePlace): Promise<WakeResult> {
  try {
    return await wakeUp(place);
  } catch (cause) {
    return { sent: 0, waiting: 0, nextAt: null, held: 'failed', cause };
  }
}
