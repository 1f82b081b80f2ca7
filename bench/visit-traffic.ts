/**
 * A year of made-up page views, put into ClickHouse by ClickHouse itself, the same for the same seed: three sites of different size, weeks
 * with weekends, growth over the year, pages and sources of which the first are much more frequent than the last.
 */
import { addDays, type IsoDay } from '@avow/vault/platform/day';
import type { ClickHouseClient } from '@clickhouse/client';

const SEED = 20_090_316;
export const DAYS_OF_YEAR = 366;
/** What `traffic` below comes to, measured over 10 million. */
const VIEWS_PER_VISIT = 3.02;
const SHARES = [0.6, 0.3, 0.1];
/** Visits that are put in at once: so that they become one part, and fit into memory. */
const VISITS_AT_ONCE = 600_000;

interface Cell {
  site: string;
  day: IsoDay;
  visits: number;
}

/** Fills `visit_events` with about so many page views of the 366 days up to and including `today`; gives how many there are. */
export async function fillYear(
  clickhouse: ClickHouseClient,
  options: { views: number; sites: readonly string[]; today: IsoDay; onProgress(share: number): void },
): Promise<void> {
  const cells = cellsOf(options);
  const all = cells.reduce((sum, { visits }) => sum + visits, 0);
  let done = 0;
  for (let at = 0; at < cells.length; ) {
    const some: Cell[] = [];
    let visits = 0;
    do {
      const cell = cells[at++];
      if (!cell) break;
      some.push(cell);
      visits += cell.visits;
      // A part holds days of one month.
    } while (visits < VISITS_AT_ONCE && cells[at]?.day.slice(0, 7) === some[0]?.day.slice(0, 7));
    await clickhouse.command({
      query: traffic,
      query_params: {
        sites: some.map(({ site }) => site),
        days: some.map(({ day }) => day),
        counts: some.map(({ visits: count }) => count),
        seed: SEED,
      },
      clickhouse_settings: {
        max_block_size: '65536',
        min_insert_block_size_rows: '8000000',
        min_insert_block_size_bytes: '0',
      },
    });
    done += visits;
    options.onProgress(done / all);
  }
}

