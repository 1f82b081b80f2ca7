/** Conditions on `visit_events`. Columns come from the list of dimensions, values go into parameters. */
import { addDays, daysBetween, type IsoDay } from '../../platform/day.ts';
import { type Dimension, dimensionOf, isProperty } from './dimensions.ts';
import type { Parameters } from './parameters.ts';
import type { AnyDimension, Filter } from './question.ts';
import type { Scope } from './scope.ts';

/** How many neighbouring days are read too, for visits that go over midnight. */
export interface Neighbours {
  before: 0 | 1;
  after: 0 | 1;
}
export const BOTH_NEIGHBOURS: Neighbours = { before: 1, after: 1 };

/** What is selected for a dimension. */
export function columnOf(name: AnyDimension, parameters: Parameters): string {
  return isProperty(name) ? `props[${propertyOf(name, parameters)}]` : dimensionOf(name).column;
}

function propertyOf(name: AnyDimension, parameters: Parameters): string {
  return parameters.add(name.slice('property:'.length), 'String');
}

/** That an event has the dimension at all. */
export function presenceOf(name: AnyDimension, parameters: Parameters): string[] {
  const { kind }: Dimension = dimensionOf(name);
  const conditions = kind ? [`kind = '${kind}'`] : [];
  if (name === 'exitPage') return ["exit_path != ''"];
  return isProperty(name) ? [...conditions, `mapContains(props, ${propertyOf(name, parameters)})`] : conditions;
}

/** Events of the sites, with or without bots, of the days and their neighbours. */
export function groundOf(scope: Scope, parameters: Parameters, neighbours: Neighbours): string[] {
  const { sites, days, bots, zone, reportingZone } = scope;
  // Days of another zone reach into the neighbouring days of the reporting zone.
  const shift = zone === reportingZone ? 0 : 1;
  const from = parameters.add(addDays(days.from, -neighbours.before - shift), 'Date');
  const to = parameters.add(addDays(days.to, neighbours.after + shift), 'Date');
  const conditions = [`site IN ${parameters.add(sites, 'Array(String)')}`, `day BETWEEN ${from} AND ${to}`];
  if (bots !== 'in') conditions.push(bots === 'out' ? "bot = ''" : "bot != ''");
  return conditions;
}

/** Events of the days and of the one after them, where visits may have gone on. */
export function dayRange(scope: Scope, parameters: Parameters): string[] {
  return groundOf(scope, parameters, { before: 0, after: 1 });
}

/** The day in the column is one of these, which are in order. */
export function amongDays(days: readonly IsoDay[], parameters: Parameters, column = 'day'): string {
  const [first = ''] = days;
  const last = days.at(-1) ?? '';
  const within = `${column} BETWEEN ${parameters.add(first, 'Date')} AND ${parameters.add(last, 'Date')}`;
  if (daysBetween(first, last) === days.length - 1) return within;
  return `${within} AND ${column} IN ${parameters.add(days, 'Array(Date)')}`;
}

/** The day, in the zone of the question, of the hour in a column. */
export function dayOf(hour: string, { zone, reportingZone }: Scope, parameters: Parameters): string {
  return hour === 'hour' && zone === reportingZone ? 'day' : `toDate(${hour}, ${parameters.add(zone, 'String')})`;
}

/** That the hour in the column lies in the days that the events are asked for. */
export function withinDays(hour: string, scope: Scope, parameters: Parameters): string {
  const { days, rolledUp } = scope;
  const day = dayOf(hour, scope, parameters);
  const within = `${day} BETWEEN ${parameters.add(days.from, 'Date')} AND ${parameters.add(days.to, 'Date')}`;
  return rolledUp.length === 0 ? within : `${within} AND NOT has(${parameters.add(rolledUp, 'Array(Date)')}, ${day})`;
}

export function filterConditions(scope: Scope, parameters: Parameters): string[] {
  return scope.filters.flatMap((filter) =>
    filter.within === 'visit' ? [visitCondition(filter, scope, parameters)] : eventConditions(filter, parameters),
  );
}

/** That an event itself passes the filter. */
export function eventConditions({ dimension, operator, values }: Filter, parameters: Parameters): string[] {
  const value = columnOf(dimension, parameters);
  const list = parameters.add(values, 'Array(String)');
  const matches = {
    is: `${value} IN ${list}`,
    'is not': `${value} NOT IN ${list}`,
    contains: `arrayExists(part -> position(${value}, part) > 0, ${list})`,
    'starts with': `arrayExists(start -> startsWith(${value}, start), ${list})`,
  };
  return [...presenceOf(dimension, parameters), matches[operator]];
}

/** Of visits in which it happened; `is not`: in which none of these happened. */
function visitCondition(filter: Filter, scope: Scope, parameters: Parameters): string {
  const not = filter.operator === 'is not';
  const where = [
    ...groundOf(scope, parameters, BOTH_NEIGHBOURS),
    ...eventConditions(not ? { ...filter, operator: 'is' } : filter, parameters),
  ];
  const source = eventsOf({ ...scope, dimensions: [], filters: [{ ...filter, within: 'event' }] }, parameters);
  return `(site, visit) ${not ? 'NOT IN' : 'IN'} (SELECT site, visit FROM ${source} WHERE ${where.join(' AND ')})`;
}

/** The table of events; with the last page of each visit where the question needs it, which no event knows. */
export function eventsOf(scope: Scope, parameters: Parameters): string {
  const { dimensions, filters } = scope;
  if (![...dimensions, ...filters.map(({ dimension }) => dimension)].includes('exitPage')) return 'visit_events';
  const ground = groundOf(scope, parameters, BOTH_NEIGHBOURS).join(' AND ');
  const exits = `SELECT site, visit, argMaxIf(path, seq, kind = 'view') AS exit_path FROM visit_events WHERE ${ground} GROUP BY site, visit`;
  return `(SELECT * FROM visit_events INNER JOIN (${exits}) AS exits USING (site, visit) WHERE ${ground})`;
}
