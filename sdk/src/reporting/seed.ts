/**
 * Where nonces come from. They are derived, not drawn: copies of one machine (cloned disk images, restored snapshots, a profile
 * that was taken along) derive the same ones, and the vault counts the same nonce once. The seed moves on each week by a
 * one-way step, so that old nonces cannot be found again, is deleted with everything else when the person leaves, and never
 * leaves the machine.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { addWeeks, findWeekStart, type Week, weeksBetween } from '@avow/protocol/improvement/weeks';
import type { Home } from '../place/home.ts';
import { readIfThere, writeWhole } from '../place/whole-file.ts';

export interface Seed {
  /** The first week whose nonces can be derived. */
  week: Week;
  secret: Buffer;
}

const SECRET_BYTES = 32;
const NONCE_BYTES = 16;
/** Twenty years: further ahead, the clock is wrong. */
const MAX_STEPS = 1_040;

/** Throws as node:fs does. */
export function createSeed(home: Home, week: Week): Seed {
  const seed = { week, secret: randomBytes(SECRET_BYTES) };
  writeSeed(home, seed);
  return seed;
}

function writeSeed(home: Home, { week, secret }: Seed): void {
  writeWhole(home.seed, `${week} ${secret.toString('hex')}\n`);
}

/** Null if it is missing or damaged. */
export function readSeed(home: Home): Seed | null {
  const [, week, secret] =
    /^(\d{4}-W\d{2}) ([0-9a-f]{64})\n$/.exec(readIfThere(home.seed)?.toString('latin1') ?? '') ?? [];
  if (week === undefined || secret === undefined || findWeekStart(week) === null) return null;
  return { week, secret: Buffer.from(secret, 'hex') };
}

function stepTo(seed: Seed, week: Week): Seed | null {
  const steps = weeksBetween(seed.week, week);
  if (steps < 0 || steps > MAX_STEPS) return null;
  let { secret } = seed;
  for (let step = 0; step < steps; step++)
    secret = createHash('sha256').update('avow/next-week\0').update(secret).digest();
  return { week, secret };
}

/** Makes the nonces of a week by label (`starts:photo`). Null for a week the seed has left behind. */
export function noncesOf(seed: Seed, week: Week): ((label: string) => string) | null {
  const ofWeek = stepTo(seed, week);
  if (ofWeek === null) return null;
  return (label) =>
    createHmac('sha256', ofWeek.secret)
      .update(`avow/report-nonce\0${week}\0${label}`)
      .digest()
      .subarray(0, NONCE_BYTES)
      .toString('base64url');
}

/** Forgets what is older than `weeks` before `now`, by a clock that the relay has confirmed. */
export function advanceSeed(home: Home, now: Week, weeks: number): void {
  const seed = readSeed(home);
  const next = seed && stepTo(seed, addWeeks(now, -weeks));
  if (seed && next && next.week !== seed.week) writeSeed(home, next);
}
