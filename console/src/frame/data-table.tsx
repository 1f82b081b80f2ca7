/** Rows and columns. Long lists are drawn only where they are looked at. */
import { Box, VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import styles from './data-table.module.css';
import { texts } from './texts.ts';

export interface Column<Row> {
  key: string;
  /** `''` over buttons. */
  header: ReactNode;
  cell(row: Row): ReactNode;
  /** Figures stand at the right. */
  align?: 'start' | 'end';
  /** Left out on phones. */
  onWideOnly?: boolean;
  /** CSS width. Long lists need one for each column but one: their widths must not jump while they are scrolled. */
  width?: string;
}

interface TableOptions<Row> {
  /** What the rows are, for screen readers. */
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey(row: Row): string;
}

const ROW_PIXELS = 37;
/** Below this the whole list is in the page, and the browser's own search finds everything. */
const DRAWN_WHOLE = 100;

export function DataTable<Row>(table: TableOptions<Row> & { height?: number; onEnd?(): void }) {
  return table.rows.length <= DRAWN_WHOLE && !table.onEnd ? <WholeTable {...table} /> : <LongTable {...table} />;
}

function WholeTable<Row>(table: TableOptions<Row>) {
  return (
    // In the order of the keyboard, so that it scrolls what does not fit.
    <Box role="group" className={styles.scroll} aria-label={table.label} tabIndex={0}>
      <table className={styles.table}>
        <Head columns={table.columns} />
        <tbody>
          {table.rows.map((row) => (
            <Cells key={table.rowKey(row)} row={row} columns={table.columns} />
          ))}
        </tbody>
      </table>
    </Box>
  );
}

/** `onEnd` is called when the last rows come into sight: time to fetch more. */
function LongTable<Row>(table: TableOptions<Row> & { height?: number; onEnd?(): void }) {
  const scroll = useRef<HTMLDivElement>(null);
  const { rows, columns, height = 560 } = table;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 12,
    onChange: ({ range }) => {
      if (range && range.endIndex >= rows.length - 20) table.onEnd?.();
    },
  });
  const drawn = virtual.getVirtualItems();
  const above = drawn[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    <Box
      role="group"
      ref={scroll}
      className={styles.scroll}
      style={{ maxHeight: height }}
      aria-label={table.label}
      tabIndex={0}
    >
      <table className={styles.table} style={{ tableLayout: 'fixed' }} aria-rowcount={rows.length + 1}>
        <Head columns={columns} />
        <tbody>
          <Spacer pixels={above} />
          {drawn.map(({ index }) => {
            const row = rows[index];
            return row && <Cells key={table.rowKey(row)} row={row} columns={columns} index={index + 2} />;
          })}
          <Spacer pixels={below} />
        </tbody>
      </table>
    </Box>
  );
}

function classOf(align: 'start' | 'end' | undefined, onWideOnly: boolean | undefined): string {
  return [align === 'end' && styles.end, onWideOnly && styles.wide].filter(Boolean).join(' ');
}

function Head<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  const say = texts.useTexts();
  return (
    <thead>
      <tr>
        {columns.map(({ key, header, align, onWideOnly, width }) => (
          <th key={key} scope="col" className={classOf(align, onWideOnly)} style={width ? { width } : undefined}>
            {header === '' ? <VisuallyHidden>{say.acts}</VisuallyHidden> : header}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Cells<Row>({ row, columns, index }: { row: Row; columns: readonly Column<Row>[]; index?: number }) {
  return (
    <tr data-row aria-rowindex={index}>
      {columns.map((column) => (
        <td key={column.key} className={classOf(column.align, column.onWideOnly)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function Spacer({ pixels }: { pixels: number }) {
  if (pixels <= 0) return null;
  return (
    <Box component="tr" aria-hidden className={styles.spacer}>
      <td style={{ height: pixels }} />
    </Box>
  );
}
