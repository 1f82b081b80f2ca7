/**
 * Reports that wait, as files: `spool/2026-W48/07.json`. A week comes into the spool as a whole, by one rename, or not at all;
 * an empty folder says that the week is done.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findWeekStart, type Week } from '@avow/protocol/improvement/weeks';
import type { Home } from '../place/home.ts';
import { OWN_FOLDER } from '../place/home.ts';
import { flushFolder, readIfThere, writeNew, writeWhole } from '../place/whole-file.ts';

export interface WaitingReport {
  week: Week;
  /** Not sent before. */
  notBefore: Date;
  /** How often sending failed. */
  attempts: number;
  /** Byte for byte what is sealed. */
  body: string;
}

export interface SpooledReport extends WaitingReport {
  file: string;
}

const hashOf = (body: string) => createHash('sha256').update(body).digest('base64url');

function formatReport({ notBefore, attempts, body }: WaitingReport): string {
  return `${JSON.stringify({ notBefore: notBefore.toISOString(), attempts, body, hash: hashOf(body) })}\n`;
}

/** Null for what is not exactly as it was written: a report with a flipped bit would still be a report. */
function parseReport(text: string): Omit<WaitingReport, 'week'> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { notBefore, attempts, body, hash } = value as Partial<Record<string, unknown>>;
    const isSound = typeof body === 'string' && hash === hashOf(body);
    if (!isSound || typeof notBefore !== 'string' || Number.isNaN(Date.parse(notBefore))) return null;
    if (typeof attempts !== 'number' || !Number.isInteger(attempts) || attempts < 0) return null;
    return { notBefore: new Date(notBefore), attempts, body };
  } catch {
    return null;
  }
}

export function listSpooledWeeks(home: Home): Week[] {
  return readdirSync(home.spool)
    .filter((name) => findWeekStart(name) !== null)
    .sort();
}

export const isFrozen = (home: Home, week: Week): boolean => existsSync(join(home.spool, week));

/** Throws as node:fs does, and then nothing of the week is in the spool. */
export function spoolWeek(home: Home, week: Week, reports: readonly WaitingReport[]): void {
  const beside = join(home.spool, `${week}.${randomBytes(4).toString('hex')}.new`);
  mkdirSync(beside, { mode: OWN_FOLDER });
  try {
    for (const [index, report] of reports.entries()) {
      writeNew(join(beside, `${String(index).padStart(3, '0')}.json`), formatReport(report));
    }
    flushFolder(beside);
    renameSync(beside, join(home.spool, week));
    flushFolder(home.spool);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
}

/** All reports that wait. Whatever is damaged goes: nobody can tell any more what it said. */
export function readSpool(home: Home): SpooledReport[] {
  const found: SpooledReport[] = [];
  for (const week of listSpooledWeeks(home)) {
    const folder = join(home.spool, week);
    for (const name of namesIn(folder)) {
      const file = join(folder, name);
      const report = name.endsWith('.json') ? parseReport(readIfThere(file)?.toString('utf8') ?? '') : null;
      if (report === null) rmSync(file, { recursive: true, force: true });
      else found.push({ file, week, ...report });
    }
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not a folder at all. It still says that this week is not to be frozen again.
    return [];
  }
}

export function rewriteReport(report: SpooledReport): void {
  writeWhole(report.file, formatReport(report));
}

export function removeReport(report: SpooledReport): void {
  rmSync(report.file, { force: true });
}

export function isDone(home: Home, week: Week): boolean {
  return isFrozen(home, week) && namesIn(join(home.spool, week)).length === 0;
}

export function removeSpooledWeek(home: Home, week: Week): void {
  rmSync(join(home.spool, week), { recursive: true, force: true });
}

/** Weeks that a crash left half made. */
export function removeHalfMade(home: Home): void {
  for (const name of readdirSync(home.spool)) {
    if (name.endsWith('.new')) rmSync(join(home.spool, name), { recursive: true, force: true });
  }
}
