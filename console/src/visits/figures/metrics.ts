/** Figures of the headline, and how each kind of figure is written. */
import type { MetricName } from '@avow/protocol/staff/visits';
import type { InLanguage } from '../../texts/in-language.ts';

export const HEADLINES = [
  'visitors',
  'visits',
  'pageViews',
  'viewsPerVisit',
  'bounceRate',
  'visitDuration',
] as const satisfies readonly MetricName[];
export type Headline = (typeof HEADLINES)[number];

type Unit = 'count' | 'share' | 'seconds' | 'percent' | 'ratio';

const UNITS: Partial<Record<MetricName, Unit>> = {
  bounceRate: 'share',
  engagedTime: 'seconds',
  visitDuration: 'seconds',
  viewsPerVisit: 'ratio',
  scrollDepth: 'percent',
};

export function unitOf(metric: MetricName): Unit {
  return UNITS[metric] ?? 'count';
}

/** A rise of these is no good sign. */
export const BETTER_LOW: ReadonlySet<MetricName> = new Set(['bounceRate', 'notFoundPages']);

const COMPACT_FROM = 1_000_000;

export function formatFigure(
  metric: MetricName,
  value: number,
  { number }: InLanguage,
  options?: { short?: boolean },
): string {
  switch (unitOf(metric)) {
    case 'count':
      return options?.short || value >= COMPACT_FROM
        ? number(value, { notation: 'compact', maximumFractionDigits: value >= COMPACT_FROM ? 2 : 1 })
        : number(value);
    case 'share':
      return number(value, { style: 'percent', maximumFractionDigits: 0 });
    case 'percent':
      return number(value / 100, { style: 'percent', maximumFractionDigits: 0 });
    case 'ratio':
      return number(value, { maximumFractionDigits: 1, minimumFractionDigits: options?.short ? 0 : 1 });
    case 'seconds':
      return formatSeconds(value, number);
  }
}

function formatSeconds(value: number, number: InLanguage['number']): string {
  const unit = (amount: number, name: 'hour' | 'minute' | 'second') =>
    number(amount, { style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: 0 });
  const seconds = Math.round(value);
  if (seconds < 60) return unit(seconds, 'second');
  const minutes = Math.floor(seconds / 60);
  const [large, small] =
    minutes < 60 ? ([minutes, seconds % 60] as const) : ([Math.floor(minutes / 60), minutes % 60] as const);
  return minutes < 60
    ? `${unit(large, 'minute')}${small ? ` ${unit(small, 'second')}` : ''}`
    : `${unit(large, 'hour')}${small ? ` ${unit(small, 'minute')}` : ''}`;
}

export interface Change {
  text: string;
  /** Whether it is a good sign; null where nothing changed. */
  good: boolean | null;
  direction: 'up' | 'down' | 'same';
}

/** From one period to the other: in per cent; of shares in percentage points. Null where there is nothing to compare with. */
export function changeOf(
  metric: MetricName,
  now: number | null,
  before: number | null,
  { number }: InLanguage,
): Change | null {
  if (now === null || before === null) return null;
  const points = unitOf(metric) === 'share';
  if (!points && before === 0) return null;
  const change = points ? Math.round((now - before) * 100) : Math.round(((now - before) / before) * 100);
  const direction = change === 0 ? 'same' : change > 0 ? 'up' : 'down';
  const size = number(Math.abs(change));
  return {
    text: points ? `${size} pp` : `${size} %`,
    direction,
    good: change === 0 ? null : change > 0 !== BETTER_LOW.has(metric),
  };
}
