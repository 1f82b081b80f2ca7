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
}: {
  points: readonly ChartPoint[];
  metric: MetricName;
  scales: Scales;
  /** Id of the pattern for what is withheld. */
  hatch: string;
  suppressedBelow: number;
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
  const alone = now.filter(({ value }, at) => value !== null && !now[at - 1]?.value && !now[at + 1]?.value);
  return (
    <>
      <path className={styles.before} d={draw(before) ?? ''} data-series="before" />
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