function cellsOf({ views, sites, today }: { views: number; sites: readonly string[]; today: IsoDay }): Cell[] {
  const days = Array.from({ length: DAYS_OF_YEAR }, (_, at) => addDays(today, at + 1 - DAYS_OF_YEAR));
  const weights = days.map((day, at) => (0.8 + (0.4 * at) / DAYS_OF_YEAR) * ([0, 6].includes(weekday(day)) ? 0.6 : 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return days.flatMap((day, at) =>
    sites.map((site, index) => ({
      site,
      day,
      visits: Math.round(((views / VIEWS_PER_VISIT) * (SHARES[index] ?? 0) * (weights[at] ?? 0)) / whole),
    })),
  );
}

const weekday = (day: IsoDay) => new Date(day).getUTCDay();

/** A number from 0 up to 1 that belongs to the visit and the word. */
const chance = (word: string, of = 'visit') => `(cityHash64(${of}, '${word}') % 1000003) / 1000003`;
/** A number below `count`; the greater the skew, the more often a small one. */
const pick = (word: string, count: number, skew: number, of = 'visit') =>
  `toUInt32(floor(${count} * pow(${chance(word, of)}, ${skew})))`;
const oneOf = (texts: readonly string[], word: string, skew: number) =>
  `[${texts.map((text) => `'${text}'`).join(', ')}][1 + ${pick(word, texts.length, skew)}]`;

const PAGES = 2_000;
const page = (seq: string) => `concat('/p/', toString(${pick('page', PAGES, 3, `(visit, ${seq})`)}))`;

const traffic = `INSERT INTO visit_events (id, site, hour, day, visitor, visit, seq, kind, name, path, target, first_in_visit, first_of_path,
    engaged_ms, scroll_percent, source, referrer, channel, utm_source, utm_medium, utm_campaign, entry_path, country, language,
    device, browser, browser_version, os, os_version, bot, received, batch)
  SELECT cityHash64(visit, seq, {seed:UInt32}), site, hour, day, visitor, visit, seq,
    multiIf(seq >= 2 * length(pages), act, seq % 2 = 0, 'view', 'engagement') AS kind,
    if(kind = 'event', 'signup', if(kind = 'form', 'contact', '')),
    pages[least(intDiv(seq, 2) + 1, length(pages))] AS path,
    multiIf(kind = 'outbound', concat('example.org/', toString(${pick('target', 40, 2)})),
      kind = 'download', concat('/files/', toString(${pick('target', 12, 2)}), '.zip'), ''),
    seq = 0, kind = 'view' AND indexOf(pages, path) = intDiv(seq, 2) + 1,
    if(kind = 'engagement', toUInt32(120000 * pow(${chance('engaged', '(visit, seq)')}, 3)), 0),
    if(kind = 'engagement', ${pick('scrolled', 101, 1, '(visit, seq)')}, 0),
    source, if(source = '', '', concat(source, '/', toString(${pick('referrer', 30, 3)}))),
    multiIf(source = '', 'direct', ${pick('source', 80, 3)} < 12, 'search', ${pick('source', 80, 3)} < 20, 'social', 'referral'),
    if(campaign = '', '', source), if(campaign = '', '', 'email'), campaign, pages[1],
    concat(char(65 + intDiv(${pick('country', 120, 3)}, 26)), char(65 + ${pick('country', 120, 3)} % 26)),
    ${oneOf(['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'ja', 'zh', 'sv', 'da', 'fi', 'cs', 'ko', 'tr'], 'language', 2.5)},
    ${oneOf(['desktop', 'mobile', 'tablet'], 'device', 1.6)},
    ${oneOf(['Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet', 'Opera'], 'browser', 2)}, toString(150 - ${pick('version', 12, 3)}),
    ${oneOf(['Windows', 'Android', 'iOS', 'macOS', 'Linux'], 'os', 1.4)}, toString(18 - ${pick('osVersion', 6, 2)}),
    if(${chance('bot')} < 0.04, 'word list', ''), day, generateUUIDv4()
  FROM (
    SELECT site, day, cityHash64(site, day, nth, {seed:UInt32}) AS visit,
      cityHash64(site, day, ${pick('visitor', 1_000_000, 1)} % greatest(1, intDiv(count * 4, 5)), {seed:UInt32}, 'visitor') AS visitor,
      toDateTime(day, 'UTC') + 3600 * least(22, ${pick('hour', 12, 1)} + ${pick('later', 12, 1)}) AS hour,
      if(${chance('views')} < 0.42, 1, 2 + ${pick('more', 12, 2)}) AS length,
      arrayMap(at -> ${page('at')}, range(length)) AS pages,
      if(${chance('direct')} < 0.35, '', concat('source', toString(${pick('source', 80, 3)}), '.example')) AS source,
      if(source != '' AND ${chance('campaign')} < 0.08, concat('campaign ', toString(${pick('campaigns', 30, 2)})), '') AS campaign,
      multiIf(${chance('act')} < 0.02, 'event', ${chance('act')} < 0.05, 'outbound', ${chance('act')} < 0.07, 'download',
        ${chance('act')} < 0.075, 'not-found', ${chance('act')} < 0.085, 'form', '') AS act
    FROM (
      SELECT cell.1 AS site, cell.2 AS day, cell.3 AS count, arrayJoin(range(count)) AS nth
      FROM (SELECT arrayJoin(arrayZip({sites:Array(String)}, {days:Array(Date)}, {counts:Array(UInt32)})) AS cell)
    )
  ) ARRAY JOIN range(2 * length(pages) + (act != '')) AS seq`;

/** The last half hour of the table that realtime is read from. */
export async function fillMinutes(clickhouse: ClickHouseClient, sites: readonly string[], now: Date): Promise<void> {
  // It forgets by the real clock.
  await clickhouse.command({ query: 'ALTER TABLE minute_counts REMOVE TTL' });
  await clickhouse.command({
    query: `INSERT INTO minute_counts (minute, site, path, views, batch)
      SELECT toDateTime({now:UInt32}, 'UTC') - 60 * (number % 30), {sites:Array(String)}[1 + number % ${SHARES.length}],
        concat('/p/', toString(${pick('minutes', 300, 3, 'number')})), 1 + number % 4, generateUUIDv4()
      FROM numbers(6000)`,
    query_params: { sites, now: Math.floor(now.getTime() / 60_000) * 60 },
  });
}
