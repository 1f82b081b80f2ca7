/** How often each application is started: a bar each, in steps from none to more than a hundred. */
import { START_BUCKETS } from '@avow/protocol/improvement/report';
import type { ShareTable } from '@avow/protocol/staff/improvement';
import { AnswerPanel } from '../frame/panel.tsx';
import { useFormats } from '../texts/language.tsx';
import styles from './improvement.module.css';
import { type Product, useLabels } from './labels.ts';
import { CsvLink, type Limits, useTable } from './table-panel.tsx';
import { texts } from './texts.ts';
import { Withheld } from './withheld.tsx';

export function UsePanel({ product, week, limits }: { product: Product; week: string; limits: Limits }) {
  const say = texts.useTexts();
  const asked = { product, week, kind: 'applications' } as const;
  const answer = useTable(asked);
  return (
    <AnswerPanel
      title={say.use}
      hint={say.useHint}
      actions={<CsvLink asked={asked} title={say.use} />}
      answer={answer}
      height={260}
      empty={({ rows, total }) => rows.length === 0 && total !== null && { what: say.empty, hint: say.emptyHint }}
      suppressed={({ total }) => (total === null ? limits.threshold : null)}
    >
      {({ rows }) => (
        <>
          <ul className={styles.steps} aria-hidden>
            {START_BUCKETS.map((bucket, step) => (
              <li key={bucket}>
                <span data-step={step} className={styles.swatch} /> {bucket}
              </li>
            ))}
          </ul>
          <table className={styles.table}>
            <caption className={styles.caption}>{say.use}</caption>
            <tbody>
              {rows.map((row) => (
                <Application key={row.label} product={product} week={week} row={row} limits={limits} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </AnswerPanel>
  );
}

function Application({
  product,
  week,
  row,
  limits,
}: {
  product: Product;
  week: string;
  row: ShareTable['rows'][number];
  limits: Limits;
}) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const label = useLabels(product);
  return (
    <tr>
      <th scope="row" className={styles.application}>
        {label('applications', row.label)}
        <span className={styles.under}>
          {row.share ? `${number(row.installations ?? 0)} · ${say.percent(row.share.value)}` : ''}
        </span>
      </th>
      <td>
        {row.installations === null ? (
          <Withheld threshold={limits.threshold} />
        ) : (
          <Starts product={product} week={week} application={row.label} limits={limits} />
        )}
      </td>
    </tr>
  );
}

function Starts({
  product,
  week,
  application,
  limits,
}: {
  product: Product;
  week: string;
  application: string;
  limits: Limits;
}) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const { data } = useTable({ product, week, kind: 'starts', within: application });
  if (!data) return <div className={styles.stack} />;
  if (data.total === null) return <Withheld threshold={limits.threshold} />;
  const told = data.rows.filter(({ share }) => share !== null);
  const words = told.map((row) => `${say.starts(row.label)}: ${say.percent(row.share?.value ?? 0)}`);
  return (
    <div className={styles.stack} role="img" aria-label={words.join(', ')}>
      {told.map((row) => (
        <span
          key={row.label}
          data-step={(START_BUCKETS as readonly string[]).indexOf(row.label)}
          style={{ width: `${(row.share?.value ?? 0) * 100}%` }}
          title={`${say.starts(row.label)}: ${number(row.installations ?? 0)} (${say.percent(row.share?.value ?? 0)})`}
        />
      ))}
      {data.other > 0 && (
        <span
          className={styles.rest}
          style={{ width: `${(data.other / data.total) * 100}%` }}
          title={`${say.other}: ${number(data.other)}`}
        />
      )}
    </div>
  );
}
