/** What is true of the play, counted from what happened and not from what was sent. */
import { bucketOf } from '@avow/protocol/improvement/report';
import { addWeeks, type Week, weekOf } from '@avow/protocol/improvement/weeks';
import type { WeekFacts } from '@avow/sdk/reporting/week-reports';
import type { Installation } from './population.ts';

export interface WeekTruth {
  week: Week;
  actives: Set<number>;
  newInstallations: number;
  /** By version, as installed. */
  versions: Map<string, number>;
  /** Of the first application, by step. */
  starts: Map<string, number>;
}

export function emptyTruth(week: Week): WeekTruth {
  return { week, actives: new Set(), newInstallations: 0, versions: new Map(), starts: new Map() };
}

const add = (counts: Map<string, number>, label: string) => counts.set(label, (counts.get(label) ?? 0) + 1);

export function note(truth: WeekTruth, { number, manifest }: Installation, facts: WeekFacts): void {
  truth.actives.add(number);
  const installed = weekOf(new Date(manifest.installedAt));
  if (installed === truth.week || installed === addWeeks(truth.week, -1)) truth.newInstallations += 1;
  add(truth.versions, manifest.version);
  const [first] = manifest.applications;
  if (first && manifest.installed.includes(first.id)) add(truth.starts, bucketOf(facts.starts.get(first.number) ?? 0));
}

/** Installations that reported about at least one of these weeks. */
export function distinctOver(truths: readonly WeekTruth[]): number {
  return new Set(truths.flatMap(({ actives }) => [...actives])).size;
}
