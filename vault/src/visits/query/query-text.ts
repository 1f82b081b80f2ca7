/** The query of some sums: branches that each give some of them, added up. Several lists of sums travel in one query, each with its number. */
import type { IsoDay } from '../../platform/day.ts';
import { daysFrom } from '../reporting-day.ts';
import { type Branch, eventBranches } from './branches.ts';
import type { Granularity } from './buckets.ts';
import { dayOf } from './conditions.ts';
import { liveVisitDays } from './live-visit-days.ts';
import { PARTS, type Part } from './metrics.ts';
import { Parameters } from './parameters.ts';
import {
  canShareSums,
  canUseRollUps,
  importedBranches,
  rollUpBranches,
  sharedBranches,
  summedDays,
} from './roll-up-branches.ts';
import type { Scope } from './scope.ts';
import { canUseVisitDays, visitDayConditions } from './visit-branches.ts';
import { splitOf, visitSets } from './visit-sets.ts';

/** A list of sums: one for each row of a split, or one alone. */
export interface Wanted {
  /** `totals` or `rows`. */
  name: string;
  scope: Scope;
  parts: readonly Part[];
  limit: number;
}

export interface QueryText {
  /** As in the comment at its beginning. */
  name: string;
  text: string;
  parameters: Parameters['values'];
}

/**
 * Rows have `list` (the number among the wanted), `bucket` (empty without a granularity), `d0`, `d1` (empty without dimensions), and `s_` before
 * the name of each part. Of each list sorted by time, then by its first part.
 */
export function writeQuery(wanted: readonly Wanted[]): QueryText {
  const parameters = new Parameters();
  const all = new Set(wanted.flatMap(({ parts }) => parts));
  const parts = PARTS.filter((part) => all.has(part));
  const timed = wanted.some(({ scope }) => scope.granularity);
  const width = Math.max(...wanted.map(({ scope }) => scope.dimensions.length));
  const keys = ['list', ...(timed ? ['bucket'] : []), ...Array.from({ length: width }, (_, index) => `d${index}`)];
  const texts = branchTexts(wanted, { parts, keys }, parameters);
  const name = `visits.${[...new Set(wanted.map((one) => one.name))].join('+')}`;
  const first = wanted.map(({ parts: [part] }, list) => `list = ${list}, s_${part}`).join(', ');
  const limits = wanted.map(({ limit }) => limit);
  const lines = [
    `/* ${name} */`,
    `SELECT ${[...keys, ...parts.map((part) => `sum(s_${part}) AS s_${part}`)].join(', ')}`,
    `FROM (\n${texts.join('\nUNION ALL\n')}\n)`,
    `GROUP BY ${keys.join(', ')}`,
    `ORDER BY ${['list', ...(timed ? ['bucket'] : []), `multiIf(${first}, 0) DESC`, ...keys.slice(timed ? 2 : 1)].join(', ')}`,
    `LIMIT ${parameters.add(Math.max(...limits), 'UInt32')} BY list`,
  ];
  return { name, text: lines.join('\n'), parameters: parameters.values };
}

interface Columns {
  parts: readonly Part[];
  keys: readonly string[];
}

interface Place {
  list: number;
  one: Wanted;
}

/** Lists of the same ground that are had in one pass; two that are split alike are not. */
class Passes {
  readonly #passes = new Map<string, Map<string, Place>>();

  add(ground: readonly unknown[], place: Place): void {
    const split = splitOf(place.one.scope);
    for (let number = 0; ; number++) {
      const key = JSON.stringify([...ground, number]);
      const pass = this.#passes.get(key) ?? new Map<string, Place>();
      if (pass.has(split)) continue;
      this.#passes.set(key, pass.set(split, place));
      return;
    }
  }

  *[Symbol.iterator](): Generator<[first: Place, ...rest: Place[]]> {
    for (const pass of this.#passes.values()) {
      const [first, ...rest] = pass.values();
      if (first) yield [first, ...rest];
    }
  }
}

