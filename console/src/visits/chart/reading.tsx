/** What a point of the graph says: every figure of that time, and of the time before. */
import type { Figure } from '@avow/protocol/staff/visits';
import { useFormats } from '../../texts/language.tsx';
import { formatFigure, HEADLINES, type Headline } from '../figures/metrics.ts';
import { texts } from '../texts.ts';
import styles from './chart.module.css';
import type { ChartPoint } from './points.ts';

const WIDTH = 240;

export function Reading({
  point,
  at,
  room,
  metric,
  label,
  suppressedBelow,
  notes,
}: {
  point: ChartPoint;
  /** Pixels from the left. */
  at: number;
  room: number;
  metric: Headline;
  label: string;
  suppressedBelow: number;
  notes: readonly string[];
}) {
  const say = texts.useTexts();
  const formats = useFormats();
  const compared = Object.values(point.figures).some((figure) => figure.compared !== undefined);
  const told = (name: Headline, figure: Figure | undefined) => {
    if (figure?.suppressed) return say.suppressed.few(suppressedBelow);
    return figure?.value === null || figure === undefined ? '–' : formatFigure(name, figure.value, formats);
  };
  const left = at + 16 + WIDTH < room ? at + 16 : Math.max(0, at - WIDTH - 16);
  return (
    <div className={styles.read} style={{ left, width: Math.min(WIDTH, room) }}>
      <div className={styles.readHead}>
        {label}
        {point.incomplete && <span className={styles.dim}> · {say.chart.incomplete}</span>}
      </div>
      {compared && (
        <div className={`${styles.readRow} ${styles.dim}`}>
          <span />
          <span />
          <span>{say.compare.previous}</span>
        </div>
      )}
      {HEADLINES.map((name) => (
        <div key={name} className={`${styles.readRow} ${name === metric ? styles.chosen : ''}`}>
          <span>{say.metric[name]}</span>
          <span>{told(name, point.figures[name])}</span>
          {compared && <span className={styles.dim}>{told(name, point.figures[name]?.compared)}</span>}
        </div>
      ))}
      {notes.map((note) => (
        <div key={note}>▲ {note}</div>
      ))}
    </div>
  );
}
