/** A table for spreadsheets (RFC 4180). Labels are of closed lists: none of them can be taken for a formula. */
import type { ShareTable } from '@avow/protocol/staff/improvement';

const percent = (share: number | undefined): string => (share === undefined ? '' : (share * 100).toFixed(2));

/** Suppressed numbers say so: an empty field would be taken for none. */
export function csvOfTable({ product, week, kind, within, total, rows, other }: ShareTable): string {
  const about = [product, week, kind, within ?? ''];
  const number = (count: number | null) => (count === null ? 'suppressed' : String(count));
  const lines = [
    ['product', 'week', 'table', 'within', 'label', 'installations', 'percent', 'percent_low', 'percent_high'],
    ...rows.map(({ label, installations, share }) => [
      ...about,
      label,
      number(installations),
      percent(share?.value),
      percent(share?.low),
      percent(share?.high),
    ]),
    ...(other > 0 ? [[...about, 'all suppressed together', String(other), '', '', '']] : []),
    [...about, 'all', number(total), '', '', ''],
  ];
  return `${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}
