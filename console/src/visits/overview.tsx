/** The card at the top: headline figures and the graph of one of them, from one answer. */
import type { Answer, Ground, Saved } from '@avow/protocol/staff/visits';
import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import { refusedOf } from '../api/query-client.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { Suppressed } from '../frame/suppressed.tsx';
import { useFormats, useLanguage } from '../texts/language.tsx';
import { usePanel } from './asking/answers.ts';
import { overviewPanel, shownTime } from './asking/first-panels.ts';
import { type ChartPoint, pointsOf } from './chart/points.ts';
import { timeLabels } from './chart/time-label.ts';
import { CHART_HEIGHT, VisitsChart } from './chart/visits-chart.tsx';
import { formatFigure, HEADLINES, type Headline } from './figures/metrics.ts';
import { ChoiceMenu } from './head/choice-menu.tsx';
import styles from './head/head.module.css';
import { Headlines } from './head/headlines.tsx';
import { QuietButton } from './head/quiet-button.tsx';
import { WhyButton } from './head/why.tsx';
import { CsvButton } from './lists/csv-button.tsx';
import { AnnotationMenu, annotationsOf } from './saved/annotation-menu.tsx';
import { daysOfBucket } from './state/periods.ts';
import type { SearchAct, VisitsSearch } from './state/search.ts';
import { useZone } from './state/use-zone.ts';
import { texts } from './texts.ts';

export function Overview({
  ground,
  search,
  change,
  saved,
  annotating,
  setAnnotating,
}: {
  ground: Ground;
  search: VisitsSearch;
  change: SearchAct;
  saved: readonly Saved[];
  annotating: boolean;
  setAnnotating(open: boolean): void;
}) {
  const say = texts.useTexts();
  const { zone } = useZone();
  const [asTable, setAsTable] = useState(false);
  const { days, granularity, granularities } = shownTime(search, zone);
  const metric = HEADLINES.find((one) => one === search.show) ?? 'visitors';
  const panel = overviewPanel(search, zone);
  const answer = usePanel(ground, panel);
  const annotations = annotationsOf(saved, search.site, days);
  const zoom = (first: string, last: string) => {
    const start = daysOfBucket(first, granularity, days);
    change({ from: start.from, to: daysOfBucket(last, granularity, days).to, period: undefined, by: undefined });
  };
  return (
    <section className={styles.card} aria-label={say.figures} aria-busy={answer.isPlaceholderData}>
      {answer.error && <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />}
      {answer.data ? (
        <div className={answer.isPlaceholderData ? styles.stale : undefined}>
          <Headlines
            answer={answer.data}
            chosen={metric}
            choose={(show) => change({ show })}
            why={(name) => <WhyButton metric={name} ground={ground} label={say.metric[name]} />}
          />
          <div className={styles.under}>
            <span className={styles.grow} />
            <AnnotationMenu annotations={annotations} site={search.site} open={annotating} setOpen={setAnnotating} />
            <QuietButton onClick={() => setAsTable(!asTable)}>
              {asTable ? say.chart.graph : say.chart.table}
            </QuietButton>
            <CsvButton question={{ ...ground, ...panel }} name={say.figures} />
            <ChoiceMenu
              quiet
              title={say.granularity.title}
              value={granularity}
              choices={granularities.map((value) => ({ value, label: say.granularity[value] }))}
              choose={(by) => change({ by })}
            />
          </div>
          <div className={styles.graph} style={{ minHeight: CHART_HEIGHT }}>
            <Graph
              answer={answer.data}
              granularity={granularity}
              metric={metric}
              annotations={annotations}
              zoom={zoom}
              asTable={asTable}
            />
          </div>
        </div>
      ) : (
        !answer.error && <Skeleton height={CHART_HEIGHT + 132} role="status" aria-label={say.figures} />
      )}
    </section>
  );
}

function Graph({
  answer,
  granularity,
  metric,
  annotations,
  zoom,
  asTable,
}: {
  answer: Answer;
  granularity: Parameters<typeof pointsOf>[1];
  metric: Headline;
  annotations: readonly Saved[];
  zoom(from: string, to: string): void;
  asTable: boolean;
}) {
  // The answer of another granularity stays until the new one is there: then its own points say what they are.
  const shown = answer.rows[0]?.time?.length === 10 && granularity === 'hour' ? 'day' : granularity;
  const points = pointsOf(answer, shown);
  if (asTable) return <PointsTable points={points} granularity={shown} least={answer.suppressedBelow} />;
  return (
    <VisitsChart
      points={points}
      metric={metric}
      granularity={shown}
      suppressedBelow={answer.suppressedBelow}
      annotations={annotations}
      zoom={zoom}
    />
  );
}

function PointsTable({
  points,
  granularity,
  least,
}: {
  points: readonly ChartPoint[];
  granularity: Parameters<typeof pointsOf>[1];
  least: number;
}) {
  const say = texts.useTexts();
  const formats = useFormats();
  const labels = timeLabels(useLanguage(), granularity);
  const columns: Column<ChartPoint>[] = [
    {
      key: 'time',
      header: say.chart.time,
      cell: ({ time, incomplete }) => `${labels.full(time)}${incomplete ? ` · ${say.chart.incomplete}` : ''}`,
    },
    ...HEADLINES.map(
      (metric, index): Column<ChartPoint> => ({
        key: metric,
        header: say.metric[metric],
        align: 'end',
        onWideOnly: index > 2,
        cell: ({ figures }) => {
          const figure = figures[metric];
          if (figure?.suppressed) return <Suppressed least={least} />;
          return figure?.value === null || figure === undefined ? '–' : formatFigure(metric, figure.value, formats);
        },
      }),
    ),
  ];
  return (
    <DataTable label={say.figures} rows={points} columns={columns} rowKey={({ time }) => time} height={CHART_HEIGHT} />
  );
}
