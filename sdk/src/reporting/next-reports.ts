/** The reports that will leave, byte for byte as they will: those that wait, and those of the running week as it stands. */
import type { ReportContent } from '@avow/protocol/improvement/report';
import { type Week, weekOf } from '@avow/protocol/improvement/weeks';
import type { SuiteManifest } from '../manifest.ts';
import type { Home } from '../place/home.ts';
import type { MachineFacts } from './facts.ts';
import type { KnownConfiguration } from './known-configuration.ts';
import { noncesOf, readSeed } from './seed.ts';
import { isFrozen, readSpool } from './spool.ts';
import { listWeeks, readStarts } from './week-files.ts';
import { makeReports } from './week-reports.ts';

export interface NextReport {
  week: Week;
  content: ReportContent;
  /** The report as it is sealed, UTF-8. */
  body: string;
  /** When it leaves at the earliest. Null: the week is not over; its starts may still rise. */
  notBefore: Date | null;
  /** How often sending failed. */
  attempts: number;
}

const HEAD = new Set(['fieldList', 'week', 'nonce']);

/** The bytes of a report hold its content and a head; the spool has only ever been filled from `makeReports`. */
function contentOf(body: string): ReportContent {
  const fields = Object.entries(JSON.parse(body) as object).filter(([name]) => !HEAD.has(name));
  return Object.fromEntries(fields) as unknown as ReportContent;
}

/** Throws as node:fs does. */
export function listNextReports(
  home: Home,
  manifest: SuiteManifest,
  known: KnownConfiguration,
  machine: MachineFacts,
  now: Date,
): NextReport[] {
  const waiting = readSpool(home)
    .sort((a, b) => a.notBefore.getTime() - b.notBefore.getTime())
    .map(({ week, body, notBefore, attempts }) => ({ week, content: contentOf(body), body, notBefore, attempts }));
  const seed = readSeed(home);
  const open = listWeeks(home).filter((week) => week <= weekOf(now) && !isFrozen(home, week));
  const coming = open.flatMap((week) => {
    const nonceOf = seed && noncesOf(seed, week);
    const reports =
      nonceOf && makeReports(manifest, known.inForce, { week, starts: readStarts(home, week), machine }, nonceOf);
    return (reports ?? []).map(({ content, bytes }) => ({
      week,
      content,
      body: new TextDecoder().decode(bytes),
      notBefore: null,
      attempts: 0,
    }));
  });
  return [...waiting, ...coming];
}
