/** A table in a mail: aligned in the text, a real table in the HTML. The first column is words, the others figures. */
export interface MailTable {
  heading: string;
  columns: string[];
  rows: string[][];
}

/** Longer words would tear the lines of the text apart. */
const WIDEST = 48;

/** Cells may come from outside: without line breaks and other control characters. */
function cellOf(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > WIDEST ? `${characters.slice(0, WIDEST - 1).join('')}…` : line;
}

export function tableAsText({ heading, columns, rows }: MailTable): string {
  const lines = [columns, ...rows].map((line) => line.map(cellOf));
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => [...(line[column] ?? '')].length)));
  const padded = lines.map((line) =>
    line
      .map((cell, column) => {
        const gap = ' '.repeat((widths[column] ?? 0) - [...cell].length);
        return column === 0 ? cell + gap : gap + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  return [heading, ...padded].join('\n');
}

export function tableAsHtml({ heading, columns, rows }: MailTable, asHtml: (text: string) => string): string {
  const cell = (text: string, column: number, tag: 'td' | 'th') => {
    const side = column === 0 ? 'left;word-break:break-word' : 'right;white-space:nowrap';
    const scope = tag === 'th' ? ' scope="col"' : '';
    return `<${tag}${scope} style="padding:4px 0 4px ${column === 0 ? 0 : 16}px;vertical-align:top;text-align:${side}">${asHtml(cellOf(text))}</${tag}>`;
  };
  const line = (cells: readonly string[], tag: 'td' | 'th') =>
    `<tr>${cells.map((text, column) => cell(text, column, tag)).join('')}</tr>`;
  return [
    `<h2 style="margin:28px 0 8px;font-size:16px">${asHtml(heading)}</h2>`,
    '<table style="border-collapse:collapse;width:100%;font-size:14px">',
    `<thead>${line(columns, 'th')}</thead>`,
    `<tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table>`,
  ].join('\n');
}
