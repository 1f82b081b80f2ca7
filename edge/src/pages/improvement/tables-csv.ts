/** Everything that is published, for spreadsheets (RFC 4180). Labels are of closed lists: none can be taken for a formula. */
import type { PublishedTables } from '@avow/protocol/improvement/tables';

const HEAD = ['product', 'week', 'table', 'within', 'label', 'installations'];

export function tablesCsv({ weeks, threshold }: PublishedTables): string {
  const hidden = `fewer than ${threshold}`;
  const lines = weeks.flatMap(({ product, week, actives, tables }) => [
    [product, week, 'actives', '', 'all', actives ?? hidden],
    ...tables.flatMap(({ kind, within, total, rows, other }) => {
      const about = [product, week, kind, within ?? ''];
      return [
        ...rows.map(({ label, installations }) => [...about, label, installations]),
        ...(other > 0 ? [[...about, 'all others together', other]] : []),
        [...about, 'all', total ?? hidden],
      ];
    }),
  ]);
  return `${[HEAD, ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`;
}
