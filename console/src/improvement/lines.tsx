/** Lines over weeks: named at their ends, read all at once by pointer or arrow keys; what is suppressed is a hatched band, never zero. */
import { Box, VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { type KeyboardEvent, useId, useState } from 'react';
import styles from './improvement.module.css';
import { texts } from './texts.ts';

export interface LineSeries {
  name: string;
  /** By week. Null: suppressed. */
  values: readonly (number | null)[];
}

const HEIGHT = 240;
const [TOP, BOTTOM, LEFT] = [12, 24, 52];
const NAME_PIXELS = 96;
const LABEL_PIXELS = 84;
/** So many lines can be told apart. */
export const MOST_LINES = 5;
const LEAST_GAP = 14;

export function Lines({
  weeks,
  series,
  format,
  label,
  withheld,
}: {
  weeks: readonly string[];
  series: readonly LineSeries[];
  format(value: number): string;
  label: string;
  /** What is said where nothing is told. */
  withheld: string;
}) {
  const say = texts.useTexts();
  const { ref, width } = useElementSize();
  const hatch = useId();
  const [cursor, setCursor] = useState<number | null>(null);
  const most = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const right = Math.max(LEFT + 1, width - NAME_PIXELS);
  const y = scaleLinear([0, most || 1], [HEIGHT - BOTTOM, TOP]).nice(4);
  const x = scaleLinear([0, Math.max(1, weeks.length - 1)], [LEFT, right]);
  const draw = line<number | null>(
    (_, index) => x(index),
    (value) => y(value ?? 0),
  ).defined((value) => value !== null);
  const every = Math.max(1, Math.ceil((weeks.length * LABEL_PIXELS) / Math.max(1, right - LEFT)));
  const names = placeNames(series, y);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = weeks.length - 1;
    const to = { ArrowLeft: (cursor ?? last + 1) - 1, ArrowRight: (cursor ?? -1) + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setCursor(Math.max(0, Math.min(last, to)));
  };
  const told = (value: number | null | undefined) => (typeof value === 'number' ? format(value) : withheld);
  return (
    <Box
      ref={ref}
      className={styles.chart}
      tabIndex={0}
      role="group"
      aria-label={label}
      onKeyDown={onKeyDown}
      onBlur={() => setCursor(null)}
    >
      <svg
        className={styles.svg}
        height={HEIGHT}
        aria-hidden
        onPointerMove={(event) => {
          const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
          setCursor(Math.max(0, Math.min(weeks.length - 1, Math.round(x.invert(at)))));
        }}
        onPointerLeave={() => setCursor(null)}
      >
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className={styles.hatchLine} x1="0" y1="0" x2="0" y2="5" />
          </pattern>
        </defs>
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={LEFT} x2={right} y1={y(tick)} y2={y(tick)} />
            <text className={styles.tick} x={LEFT - 8} y={y(tick)} dy="0.32em" textAnchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {weeks.map((week, index) =>
          (weeks.length - 1 - index) % every === 0 ? (
            <text key={week} className={styles.tick} x={x(index)} y={HEIGHT - 6} textAnchor="middle">
              {week.slice(2).replace('-', ' ')}
            </text>
          ) : null,
        )}
        {weeks.map((week, index) =>
          series.every(({ values }) => values[index] === null) ? (
            <rect
              key={week}
              x={x(index) - 5}
              y={TOP}
              width={10}
              height={HEIGHT - TOP - BOTTOM}
              fill={`url(#${hatch})`}
            />
          ) : null,
        )}
        {cursor !== null && (
          <line className={styles.cursor} x1={x(cursor)} x2={x(cursor)} y1={TOP} y2={HEIGHT - BOTTOM} />
        )}
        {series.map(({ name, values }, at) => (
          <g key={name} data-series={at}>
            <path className={styles.line} d={draw([...values]) ?? ''} />
            {values.map((value, index) =>
              value !== null && values[index - 1] == null && values[index + 1] == null ? (
                // A week alone has no line.
                <circle key={weeks[index]} className={styles.dot} cx={x(index)} cy={y(value)} r={2.5} />
              ) : null,
            )}
            {cursor !== null && typeof values[cursor] === 'number' && (
              <circle className={styles.dot} cx={x(cursor)} cy={y(values[cursor] ?? 0)} r={3.5} />
            )}
            {names.get(name) !== undefined && (
              <text className={styles.name} x={right + 8} y={names.get(name)} dy="0.32em">
                {name}
              </text>
            )}
          </g>
        ))}
      </svg>
      <div className={styles.read} aria-live="polite">
        {cursor === null
          ? '\u00a0'
          : `${say.weekName(weeks[cursor] ?? '')}: ${series
              .map(({ name, values }) => `${name} ${told(values[cursor])}`)
              .join(' · ')}`}
      </div>
      <VisuallyHidden>
        <table>
          <caption>{label}</caption>
          <tbody>
            {weeks.map((week, index) => (
              <tr key={week}>
                <th scope="row">{say.weekName(week)}</th>
                {series.map(({ name, values }) => (
                  <td key={name}>{`${name}: ${told(values[index])}`}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Box>
  );
}

/** Names stand where their lines end, and do not touch. */
function placeNames(series: readonly LineSeries[], y: (value: number) => number): Map<string, number> {
  const ends = series
    .flatMap(({ name, values }) => {
      const last = values.findLast((value) => value !== null);
      return typeof last === 'number' ? [{ name, at: y(last) }] : [];
    })
    .sort((one, other) => one.at - other.at);
  let above = Number.NEGATIVE_INFINITY;
  return new Map(
    ends.map(({ name, at }) => {
      above = Math.max(at, above + LEAST_GAP);
      return [name, above] as const;
    }),
  );
}
