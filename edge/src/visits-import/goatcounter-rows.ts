/** GoatCounter's CSV export, version 2 (and 1, which has no column `System`). It holds sessions and no address. */
import { type Cells, readCsvTable } from './csv-table.ts';
import type { ImportFile } from './file-bytes.ts';
import { readTime } from './read-time.ts';
import type { Row, RowBlock } from './rows.ts';

/** The first column's name begins with the version of the export. */
const VERSIONS = ['2Path', '1Path'];
const NEEDED = ['Event', 'Bot', 'Session', 'Referrer', 'Location', 'Date'];

export async function* readGoatCounter(file: ImportFile, { origin }: { origin: string }): AsyncGenerator<RowBlock> {
  yield* readCsvTable(file, NEEDED, (cells, line) => readRow(cells, line, origin));
}

function readRow(cells: Cells, line: number, origin: string): Row {
  const path = VERSIONS.map(cells).find((value) => value !== '') ?? '';
  if (path === '' || cells('Date') === '') return { line, broken: 'missing column' };
  const at = readTime(cells('Date'));
  if (at === null) return { line, broken: 'bad date' };
  const event = cells('Event') === 'true';
  const url = event ? `${origin}/` : `${origin}${path.startsWith('/') ? '' : '/'}${path}`;
  if (!URL.canParse(url)) return { line, broken: 'bad url' };
  const session = cells('Session');
  const bot = cells('Bot');
  return {
    line,
    counted: {
      at,
      kind: event ? 'event' : 'view',
      ...campaign(cells, url),
      name: event ? path : '',
      // Without a session the row was counted alone.
      visitorKey: session === '' || /^[0-]+$/.test(session) ? `line ${line}` : session,
      visitKey: '',
      browser: cells('Browser'),
      os: cells('System'),
      device: deviceOfScreen(cells('Screen size')),
      country: cells('Location').split('-', 1)[0] ?? '',
      language: '',
      bot: bot === '' || bot === '0' ? '' : 'GoatCounter',
    },
  };
}

/** Schemes: `h` a page, `c` a campaign, `g` a name that GoatCounter gave, `o` another program. */
function campaign(cells: Cells, url: string): { url: string; referrer: string } {
  const referrer = cells('Referrer');
  if (referrer === '') return { url, referrer };
  switch (cells('Referrer scheme')) {
    case 'c': {
      const tagged = new URL(url);
      tagged.searchParams.set('utm_campaign', referrer);
      return { url: tagged.href, referrer: '' };
    }
    case 'h':
    case '':
      return { url, referrer: referrer.includes('://') ? referrer : `https://${referrer}` };
    default:
      return { url, referrer };
  }
}

/** `width,height,scale`; by the bounds that GoatCounter itself uses for its report of sizes. */
function deviceOfScreen(size: string): string {
  const width = Number.parseInt(size, 10);
  if (!(width > 0)) return '';
  if (width <= 767) return 'mobile';
  return width <= 1023 ? 'tablet' : 'desktop';
}
