import type { ReactNode } from 'react';
import { useFormats } from '../texts/language.tsx';
import styles from './figure.module.css';
import { Suppressed } from './suppressed.tsx';

/** A number under its name, with its unit. `{ fewerThan }` where it is withheld; null where there is none. */
export function Figure(figure: {
  label: ReactNode;
  value: number | string | { fewerThan: number } | null;
  unit?: string;
  format?: Intl.NumberFormatOptions;
  /** Comparison, explanation. */
  note?: ReactNode;
}) {
  const { number } = useFormats();
  const { value } = figure;
  return (
    <div>
      <div className={styles.label}>{figure.label}</div>
      <div className={styles.value}>
        {value === null ? (
          '–'
        ) : typeof value === 'object' ? (
          <Suppressed least={value.fewerThan} />
        ) : typeof value === 'number' ? (
          number(value, figure.format)
        ) : (
          value
        )}
        {figure.unit && value !== null && <span className={styles.unit}>{figure.unit}</span>}
      </div>
      {figure.note}
    </div>
  );
}
