/**
 * By which queries lists of sums are read: each reads one table, for as many lists as can be had in one pass. What is known of finished
 * days is not read again.
 */
import { eventBranches, isScrollPart } from './branches.ts';
import { isDaily } from './daily-sums.ts';
import { type FinishedSums, type FoundRows, nameOfDays } from './finished-sums.ts';
import { liveVisitDays } from './live-visit-days.ts';
import { PARTS, type Part } from './metrics.ts';
import { Parameters } from './parameters.ts';
import { restOf, storedDays, storeOf, type Wanted } from './query-text.ts';
import {
  canShareSums,
  importedBranches,
  rollUpBranches,
  type SumTable,
  sumTables,
  valuesBranch,
} from './roll-up-branches.ts';
import type { Scope } from './scope.ts';
import { type SimpleQuery, writeBranch, writeSets } from './simple-query.ts';
import { canUseVisitDays, visitBranch, visitDayConditions } from './visit-branches.ts';
import { splitOf, visitSets } from './visit-sets.ts';

/** A list that takes rows of a pass. */
interface Taker {
  /** Its place among the wanted. */
  at: number;
  one: Wanted;
  /** Under which its rows are remembered; null: they change. */
  key: string | null;
}

export interface Pass {
  simple: SimpleQuery;
  /** In the order of the column `list`, if there is one. */
  takers: readonly Taker[];
}

export interface Passes {
  passes: Pass[];
  /** What is known already. */
  known: { at: number; found: FoundRows }[];
  /** The places of those of which finished days are read day by day. */
  daily: number[];
}

export function passesOf(wanted: readonly Wanted[], finished: FinishedSums): Passes {
  const told: Passes = { passes: [], known: [], daily: [] };
  const shared = new Shared();
  wanted.forEach((one, at) => {
    const { scope, parts } = one;
    const store = storeOf(scope, parts);
    const days = storedDays(scope, parts);
    const alone = (key: string | null, simple: SimpleQuery | null) => {
      if (simple) told.passes.push({ simple, takers: [{ at, one, key }] });
    };
    const parameters = new Parameters();
    const unlessKnown = (source: string, ofDays: typeof days, read: (key: string) => void) => {
      const key = keyOf(source, one, ofDays);
      const found = finished.find(key);
      if (found) told.known.push({ at, found });
      else read(key);
    };
    if (days.length > 0) {
      if (store === 'visits') {
        unlessKnown('visits', days, (key) => shared.add('visits', groundOf(scope, days), { at, one, key }));
      } else if (isDaily(scope)) told.daily.push(at);
      else if (scope.granularity === 'hour') {
        for (const branch of rollUpBranches(scope, parts, parameters)) {
          unlessKnown(branch.from, days, (key) => alone(key, writeBranch(scope, branch, written(one), parameters)));
        }
      } else {
        for (const table of sumTables(scope)) {
          unlessKnown(table.name, table.days, (key) => {
            if (canShareSums(scope)) shared.add(table, groundOf(scope, table.days), { at, one, key });
            else {
              const { branch } = valuesBranch([scope], parts, table, parameters);
              alone(key, writeBranch(scope, branch, written(one), parameters));
            }
          });
        }
      }
    }
    for (const branch of importedBranches(scope, parts, parameters)) {
      alone(null, writeBranch(scope, branch, written(one), parameters));
    }
    const rest = restOf(scope, days);
    if (!rest) return;
    // How far pages were scrolled, only their events tell.
    const [visited, others] = canUseVisitDays(
      scope,
      parts.filter((part) => !isScrollPart(part)),
    )
      ? [parts.filter((part) => !isScrollPart(part)), parts.filter(isScrollPart)]
      : [[], parts];
    if (visited.length > 0) {
      const ground = [...groundOf(scope, days), rest.days];
      shared.add('live', ground, { at, one: { ...one, parts: visited, scope: rest }, key: null });
    }
    for (const branch of others.length > 0 ? eventBranches(rest, others, parameters) : []) {
      alone(null, writeBranch(rest, branch, { ...written(one), parts: others }, parameters));
    }
  });
  return { ...told, passes: [...shared.passes(), ...told.passes] };
}

const written = ({ name, parts, limit }: Wanted) => ({ name, parts, limit });

function groundOf(scope: Scope, days: readonly string[]): unknown[] {
  return [scope.sites, scope.bots, scope.filters, nameOfDays(days, scope.builds)];
}

function keyOf(source: string, { scope, parts, limit }: Wanted, days: readonly string[]): string {
  const { dimensions, granularity } = scope;
  return JSON.stringify([source, ...groundOf(scope, days), dimensions, granularity, parts, limit]);
}

type Source = 'visits' | 'live' | SumTable;

/** Lists of the same ground that are had in one pass; two that are split alike are not. */
class Shared {
  readonly #passes = new Map<string, { source: Source; takers: Map<string, Taker> }>();

  add(source: Source, ground: readonly unknown[], taker: Taker): void {
    const split = splitOf(taker.one.scope);
    for (let number = 0; ; number++) {
      const key = JSON.stringify([typeof source === 'string' ? source : source.name, ...ground, number]);
      const pass = this.#passes.get(key) ?? { source, takers: new Map<string, Taker>() };
      if (pass.takers.has(split)) continue;
      pass.takers.set(split, taker);
      this.#passes.set(key, pass);
      return;
    }
  }

  passes(): Pass[] {
    return [...this.#passes.values()].flatMap(({ source, takers }) => {
      const simple = writeShared(source, [...takers.values()]);
      return simple ? [{ simple, takers: [...takers.values()] }] : [];
    });
  }
}

function writeShared(source: Source, takers: readonly Taker[]): SimpleQuery | null {
  const parameters = new Parameters();
  const [scope, ...others] = takers.map(({ one }) => one.scope);
  if (!scope) return null;
  const scopes = [scope, ...others] as const;
  const wantedParts = new Set<Part>(takers.flatMap(({ one }) => one.parts));
  const parts = PARTS.filter((part) => wantedParts.has(part));
  const name = [...new Set(takers.map(({ one }) => one.name))].join('+');
  const limit = Math.max(...takers.map(({ one }) => one.limit));
  if (typeof source !== 'string') {
    const { number, branch } = valuesBranch(scopes, parts, source, parameters);
    const list = takers.length > 1 ? { list: `${number} - 1` } : {};
    return writeBranch(scope, branch, { name, parts, limit, ...list }, parameters);
  }
  const of =
    source === 'visits'
      ? { from: 'visit_days', where: visitDayConditions(scope, parameters) }
      : {
          from: liveVisitDays(
            scope,
            scopes.flatMap(({ dimensions }) => dimensions),
            parameters,
          ),
          where: [],
        };
  if (others.length === 0) {
    return writeBranch(scope, visitBranch(scope, of, parameters), { name, parts, limit }, parameters);
  }
  return writeSets(visitSets(scopes, { ...of, parts }, parameters), { name, parts, limit }, parameters);
}
