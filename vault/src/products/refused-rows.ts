/** The report of an import, as a file that a spreadsheet opens without harm. */
import { type RefusedRow, ROW_REFUSALS } from './import-row.ts';

export const REPORT_HEAD = 'line,serial,why\r\n';

export function reportLine({ line, what, why }: RefusedRow): string {
  return `${[String(line), what, ROW_REFUSALS[why]].map(csvCell).join(',')}\r\n`;
}

/** Quoted, and where a spreadsheet would take it for a formula, with an apostrophe in front. */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
