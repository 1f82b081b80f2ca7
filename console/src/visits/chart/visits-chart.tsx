/** The main graph: hover or arrow keys read all figures of a time, dragging or shift and arrows choose a range. */

import type { Granularity, Saved } from '@avow/protocol/staff/visits';
import { Box, VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { useFormats, useLanguage } from '../../texts/language.tsx';
import { formatFigure, type Headline, unitOf } from '../figures/metrics.ts';
import { daysOfBucket } from '../state/periods.ts';
import { texts } from '../texts.ts';
import styles from './chart.module.css';
import { type ChartPoint, highest } from './points.ts';
import { Reading } from './reading.tsx';
import { labelledIndexes, scalesOf } from './scales.ts';
import { Series } from './series.tsx';
import { timeLabels } from './time-label.ts';

export const CHART_HEIGHT = 280;
const LABEL_PIXELS = 74;

export function VisitsChart({
  points,
  metric,
  granularity,
  suppressedBelow,
  annotations,
  zoom,
}: {
  points: readonly ChartPoint[];
  metric: Headline;
  granularity: Granularity;
  suppressedBelow: number;
  annotations: readonly Saved[];
  zoom(from: string, to: string): void;
}) {
  const say = texts.useTexts();
  const formats = useFormats();
  const labels = timeLabels(useLanguage(), granularity);
  const { ref, width } = useElementSize();
  const hatch = useId();
  const [cursor, setCursor] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);

  const whole = unitOf(metric) === 'count' || unitOf(metric) === 'seconds';
  const scales = scalesOf(
    { width, height: CHART_HEIGHT },
    points.length,
    highest(points, metric, whole ? 4 : unitOf(metric) === 'share' ? 0.1 : 1),
    whole,
  );
  const notesAt = (index: number): string[] => {
    const { time = '' } = points[index] ?? {};
    const days = daysOfBucket(time, granularity, { from: '0000-01-01', to: '9999-12-31' });
    return annotations.flatMap(({ name, content }) =>
      content.kind === 'annotation' && content.day >= days.from && content.day <= days.to ? [name] : [],
    );
  };
  const finish = (first: number, last: number): void => {
    const [from, to] = [points[Math.min(first, last)], points[Math.max(first, last)]];
    if (from && to) zoom(from.time, to.time);
  };
  const indexOf = (event: PointerEvent<SVGSVGElement>): number =>
    scales.indexAt(event.clientX - event.currentTarget.getBoundingClientRect().left);

  const onKeyDown = (event: KeyboardEvent): void => {
    const last = points.length - 1;
    const to = { ArrowLeft: (cursor ?? last + 1) - 1, ArrowRight: (cursor ?? -1) + 1, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setAnchor(event.shiftKey ? (anchor ?? cursor) : null);
      setCursor(Math.max(0, Math.min(last, to)));
    } else if (event.key === 'Enter' && cursor !== null) {
      event.preventDefault();
      finish(anchor ?? cursor, cursor);
      setAnchor(null);
    } else if (event.key === 'Escape') {
      setCursor(null);
      setAnchor(null);
    }
  };

  const point = cursor === null ? undefined : points[cursor];
  return (
    <Box
      ref={ref}
      className={styles.frame}
      tabIndex={0}
      role="application"
      aria-label={`${say.chart.label(say.metric[metric])}. ${say.chart.keys}`}
      onKeyDown={onKeyDown}
      onBlur={() => {
        setCursor(null);
        setAnchor(null);
      }}
    >
      <svg
        className={styles.svg}
        height={CHART_HEIGHT}
        aria-hidden="true"
        data-metric={metric}
        onPointerMove={(event) => setCursor(indexOf(event))}
        onPointerLeave={() => {
          if (anchor === null) setCursor(null);
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setAnchor(indexOf(event));
        }}
        onPointerUp={(event) => {
          const to = indexOf(event);
          if (anchor !== null && anchor !== to) finish(anchor, to);
          setAnchor(null);
        }}
      >
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className={styles.hatch} x1="0" y1="0" x2="0" y2="6" />
          </pattern>
        </defs>
        {scales.ticks.map((tick) => (
          <g key={tick}>
            <line
              className={tick === 0 ? styles.baseline : styles.grid}
              x1={scales.left}
              x2={scales.right}
              y1={Math.round(scales.y(tick))}
              y2={Math.round(scales.y(tick))}
            />
            <text className={styles.tick} x={scales.left - 8} y={scales.y(tick)} dy="0.32em" textAnchor="end">
              {formatFigure(metric, tick, formats, { short: true })}
            </text>
          </g>
        ))}
        {labelledIndexes(points.length, scales, LABEL_PIXELS).map((index) => (
          <text
            key={index}
            className={styles.tick}
            x={scales.x(index)}
            y={CHART_HEIGHT - 8}
            textAnchor={index === 0 ? 'start' : scales.right - scales.x(index) < LABEL_PIXELS / 3 ? 'end' : 'middle'}
          >
            {labels.short(points[index]?.time ?? '')}
          </text>
        ))}
        {anchor !== null && cursor !== null && anchor !== cursor && (
          <rect
            className={styles.brush}
            x={scales.x(Math.min(anchor, cursor))}
            y={scales.top}
            width={Math.abs(scales.x(anchor) - scales.x(cursor))}
            height={scales.bottom - scales.top}
          />
        )}
        <Series
          points={points}
          metric={metric}
          scales={scales}
          hatch={hatch}
          suppressedBelow={suppressedBelow}
          beforeLabel={say.compare.previous}
        />
        {points.map(
          ({ time }, index) =>
            notesAt(index).length > 0 && (
              <g key={time} data-annotation>
                <line
                  className={styles.flagLine}
                  x1={scales.x(index)}
                  x2={scales.x(index)}
                  y1={scales.top}
                  y2={scales.bottom}
                />
                <path className={styles.flag} d={`M${scales.x(index) - 5},${scales.bottom + 8}h10l-5,-8z`} />
              </g>
            ),
        )}
        {point && cursor !== null && (
          <>
            <line
              className={styles.cursor}
              x1={scales.x(cursor)}
              x2={scales.x(cursor)}
              y1={scales.top}
              y2={scales.bottom}
            />
            {typeof point.figures[metric]?.compared?.value === 'number' && (
              <circle
                className={styles.dotBefore}
                cx={scales.x(cursor)}
                cy={scales.y(point.figures[metric].compared.value)}
                r={4}
              />
            )}
            {typeof point.figures[metric]?.value === 'number' && (
              <circle className={styles.dot} cx={scales.x(cursor)} cy={scales.y(point.figures[metric].value)} r={4.5} />
            )}
          </>
        )}
      </svg>
      {point && cursor !== null && (
        <Reading
          point={point}
          at={scales.x(cursor)}
          room={width}
          metric={metric}
          label={labels.full(point.time)}
          suppressedBelow={suppressedBelow}
          notes={notesAt(cursor)}
        />
      )}
      <VisuallyHidden aria-live="polite">
        {point &&
          `${labels.full(point.time)}: ${
            point.figures[metric]?.suppressed
              ? say.suppressed.few(suppressedBelow)
              : formatFigure(metric, point.figures[metric]?.value ?? 0, formats)
          }`}
      </VisuallyHidden>
    </Box>
  );
}
