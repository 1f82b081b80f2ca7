/** The figures at the top: each with its change, why it is so, and the graph when chosen. */
import type { Answer, ComparedFigure } from '@avow/protocol/staff/visits';
import { UnstyledButton } from '@mantine/core';
import { Suppressed } from '../../frame/suppressed.tsx';
import { useFormats } from '../../texts/language.tsx';
import { changeOf, formatFigure, HEADLINES, type Headline } from '../figures/metrics.ts';
import { texts } from '../texts.ts';
import styles from './head.module.css';

export function Headlines({
  answer,
  chosen,
  choose,
  why,
}: {
  answer: Answer;
  chosen: Headline;
  choose(metric: Headline): void;
  /** Opens the explanation. */
  why(metric: Headline): React.ReactNode;
}) {
  const say = texts.useTexts();
  return (
    <div className={styles.headlines}>
      {HEADLINES.map((metric) => (
        <div key={metric} className={styles.headline} data-chosen={metric === chosen || undefined}>
          <UnstyledButton
            className={styles.choose}
            aria-pressed={metric === chosen}
            onClick={() => choose(metric)}
            data-headline={metric}
          >
            <span className={styles.name}>{say.metric[metric]}</span>
            <Told metric={metric} figure={answer.totals[metric]} least={answer.suppressedBelow} />
          </UnstyledButton>
          {why(metric)}
        </div>
      ))}
    </div>
  );
}

function Told({ metric, figure, least }: { metric: Headline; figure: ComparedFigure | undefined; least: number }) {
  const say = texts.useTexts();
  const formats = useFormats();
  if (!figure || (figure.value === null && !figure.suppressed)) return <span className={styles.value}>–</span>;
  if (figure.value === null) {
    return (
      <span className={styles.value}>
        <Suppressed least={least} />
      </span>
    );
  }
  const change = figure.compared ? changeOf(metric, figure.value, figure.compared.value, formats) : null;
  const before = figure.compared?.value;
  return (
    <>
      <span className={styles.value} title={formats.number(figure.value)}>
        {formatFigure(metric, figure.value, formats)}
      </span>
      {change && (
        <span
          className={styles.change}
          data-good={change.good ?? undefined}
          title={typeof before === 'number' ? say.compare.before(formatFigure(metric, before, formats)) : undefined}
        >
          {change.direction === 'same'
            ? say.change.same
            : say.change[change.direction](`${change.direction === 'up' ? '↑' : '↓'} ${change.text}`)}
        </span>
      )}
      {figure.compared?.suppressed && (
        <span className={styles.change}>
          {say.compare.previous}: {say.suppressed.few(least)}
        </span>
      )}
    </>
  );
}
