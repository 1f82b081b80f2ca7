/** The rows of a short list: a bar each, its figure, its share. Choosing one filters by it. */
import type { AnswerRow, AnyDimension, ComparedFigure, Filter, MetricName } from '@avow/protocol/staff/visits';
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Suppressed } from '../../frame/suppressed.tsx';
import { useFormats } from '../../texts/language.tsx';
import { formatFigure, unitOf } from '../figures/metrics.ts';
import { dimensionLabel, useValueLabel } from '../figures/values.ts';
import { toggleFilter } from '../state/filter-text.ts';
import { texts } from '../texts.ts';
import styles from './lists.module.css';

export interface RowAct {
  label(value: string): string;
  sign: string;
  act(value: string): void;
}

export function Rows({
  rows,
  dimension,
  metric,
  total,
  least,
  filters,
  setFilters,
  act,
  label,
}: {
  rows: readonly AnswerRow[];
  dimension: AnyDimension;
  metric: MetricName;
  total: ComparedFigure | undefined;
  least: number;
  filters: readonly Filter[];
  setFilters(filters: Filter[]): void;
  /** One more that can be done with a value. */
  act?: RowAct | undefined;
  label: string;
}) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const formats = useFormats();
  const told = useValueLabel();
  const most = Math.max(1, ...rows.map(({ figures }) => figures[metric]?.value ?? 0));
  const whole = total?.value ?? 0;
  const chosen = (value: string) =>
    filters.some(
      (filter) => filter.dimension === dimension && filter.operator === 'is' && filter.values.includes(value),
    );
  return (
    <table className={styles.table} data-list={dimension}>
      <VisuallyHidden component="caption">{label}</VisuallyHidden>
      <thead>
        <tr>
          <th scope="col">{dimensionLabel(say, dimension)}</th>
          <th scope="col" className={styles.figure}>
            {say.metric[metric]}
          </th>
          {unitOf(metric) === 'count' && (
            <th scope="col" className={styles.share}>
              {say.list.share}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ dimensions, figures }) => {
          const value = dimensions[dimension] ?? '';
          const figure = figures[metric];
          const name = told(dimension, value);
          const pick = (operator: 'is' | 'is not') => setFilters(toggleFilter(filters, { dimension, operator, value }));
          return (
            <tr key={value}>
              <td className={styles.name}>
                <span
                  className={figure?.suppressed ? `${styles.bar} ${styles.hatched}` : styles.bar}
                  style={{ width: figure?.suppressed ? '12%' : `${((figure?.value ?? 0) / most) * 100}%` }}
                />
                <span className={styles.cell}>
                  <UnstyledButton
                    className={styles.value}
                    data-chosen={chosen(value) || undefined}
                    title={name}
                    aria-label={say.filter.only(name)}
                    onClick={() => pick('is')}
                  >
                    {name}
                  </UnstyledButton>
                  {act && (
                    <UnstyledButton
                      className={styles.quiet}
                      aria-label={act.label(name)}
                      title={act.label(name)}
                      onClick={() => act.act(value)}
                    >
                      {act.sign}
                    </UnstyledButton>
                  )}
                  <UnstyledButton
                    className={styles.quiet}
                    aria-label={say.filter.without(name)}
                    title={say.filter.without(name)}
                    onClick={() => pick('is not')}
                  >
                    ≠
                  </UnstyledButton>
                </span>
              </td>
              <td className={styles.figure}>
                {figure?.suppressed ? (
                  <Suppressed least={least} />
                ) : figure?.value === null || figure === undefined ? (
                  '–'
                ) : (
                  formatFigure(metric, figure.value, formats)
                )}
              </td>
              {unitOf(metric) === 'count' && (
                <td className={styles.share}>
                  {typeof figure?.value === 'number' && whole > 0
                    ? number(figure.value / whole, {
                        style: 'percent',
                        minimumFractionDigits: figure.value / whole < 0.1 ? 1 : 0,
                        maximumFractionDigits: figure.value / whole < 0.1 ? 1 : 0,
                      })
                    : ''}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
