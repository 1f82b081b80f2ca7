/** Charts as SVG, drawn here: nothing runs in the reader's browser. Colours come from the style sheet. */
import { weeksBetween } from '@avow/protocol/improvement/weeks';
import { html, raw } from 'hono/html';
import type { Html } from '../page.ts';

export interface Point {
  week: string;
  /** Null: suppressed. */
  value: number | null;
}

const WIDTH = 600;
const HEIGHT = 190;
const LEFT = 4;
const RIGHT = 80;
const TOP = 22;
const BOTTOM = 26;

/** 1, 2 or 5 times a power of ten, not below `value`. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

/** Runs of weeks without a gap: a line never leads over a number that is not shown. */
function runsOf(points: readonly Point[]): Point[][] {
  const runs: Point[][] = [];
  let last: Point | null = null;
  for (const point of points) {
    if (point.value === null) last = null;
    else {
      if (last === null || weeksBetween(last.week, point.week) !== 1) runs.push([]);
      runs.at(-1)?.push(point);
      last = point;
    }
  }
  return runs;
}

/** A line by week, from zero. `label` says it all to those who do not see it; the table beside it has the numbers. */
export function weekChart(points: readonly Point[], label: string, tell: (value: number) => string): Html {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return html``;
  const span = Math.max(1, weeksBetween(first.week, last.week));
  const top = niceAbove(Math.max(...points.map(({ value }) => value ?? 0)));
  const x = (week: string) => LEFT + (weeksBetween(first.week, week) / span) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const place = ({ week, value }: Point) => `${x(week).toFixed(1)},${y(value ?? 0).toFixed(1)}`;
  const runs = runsOf(points);
  const dots = runs.filter((run) => run.length === 1 || run.includes(last)).flatMap((run) => run.slice(-1));
  return html`<svg class="week-chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
    ${[0, top / 2, top].map(
      (value) =>
        html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/>
          <text x="${LEFT}" y="${y(value) - 4}">${tell(value)}</text>`,
    )}
    ${runs.map((run) => html`<polyline points="${run.map(place).join(' ')}"/>`)}
    ${dots.map((point) => html`<circle cx="${x(point.week)}" cy="${y(point.value ?? 0)}" r="4"/>`)}
    ${
      last.value !== null &&
      html`<text class="told" x="${x(last.week) + 10}" y="${y(last.value) + 5}">${tell(last.value)}</text>`
    }
    <text x="${LEFT}" y="${HEIGHT - 6}">${first.week}</text>
    <text x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${last.week === first.week ? '' : last.week}</text>
  </svg>`;
}

/** The bar beside a number; the number says the same. */
export function shareBar(share: number): Html {
  const width = Math.max(0.5, Math.min(100, share * 100)).toFixed(1);
  return raw(
    `<svg class="share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="${width}" height="10"/></svg>`,
  );
}
