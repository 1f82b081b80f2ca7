/** One table of one week: a bar for each share with its interval, the suppressed ones hatched, the rest as one sum. */
import type { TableKind } from '@avow/protocol/improvement/tables';
import type { ShareTable } from '@avow/protocol/staff/improvement';
import { Anchor, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/answers.ts';
import { useMay } from '../api/session.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { useFormats } from '../texts/language.tsx';
import styles from './improvement.module.css';
import { type Product, useLabels } from './labels.ts';
import { texts } from './texts.ts';
import { Withheld } from './withheld.tsx';

const MOST_SUPPRESSED = 3;

export interface AskedTable {
  product: Product;
  week: string;
  kind: TableKind;
  within?: string;
}

export interface Limits {
  threshold: number;
  vagueBelow: number;
}

function queryOf({ product, week, kind, within }: AskedTable) {
  return { product: product.id, week, kind, ...(within !== undefined && { within }) };
}

export function useTable(asked: AskedTable) {
  return useAnswer('GET /improvement/table', { query: queryOf(asked) });
}

/** For those who may take figures out. */
export function CsvLink({ asked, title }: { asked: AskedTable; title: string }) {
  const say = texts.useTexts();
  const may = useMay()('improvement:export');
  if (!may) return null;
  return (
    <Anchor
      size="sm"
      download
      href={`/api/improvement/table.csv?${new URLSearchParams(queryOf(asked))}`}
      aria-label={say.csvOf(title)}
    >
      {say.csv}
    </Anchor>
  );
}

export function TablePanel({
  asked,
  title,
  hint,
  limits,
  pick,
  above,
}: {
  asked: AskedTable;
  title: string;
  hint?: string;
  limits: Limits;
  pick?: (label: string) => void;
  /** What stands over the rows. */
  above?: (table: ShareTable) => ReactNode;
}) {
  const say = texts.useTexts();
  const answer = useTable(asked);
  return (
    <AnswerPanel
      title={title}
      hint={hint}
      actions={<CsvLink asked={asked} title={title} />}
      answer={answer}
      height={220}
      empty={({ rows, total }) => rows.length === 0 && total !== null && { what: say.empty, hint: say.emptyHint }}
      suppressed={({ total }) => (total === null ? limits.threshold : null)}
    >
      {(table) => (
        <>
          {above?.(table)}
          {table.vague && (
            <Text size="sm" c="dimmed" mb="xs">
              {say.vague(limits.vagueBelow)}
            </Text>
          )}
          <Rows table={table} asked={asked} limits={limits} title={title} {...(pick && { pick })} />
        </>
      )}
    </AnswerPanel>
  );
}

function Rows({
  table,
  asked,
  limits,
  title,
  pick,
}: {
  table: ShareTable;
  asked: AskedTable;
  limits: Limits;
  title: string;
  pick?: (label: string) => void;
}) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const label = useLabels(asked.product);
  const most = Math.max(...table.rows.map(({ share }) => share?.high ?? 0), 0.01);
  const withheld = table.rows.filter(({ share }) => share === null);
  // They stand last. Most of a long list tells nothing.
  const folded = withheld.length > MOST_SUPPRESSED ? withheld.length : 0;
  const shown = folded > 0 ? table.rows.filter(({ share }) => share !== null) : table.rows;
  const bar = (share: number) => `${(share / most) * 100}%`;
  return (
    <table className={styles.table} data-vague={table.vague || undefined} data-kind={table.kind}>
      <caption className={styles.caption}>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" className={styles.figure}>
            {say.count}
          </th>
          <th scope="col" className={styles.figure}>
            {say.share}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={row.label}>
            <td className={styles.value}>
              {row.share ? (
                <span className={styles.bar} style={{ width: bar(row.share.value) }} />
              ) : (
                <span className={styles.hatched} />
              )}
              {row.share && (
                <span
                  className={styles.interval}
                  title={say.intervalWhy}
                  style={{ left: bar(row.share.low), width: bar(row.share.high - row.share.low) }}
                />
              )}
              {pick && row.share ? (
                <UnstyledButton className={styles.label} onClick={() => pick(row.label)}>
                  {label(table.kind, row.label)}
                </UnstyledButton>
              ) : (
                <span className={styles.label}>{label(table.kind, row.label)}</span>
              )}
            </td>
            <td className={styles.figure}>
              {row.installations === null ? <Withheld threshold={limits.threshold} /> : number(row.installations)}
            </td>
            <td className={styles.figure} title={row.share ? say.interval(row.share.low, row.share.high) : undefined}>
              {row.share ? say.percent(row.share.value) : ''}
            </td>
          </tr>
        ))}
        {folded > 0 && (
          <tr>
            <td className={styles.value}>
              <span className={styles.hatched} />
              <span className={styles.label}>{say.moreSuppressed(folded)}</span>
            </td>
            <td className={styles.figure}>
              <Withheld threshold={limits.threshold} />
            </td>
            <td />
          </tr>
        )}
        {table.other > 0 && (
          <tr>
            <td className={styles.value}>
              <span className={styles.label}>{say.other}</span>
            </td>
            <td className={styles.figure}>{number(table.other)}</td>
            <td className={styles.figure}>{table.total ? say.percent(table.other / table.total) : ''}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
