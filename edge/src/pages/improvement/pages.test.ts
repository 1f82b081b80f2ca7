import { checkReport } from '@avow/protocol/improvement/check-report';
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import type { ImprovementTable, PublishedTables } from '@avow/protocol/improvement/tables';
import { UNSIGNED } from '@avow/protocol/improvement/test-configuration';
import { describe, expect, test } from 'vitest';
import { NONCE, testPages } from '../test-pages.ts';

const current: SignedConfiguration = { ...UNSIGNED, signature: '' };
const table = (change: Partial<ImprovementTable>): ImprovementTable => ({
  kind: 'versions',
  product: 'suite',
  week: '2026-W40',
  within: null,
  total: 1_200,
  rows: [],
  other: 0,
  ...change,
});
const tables: PublishedTables = {
  published: '2026-11-16',
  threshold: 50,
  roundedTo: 5,
  epsilon: 1,
  weeks: [
    { product: 'suite', week: '2026-W38', actives: 950, tables: [] },
    { product: 'suite', week: '2026-W39', actives: null, tables: [] },
    {
      product: 'suite',
      week: '2026-W40',
      actives: 1_200,
      tables: [
        table({ kind: 'new-installations', total: 85 }),
        table({ rows: [{ label: '8.1', installations: 1_000 }], other: 200 }),
        table({
          kind: 'countries',
          rows: [
            { label: 'DE', installations: 900 },
            { label: 'western-europe', installations: 300 },
          ],
        }),
        table({ kind: 'starts', within: 'disc', total: 300, rows: [{ label: '0', installations: 300 }] }),
      ],
    },
  ],
};
const pages = testPages({ configurations: () => ({ current, log: [current] }), tables: () => tables });
const text = async (path: string) => (await (await pages.get(path)).text()).replace(/\s+/g, ' ');

describe('what the programme has learnt', () => {
  test.each([
    [
      'en',
      [
        '1,200',
        '8.1',
        '1,000',
        '83.3%',
        'all others together',
        'Germany',
        'rest of Western Europe',
        'not at all',
        '85 of them were new',
      ],
    ],
    [
      'de',
      [
        '1.200',
        '8.1',
        '1.000',
        '83,3',
        'alle anderen zusammen',
        'Deutschland',
        'übriges Westeuropa',
        'gar nicht',
        '85 davon waren neu',
      ],
    ],
  ])('is told in %s', async (language, words) => {
    const page = await text(`/improvement?lang=${language}`);
    for (const word of words) expect(page).toContain(word);
    expect(page).not.toMatch(/undefined|\[object|NaN|\sstyle=/);
    expect(page).toContain(`nonce="${NONCE}"`);
  });

  test('draws no line over a week that is not shown, and no point for it', async () => {
    const page = await text('/improvement');
    expect(page.match(/<polyline/g)).toHaveLength(2);
    expect(page.match(/<circle/g)).toHaveLength(2);
  });

  test('says where shares are vague', async () => {
    expect((await text('/improvement')).match(/class="shares vague"/g)).toHaveLength(1);
  });

  test('is there as CSV, and says what is hidden instead of showing nothing (U1)', async () => {
    const response = await pages.get('/improvement/tables.csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await response.text()).split('\r\n');
    expect(lines).toContain('suite,2026-W40,versions,,8.1,1000');
    expect(lines).toContain('suite,2026-W40,versions,,all others together,200');
    expect(lines).toContain('suite,2026-W39,actives,,all,fewer than 50');
    expect((await testPages().get('/improvement/tables.csv')).status).toBe(404);
  });

  test('says what has to happen before there is something', async () => {
    const early = testPages({ configurations: () => ({ current, log: [current] }), tables: () => null });
    expect(await (await early.get('/improvement')).text()).toContain('Nothing has been published yet');
  });
});

describe('the field list', () => {
  test.each(['en', 'de'])(
    'names in %s each chart with its reason, every value, and what is never said (S3)',
    async (language) => {
      const page = await text(`/improvement/fields?lang=${language}`);
      for (const { title, why } of current.charts) {
        expect(page).toContain(title.en);
        expect(page).toContain(why.en);
      }
      for (const value of ['8.0, 8.1', '10, 11', '14, 15', 'Suite', '96', '30']) expect(page).toContain(value);
      expect(page).not.toMatch(/undefined|\[object|NaN/);
    },
  );

  test('shows messages that the vault would take as they stand there (S3)', async () => {
    const shown = [...(await text('/improvement/fields')).matchAll(/<pre><code>(.*?)<\/code>/g)];
    expect(shown).toHaveLength(4);
    for (const [, escaped = ''] of shown) {
      const body = new TextEncoder().encode(escaped.replaceAll('&quot;', '"').replaceAll('&gt;', '>'));
      expect(checkReport(body, [current], '2026-W41')).toHaveProperty('nonce');
    }
  });
});
