import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGoatCounter } from './goatcounter-rows.ts';
import { ImportProblem } from './import-problem.ts';
import { allRows, createTestFiles, type TestFiles } from './test-files.ts';
import { readUmami } from './umami-rows.ts';

let files: TestFiles;
beforeAll(async () => {
  files = await createTestFiles();
});
afterAll(() => files.remove());

const origin = 'https://example.com';
const GOATCOUNTER =
  '2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date';
const UMAMI =
  'website_id,session_id,visit_id,event_id,hostname,browser,os,device,screen,language,country,region,city,url_path,url_query,' +
  'referrer_path,referrer_query,referrer_domain,page_title,event_type,event_name,created_at';

describe('GoatCounter', () => {
  test('gives page views and events with session, country and screen', async () => {
    const file = await files.writeGzip(
      'goat.csv.gz',
      `${GOATCOUNTER}\n` +
        '/a?x=1,"Title, with comma",false,,Firefox 140,Linux,s1,0,example.org/page,h,"1920,1080,1",DE-HH,true,2026-07-09T01:00:00Z\n' +
        'signup,Sign up,true,,Safari 18,iOS 18,s2,1,Newsletter,c,"390,844,3",US,true,2026-07-09T03:00:00+02:00\n',
    );
    expect(await allRows(readGoatCounter(file, { origin }))).toEqual([
      {
        line: 2,
        counted: expect.objectContaining({
          at: Date.UTC(2026, 6, 9, 1),
          kind: 'view',
          url: `${origin}/a?x=1`,
          referrer: 'https://example.org/page',
          visitorKey: 's1',
          country: 'DE',
          device: 'desktop',
          bot: '',
        }),
      },
      {
        line: 3,
        counted: expect.objectContaining({
          at: Date.UTC(2026, 6, 9, 1),
          kind: 'event',
          name: 'signup',
          url: `${origin}/?utm_campaign=Newsletter`,
          device: 'mobile',
          bot: 'GoatCounter',
        }),
      },
    ]);
  });

  test('rows that are broken are told by their line, also after cells with line breaks', async () => {
    const file = await files.write(
      'broken.csv',
      `\u{feff}${GOATCOUNTER}\r\n` +
        '/a,"two\r\nlines",false,,,,s,0,,,,,true,2026-07-09T01:00:00Z\r\n' +
        '/b,,false,,,,s,0,,,,,true,yesterday\r\n' +
        '/c,too few\r\n' +
        ',,false,,,,s,0,,,,,true,2026-07-09T01:00:00Z\r\n',
    );
    const rows = await allRows(readGoatCounter(file, { origin }));
    expect(rows.map((row) => [row.line, 'broken' in row ? row.broken : 'good'])).toEqual([
      [2, 'good'],
      [4, 'bad date'],
      [5, 'cell count'],
      [6, 'missing column'],
    ]);
  });

  test('a quotation mark that never closes ends the reading, not the import', async () => {
    const good = '/a,t,false,,,,s,0,,,,,true,2026-07-09T01:00:00Z\n';
    const file = await files.write('open.csv', `${GOATCOUNTER}\n${good}/b,"${'x'.repeat(200_000)}`);
    const rows = await allRows(readGoatCounter(file, { origin }));
    expect(rows.map((row) => ('broken' in row ? row.broken : 'good'))).toEqual(['good', 'unreadable row']);
  });
});

describe('Umami', () => {
  test('gives page views and custom events; other kinds are left out', async () => {
    const row = (type: string, name: string, at = '2026-07-09 01:00:00') =>
      `w,s1,v1,e,www.example.com,firefox,Linux,desktop,1x1,de-DE,DE,,,/a,utm_source=x,/q,,search.example,T,${type},${name},${at}`;
    const file = await files.write(
      'umami.csv',
      [UMAMI, row('1', ''), row('2', 'signup'), row('3', ''), row('2', ''), row('1', '', '2026-13-01 00:00:00')].join(
        '\n',
      ),
    );
    const rows = await allRows(readUmami(file, { origin }));
    expect(rows).toEqual([
      {
        line: 2,
        counted: expect.objectContaining({
          at: Date.UTC(2026, 6, 9, 1),
          kind: 'view',
          url: 'https://www.example.com/a?utm_source=x',
          referrer: 'https://search.example/q',
          visitorKey: 's1',
          visitKey: 'v1',
        }),
      },
      { line: 3, counted: expect.objectContaining({ kind: 'event', name: 'signup' }) },
      { line: 4, skipped: 'other event' },
      { line: 5, broken: 'missing column' },
      { line: 6, broken: 'bad date' },
    ]);
  });

  test('a file of another format is refused as a whole, with the columns it lacks', async () => {
    const file = await files.write('other.csv', 'date,visitors\n2026-01-01,3\n');
    await expect(allRows(readUmami(file, { origin }))).rejects.toThrow(ImportProblem);
    const empty = await files.write('empty.csv', '');
    await expect(allRows(readUmami(empty, { origin }))).rejects.toThrow('no header');
  });
});
