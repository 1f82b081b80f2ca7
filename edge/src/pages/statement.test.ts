import { expect, test } from 'vitest';
import { parseStatement, readStatement } from './statement.ts';
import { config, testPages } from './test-pages.ts';

const range = (letter: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${letter}${from + at}`);

const PROMISES = [
  ...range('W', 0, 11),
  ...range('U', 1, 5),
  ...range('O', 1, 3),
  'L1',
  ...range('C', 1, 7),
  ...range('S', 1, 7),
  'P1',
  'P2',
];

test.each(['en', 'de'] as const)('the example statement in %s makes every promise once', (language) => {
  const clauses = readStatement(config, language).passages.flatMap(({ clause }) => clause ?? []);
  expect(clauses.toSorted()).toEqual(PROMISES.toSorted());
});

test.each(['en', 'de'] as const)('every promise is an anchor of /privacy in %s', async (language) => {
  const text = await (await testPages().get(`/privacy?lang=${language}`)).text();
  for (const id of PROMISES) {
    expect(text).toContain(`<section class="clause" id="${id}">`);
    expect(text).toContain(`href="#${id}"`);
  }
  expect(text).not.toContain('{#');
});

test('both languages have the same headings and clauses in the same order', () => {
  const [en, de] = [readStatement(config, 'en'), readStatement(config, 'de')];
  expect(de.contents.length).toBe(en.contents.length);
  expect(de.passages.map(({ clause }) => clause)).toEqual(en.passages.map(({ clause }) => clause));
});

test('a clause reaches to the next clause or heading, lists included', () => {
  const { title, contents, passages } = parseStatement(
    '# Title\n\nBefore.\n\n## Part *one*\n\n{#W3} We **ask**:\n\n- name\n- address\n\n{#W4} More.\n\n## Two\n\nAfter.',
  );
  expect(title).toBe('Title');
  expect(contents.map(({ id }) => id)).toEqual(['part-one', 'two']);
  expect(passages.map(({ clause }) => clause)).toEqual([null, null, 'W3', 'W4', null]);
  expect(passages[2]?.html).toContain('<strong>ask</strong>');
  expect(passages[2]?.html).toContain('<li>address</li>');
});

test('raw HTML in the file is shown, not run', () => {
  const text = parseStatement('{#W1} a <b>b</b> <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n')
    .passages.map(({ html }) => html)
    .join('');
  expect(text).not.toMatch(/<(?:img|script|b)\b/);
});

test('only the version in force is published', async () => {
  const pages = testPages();
  expect((await pages.get('/privacy/versions/8')).status).toBe(200);
  expect((await pages.get('/privacy/versions/7')).status).toBe(404);
});