function branchTexts(wanted: readonly Wanted[], columns: Columns, parameters: Parameters): string[] {
  const texts: string[] = [];
  const passes = { sums: new Passes(), visits: new Passes(), live: new Passes() };
  wanted.forEach((one, list) => {
    const { scope, parts } = one;
    const add = (branches: readonly Branch[], of: Scope) => {
      for (const branch of branches) {
        texts.push(branchText(of, { ...columns, list: String(list), wanted: parts }, branch, parameters));
      }
    };
    const store = storeOf(scope, parts);
    const days = storedDays(scope, parts);
    const ground = [scope.sites, scope.bots, scope.filters, days];
    if (days.length > 0) {
      if (store === 'visits') passes.visits.add(ground, { list, one });
      else if (canShareSums(scope)) passes.sums.add(ground, { list, one });
      else add(rollUpBranches(scope, parts, parameters), scope);
    }
    add(importedBranches(scope, parts, parameters), scope);
    const rest = restOf(scope, days);
    if (!rest) return;
    if (canUseVisitDays(scope, parts)) passes.live.add([...ground, rest.days], { list, one: { ...one, scope: rest } });
    else add(eventBranches(rest, parts, parameters), rest);
  });
  for (const places of passes.sums) {
    const lists = places.map(({ list }) => list).join(', ');
    const scopes = places.map(({ one }) => one.scope);
    for (const { number, branch } of sharedBranches(scopes, columns.parts, parameters)) {
      const list = `[${lists}][${number}]`;
      texts.push(branchText(places[0].one.scope, { ...columns, list, wanted: columns.parts }, branch, parameters));
    }
  }
  for (const places of passes.visits) {
    const where = visitDayConditions(places[0].one.scope, parameters);
    texts.push(visitSets(places.map(member), { ...columns, from: 'visit_days', where }, parameters));
  }
  for (const places of passes.live) {
    const dimensions = places.flatMap(({ one }) => one.scope.dimensions);
    const from = liveVisitDays(places[0].one.scope, dimensions, parameters);
    texts.push(visitSets(places.map(member), { ...columns, from, where: [] }, parameters));
  }
  return texts;
}

const member = ({ list, one }: Place) => ({ list, scope: one.scope });

/** The same of the days that are not among these; null: there are none. */
function restOf(scope: Scope, stored: readonly IsoDay[]): Scope | null {
  const rest = daysFrom(scope.days.from, scope.days.to).filter((day) => !stored.includes(day));
  const [from] = rest;
  const to = rest.at(-1);
  if (from === undefined || to === undefined) return null;
  return { ...scope, days: { from, to }, rolledUp: stored.filter((day) => day > from && day < to) };
}

/** The days of which no single events are needed. */
export function storedDays(scope: Scope, parts: readonly Part[]): readonly IsoDay[] {
  return { sums: summedDays(scope), visits: scope.visitDays, events: [] }[storeOf(scope, parts)];
}

/** From where the days are told that need no single events. */
export function storeOf(scope: Scope, parts: readonly Part[]): 'sums' | 'visits' | 'events' {
  if (canUseRollUps(scope, parts)) return 'sums';
  return canUseVisitDays(scope, parts) ? 'visits' : 'events';
}

function branchText(
  scope: Scope,
  { parts, keys, list, wanted }: Columns & { list: string; wanted: readonly Part[] },
  branch: Branch,
  parameters: Parameters,
): string {
  const values = branch.values.map((value) => `toString(${value})`);
  const columns = keys.map((key) => {
    if (key === 'list') return `toUInt64(${list}) AS list`;
    if (key === 'bucket') {
      return `${scope.granularity ? bucketText(branch, scope.granularity, scope, parameters) : "''"} AS bucket`;
    }
    return `${values[Number(key.slice(1))] ?? "''"} AS ${key}`;
  });
  const sums = parts.map((part) => `toUInt64(${(wanted.includes(part) && branch.sums[part]) || '0'}) AS s_${part}`);
  const where = branch.where.length > 0 ? ` WHERE ${branch.where.join(' AND ')}` : '';
  const own = [
    ...(list.startsWith('[') ? ['list'] : []),
    ...(scope.granularity ? ['bucket'] : []),
    ...branch.values.map((_, index) => `d${index}`),
  ];
  const group = own.length > 0 ? ` GROUP BY ${own.join(', ')}` : '';
  return `SELECT ${[...columns, ...sums].join(', ')} FROM ${branch.from}${where}${group}`;
}

function bucketText({ hour }: Branch, granularity: Granularity, scope: Scope, parameters: Parameters): string {
  const day = hour === null ? 'day' : dayOf(hour, scope, parameters);
  const texts: Record<Granularity, string> = {
    hour: `toString(toUnixTimestamp(${hour}))`,
    day: `toString(${day})`,
    week: `toString(toMonday(${day}))`,
    month: `toString(toStartOfMonth(${day}))`,
  };
  return texts[granularity];
}
