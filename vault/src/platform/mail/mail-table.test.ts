import { expect, test } from 'vitest';
import { composeMail } from './compose.ts';

const vendor = {
  name: 'Nordlicht',
  contactEmail: 'privacy@nordlicht.example',
  postalAddress: ['Weg 1'],
  vaultName: 'vault.nordlicht.example',
};
const table = {
  heading: 'Pages',
  columns: ['', 'views'],
  rows: [
    ['/ä', '1,234'],
    ['/<b>\r\nSubject: x', '5'],
    [`/${'long'.repeat(40)}`, '6'],
  ],
};
const { text, html } = composeMail(
  { subject: 'Report', paragraphs: ['Figures.'], tables: [table], language: 'en' },
  vendor,
);

test('a table is aligned in the text, and each of its rows is one line', () => {
  const lines = text.split('\n');
  const [views, ...rows] = lines.slice(lines.indexOf('Pages') + 1, lines.indexOf('Pages') + 5);
  expect(views).toMatch(/^ +views$/);
  for (const row of rows) expect(row).toHaveLength(views?.length ?? 0);
  expect(rows[0]).toMatch(/^\/ä +1,234$/);
  expect(rows[1]).toMatch(/^\/<b> Subject: x +5$/);
  expect(rows[2]).toMatch(/…\s+6$/);
});

test('in the HTML it is a table of the same words, and what is in it is text', () => {
  expect(html).toContain('<h2 style="margin:28px 0 8px;font-size:16px">Pages</h2>');
  expect(html.match(/<tr>/g)).toHaveLength(4);
  expect(html).toContain('/&#60;b&#62; Subject: x</td>');
  expect(html).not.toContain('<b>');
});
