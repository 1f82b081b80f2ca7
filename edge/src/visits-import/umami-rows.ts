/** Umami: `website_event.csv` of its data export. It knows visitors by a session id and holds no address. */
import { type Cells, readCsvTable } from './csv-table.ts';
import type { ImportFile } from './file-bytes.ts';
import { readTime } from './read-time.ts';
import type { Row, RowBlock } from './rows.ts';

const NEEDED = ['session_id', 'created_at', 'url_path', 'event_type'];
const PAGE_VIEW = '1';
const CUSTOM_EVENT = '2';

export function readUmami(file: ImportFile, { origin }: { origin: string }): AsyncGenerator<RowBlock> {
  return readCsvTable(file, NEEDED, (cells, line) => readRow(cells, line, origin));
}

function readRow(cells: Cells, line: number, origin: string): Row {
  const session = cells('session_id');
  const type = cells('event_type');
  if (session === '' || cells('created_at') === '') return { line, broken: 'missing column' };
  if (type !== PAGE_VIEW && type !== CUSTOM_EVENT) return { line, skipped: 'other event' };
  const at = readTime(cells('created_at'));
  if (at === null) return { line, broken: 'bad date' };
  const host = cells('hostname');
  const url = pageUrl(host === '' ? origin : `https://${host}`, cells('url_path'), cells('url_query'));
  if (url === null) return { line, broken: 'bad url' };
  const name = type === CUSTOM_EVENT ? cells('event_name') : '';
  if (type === CUSTOM_EVENT && name === '') return { line, broken: 'missing column' };
  const referrerHost = cells('referrer_domain');
  return {
    line,
    counted: {
      at,
      kind: name === '' ? 'view' : 'event',
      url,
      referrer: referrerHost === '' ? '' : `https://${referrerHost}${cells('referrer_path')}`,
      name,
      visitorKey: session,
      visitKey: cells('visit_id'),
      browser: cells('browser'),
      os: cells('os'),
      device: cells('device'),
      country: cells('country'),
      language: cells('language'),
      bot: '',
    },
  };
}

function pageUrl(origin: string, path: string, query: string): string | null {
  const url = `${origin}${path.startsWith('/') ? '' : '/'}${path}${query === '' ? '' : `?${query.replace(/^\?/, '')}`}`;
  return URL.canParse(url) ? url : null;
}
