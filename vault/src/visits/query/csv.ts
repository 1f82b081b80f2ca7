/** An answer as a table for spreadsheets (RFC 4180). */
import type { Answer, Figure } from '@avow/protocol/staff/visits';

/** Suppressed figures say so; what cannot be divided is empty. */
export function csvOf({ rows, totals }: Answer, metrics: readonly string[], dimensions: readonly string[]): string {
  const timed = rows.some(({ time }) => time !== undefined);
  const compared = Object.values(totals).some((figure) => figure.compared !== undefined);
  const head = [
    ...(timed ? ['time'] : []),
    ...dimensions,
    ...metrics.flatMap((name) => (compared ? [name, `${name} compared`] : [name])),
  ];
  const told = rows.length > 0 || dimensions.length > 0 ? rows : [{ dimensions: {}, figures: totals }];
  const lines = told.map((row) => [
    ...(timed ? [row.time ?? ''] : []),
    ...dimensions.map((name) => row.dimensions[name] ?? ''),
    ...metrics.flatMap((name) => {
      const figure = row.figures[name];
      return compared ? [cellOf(figure), cellOf(figure?.compared)] : [cellOf(figure)];
    }),
  ]);
  return `${[head, ...lines].map((line) => line.map(quote).join(',')).join('\r\n')}\r\n`;
}

function cellOf(figure: Figure | undefined): string {
  if (figure?.suppressed) return 'suppressed';
  return figure?.value === null || figure === undefined ? '' : String(figure.value);
}

/** A text that a spreadsheet would take for a formula gets an apostrophe: pages and sources come from outside. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
