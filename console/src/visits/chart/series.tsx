/** The lines of the graph: this period, dashed where it is not over; the one before, pale; withheld points hatched. */
import type { MetricName } from '@avow/protocol/staff/visits';
import { area, line } from 'd3-shape';
import styles from './chart.module.css';
import type { ChartPoint } from './points.ts';
import type { Scales } from './scales.ts';

interface Placed {
  index: number;
  value: number | null;
}

export function Series({
  points,
  metric,
  scales,
  hatch,
  suppressedBelow,
  beforeLabel,
}: {
  points: readonly ChartPoint[];
  metric: MetricName;
  scales: Scales;
  /** Id of the pattern for what is withheld. */
  hatch: string;
  suppressedBelow: number;
  /** Name of the pale line. */
  beforeLabel: string;
}) {
  const now = points.map(({ figures }, index): Placed => ({ index, value: figures[metric]?.value ?? null }));
  const before = points.map(
    ({ figures }, index): Placed => ({ index, value: figures[metric]?.compared?.value ?? null }),
  );
  const draw = line<Placed>(
    ({ index }) => scales.x(index),
    ({ value }) => scales.y(value ?? 0),
  ).defined(({ value }) => value !== null);
  const fill = area<Placed>(
    ({ index }) => scales.x(index),
    scales.bottom,
    ({ value }) => scales.y(value ?? 0),
  ).defined(({ value }) => value !== null);
  const openAt = points.findIndex(({ incomplete }) => incomplete);
  const over = openAt < 0 ? now : now.slice(0, openAt);
  const open = openAt < 0 ? [] : now.slice(Math.max(0, openAt - 1));
  const told = (at: number) => typeof now[at]?.value === 'number';
  const alone = now.filter((_, at) => told(at) && !told(at - 1) && !told(at + 1));
  return (
    <>
      <path className={styles.before} d={draw(before) ?? ''} data-series="before" />
      <BeforeLabel now={now} before={before} scales={scales} text={beforeLabel} />
      <path className={styles.area} d={fill(now) ?? ''} />
      <path className={styles.line} d={draw(over) ?? ''} data-series="now" />
      <path className={`${styles.line} ${styles.open}`} d={draw(open) ?? ''} data-series="open" />
      {alone.map(({ index, value }) => (
        <circle key={index} className={styles.dot} cx={scales.x(index)} cy={scales.y(value ?? 0)} r={2.5} />
      ))}
      {points.map(
        ({ figures, time }, index) =>
          figures[metric]?.suppressed && (
            <Withheld key={time} index={index} scales={scales} hatch={hatch} least={suppressedBelow} />
          ),
      )}
    </>
  );
}

/** Where both lines are furthest apart at an end, on the side that is free. */
function BeforeLabel({
  now,
  before,
  scales,
  text,
}: {
  now: readonly Placed[];
  before: readonly Placed[];
  scales: Scales;
  text: string;
}) {
  const distance = (at: number) => Math.abs((now.at(at)?.value ?? 0) - (before.at(at)?.value ?? 0));
  const at = distance(0) >= distance(-1) ? 0 : -1;
  const value = before.at(at)?.value;
  if (typeof value !== 'number' || before.every((point) => !point.value)) return null;
  const above = value > (now.at(at)?.value ?? 0) || scales.y(value) + 20 > scales.bottom;
  return (
    <text
      className={styles.label}
      x={at === 0 ? scales.left + 6 : scales.right - 6}
      y={scales.y(value) + (above ? -8 : 18)}
      textAnchor={at === 0 ? 'start' : 'end'}
    >
      {text}
    </text>
  );
}

/** From zero to as many as it has fewer than. */
function Withheld({ index, scales, hatch, least }: { index: number; scales: Scales; hatch: string; least: number }) {
  const top = Math.min(scales.y(least), scales.bottom - 8);
  const width = Math.max(3, Math.min(scales.step, 40) - 1);
  const from = Math.max(scales.left, Math.min(scales.x(index) - width / 2, scales.right - width));
  return (
    <rect
      x={from}
      y={Math.max(scales.top, top)}
      width={width}
      height={scales.bottom - Math.max(scales.top, top)}
      fill={`url(#${hatch})`}
      data-suppressed
    />
  );
}
