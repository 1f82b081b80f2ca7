/** What the figures are, told once more in plain loops over the events, for tests to compare the queries with. Slow and obvious. */
import type { VisitEvent } from '@avow/protocol/visits';
import { bucketOf, type Granularity } from './buckets.ts';
import type { Days } from './period.ts';
import type { Filter } from './question.ts';
import { localDay } from './zone.ts';

interface Asked {
  sites: readonly string[];
  days: Days;
  zone: string;
  dimensions: readonly string[];
  granularity: Granularity | null;
  filters: readonly Filter[];
  bots: 'out' | 'in' | 'only';
}

export type Figures = Record<string, number | null>;
type Cell = Record<string, number | Set<string>>;

const FIELDS: Record<string, keyof VisitEvent> = {
  entryPage: 'entryPath',
  page: 'path',
  notFound: 'path',
  event: 'name',
  form: 'name',
  outbound: 'target',
  download: 'target',
};
const KINDS: Record<string, string> = {
  event: 'event',
  form: 'form',
  outbound: 'outbound',
  download: 'download',
  notFound: 'not-found',
};
const ABOUT_EVENTS = [...Object.keys(KINDS), 'property'];

/** Figures by `["bucket", "value", …]`. */
export function reference(events: readonly VisitEvent[], asked: Asked): Map<string, Figures> {
  const { sites, days, zone, dimensions, granularity, filters, bots } = asked;
  const ground = events.filter(
    ({ site, bot }) => sites.includes(site) && (bots === 'in' || (bot === '') === (bots === 'out')),
  );
  const visits = Map.groupBy(ground, ({ site, visit }) => `${site} ${visit}`);
  const names = [
    ...dimensions,
    ...filters.filter(({ within }) => within !== 'visit').map(({ dimension }) => dimension),
  ];
  const byEvent = names.some((name) => ABOUT_EVENTS.includes(name.split(':')[0] ?? ''));
  const byPage = !byEvent && names.includes('page');
  const cells = new Map<string, Cell>();

  const cellAt = (hour: number, values: readonly string[]): Cell | null => {
    const day = localDay(hour, zone);
    if (day < days.from || day > days.to) return null;
    const key = JSON.stringify([...(granularity ? [bucketOf(hour, granularity, zone)] : []), ...values]);
    const cell = cells.get(key) ?? { visitors: new Set<string>() };
    cells.set(key, cell);
    return cell;
  };
  const add = (cell: Cell | null, name: string, count: number) => {
    if (cell) cell[name] = ((cell[name] as number | undefined) ?? 0) + count;
  };

  for (const visit of visits.values()) {
    visit.sort((one, other) => one.seq - other.seq);
    const exit = visit.findLast(({ kind }) => kind === 'view')?.path ?? '';
    const valueAt = (event: VisitEvent, name: string): string | null => {
      if (name === 'exitPage') return exit || null;
      if (name === 'browserVersion') return `${event.browser} ${event.browserVersion}`.trim();
      if (name === 'osVersion') return `${event.os} ${event.osVersion}`.trim();
      if (name.startsWith('property:')) return event.kind === 'event' ? (event.props[name.slice(9)] ?? null) : null;
      if (KINDS[name] && event.kind !== KINDS[name]) return null;
      return String(event[FIELDS[name] ?? (name as keyof VisitEvent)]);
    };
    const passes = (event: VisitEvent, { dimension, operator, values }: Filter): boolean => {
      const value = valueAt(event, dimension);
      if (value === null) return false;
      if (operator === 'is') return values.includes(value);
      if (operator === 'is not') return !values.includes(value);
      return values.some((part) => (operator === 'contains' ? value.includes(part) : value.startsWith(part)));
    };
    const admitted = filters.every((filter) => {
      if (filter.within !== 'visit') return true;
      if (filter.operator === 'is not') return !visit.some((event) => passes(event, { ...filter, operator: 'is' }));
      return visit.some((event) => passes(event, filter));
    });
    if (!admitted) continue;
    const matching = visit.filter(
      (event) =>
        filters.every((filter) => filter.within === 'visit' || passes(event, filter)) &&
        dimensions.every((name) => valueAt(event, name) !== null),
    );
    const engaged = visit.reduce((sum, { engagedMs }) => sum + engagedMs, 0);
    const views = visit.filter(({ kind }) => kind === 'view').length;
    const acts = visit.filter(({ kind }) => kind !== 'view' && kind !== 'engagement').length;
    const counted = new Set<string>();
    const depths = new Map<string, { hour: number; values: string[]; depth: number }>();
    for (const event of matching) {
      const values = dimensions.map((name) => valueAt(event, name) ?? '');
      const cell = cellAt(event.hour, values);
      add(cell, event.kind, 1);
      add(cell, 'engaged', event.engagedMs);
      (cell?.visitors as Set<string> | undefined)?.add(`${event.site} ${event.day} ${event.visitor}`);
      const row = JSON.stringify(values);
      if ((!byPage || event.kind === 'view') && !counted.has(row)) {
        counted.add(row);
        add(cell, 'visits', 1);
        const start = cellAt(visit[0]?.hour ?? 0, values);
        add(start, 'starts', 1);
        add(start, 'bounces', views === 1 && engaged < 10_000 && acts === 0 ? 1 : 0);
        add(start, 'seen', views);
        add(start, 'duration', engaged);
      }
      if (event.kind === 'engagement') {
        const page = JSON.stringify([event.path, ...values]);
        const known = depths.get(page) ?? { hour: event.hour, values, depth: 0 };
        depths.set(page, { ...known, depth: Math.max(known.depth, event.scrollPercent) });
      }
    }
    for (const { hour, values, depth } of depths.values()) {
      add(cellAt(hour, values), 'depth', depth);
      add(cellAt(hour, values), 'depths', 1);
    }
  }
  return new Map([...cells].map(([key, cell]) => [key, figuresOf(cell)]));
}

function figuresOf(cell: Cell): Figures {
  const count = (name: string) => (cell[name] as number | undefined) ?? 0;
  const ratio = (one: number, other: number) => (other === 0 ? null : one / other);
  return {
    pageViews: count('view'),
    visits: count('visits'),
    visitors: (cell.visitors as Set<string>).size,
    bounceRate: ratio(count('bounces'), count('starts')),
    engagedTime: ratio(count('engaged') / 1000, count('view')),
    visitDuration: ratio(count('duration') / 1000, count('starts')),
    viewsPerVisit: ratio(count('seen'), count('starts')),
    scrollDepth: ratio(count('depth'), count('depths')),
    events: count('event'),
    outboundLinks: count('outbound'),
    downloads: count('download'),
    notFoundPages: count('not-found'),
    formsSent: count('form'),
  };
}
