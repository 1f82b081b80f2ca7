/** What is kept of visits. Nothing of it is about a person: ids live one day, and nobody can tell whose they were (W6). */
import type { Kept } from '../platform/feature.ts';
import type { KeptDays } from './kept-days.ts';
import { ROLLUPS } from './rollup-queries.ts';

const FOR_GOOD = { en: 'as long as the system runs', de: 'solange das System läuft' };
const IN_BETWEEN = { en: 'while a day is being rolled up', de: 'während ein Tag zusammengefasst wird' };
const PROMISES = ['W0', 'W5', 'W6'];

export function visitsKeeps(kept: KeptDays): readonly Kept[] {
  const ofSites = (days: string) => kept.sites.map((one) => `; ${one.site}: ${one.days} ${days}`).join('');
  const rawTime = {
    en: `${kept.house} days${ofSites('days')}`,
    de: `${kept.house} Tage${ofSites('Tage')}`,
  };
  const inClickHouse = (table: string, why: string, keptFor: Kept['keptFor'], readers: Kept['readers']): Kept => ({
    table,
    database: 'clickhouse',
    why,
    promises: PROMISES,
    keptFor,
    readers,
    // Sorted by site, day and random visit; merged parts do not tell what came first.
    shuffled: false,
  });
  const staff: Kept['readers'] = ['marketing', 'product', 'administrator'];
  return [
    inClickHouse('visit_events', 'Page views and events of anonymous visits, by the hour.', rawTime, staff),
    inClickHouse(
      'minute_counts',
      'How often each page is viewed by the minute, without visits: to show what goes on now.',
      { en: 'one hour', de: 'eine Stunde' },
      staff,
    ),
    inClickHouse('drop_counts', 'How many events were not counted, and for which reason.', rawTime, staff),
    inClickHouse(
      'quiet_views',
      'Page views of visitors who asked not to be followed: page and day only.',
      rawTime,
      staff,
    ),
    inClickHouse(
      'visit_days',
      'What each visit came to on each of its days, without its id: for filters.',
      rawTime,
      staff,
    ),
    inClickHouse('visits_by_hour', 'Sums by site and hour.', FOR_GOOD, staff),
    inClickHouse('visits_by_day', 'Sums by site, day and page, source, country and the like.', FOR_GOOD, staff),
    inClickHouse('visits_by_month', 'Those sums by the month.', FOR_GOOD, staff),
    inClickHouse('drops_daily', 'Sums by site, day and reason of what was not counted.', FOR_GOOD, staff),
    inClickHouse('quiet_views_daily', 'Sums by site, day and page of views that were not followed.', FOR_GOOD, staff),
    inClickHouse(
      'imported_sums',
      'Sums that another program counted before this house did: by site, day and page, source, country and the like.',
      { en: 'until deleted by the staff', de: 'bis das Team es löscht' },
      staff,
    ),
    ...['gathered_staging', ...ROLLUPS.map((table) => `${table}_staging`)].map((table) =>
      inClickHouse(table, 'Where sums are made before they replace the ones in use.', IN_BETWEEN, ['nobody']),
    ),
    inClickHouse('migrations', 'Which changes of the tables were made.', FOR_GOOD, ['nobody']),
    {
      table: 'visit_batches',
      database: 'vault',
      why: 'Which batches of visits were stored, so that none is counted twice.',
      promises: PROMISES,
      keptFor: { en: 'one week', de: 'eine Woche' },
      readers: ['nobody'],
      shuffled: true,
    },
    {
      table: 'visit_rollup_days',
      database: 'vault',
      why: 'Which days of visits are rolled up.',
      promises: PROMISES,
      keptFor: FOR_GOOD,
      readers: ['nobody'],
      shuffled: false,
    },
    {
      table: 'visit_alerts',
      database: 'vault',
      why: 'What the staff want to be told of, and whether it goes on now.',
      promises: PROMISES,
      keptFor: { en: 'until deleted by the staff', de: 'bis das Team es löscht' },
      readers: staff,
      shuffled: false,
    },
    {
      table: 'visit_sum_imports',
      database: 'vault',
      why: 'Which exports of other programs were brought in, so that none is counted twice.',
      promises: PROMISES,
      keptFor: { en: 'until deleted by the staff', de: 'bis das Team es löscht' },
      readers: staff,
      shuffled: false,
    },
    {
      table: 'visit_reports',
      database: 'vault',
      why: 'Which weekly reports were mailed to the staff, so that none is sent twice.',
      promises: PROMISES,
      keptFor: FOR_GOOD,
      readers: ['nobody'],
      shuffled: false,
    },
    {
      table: 'visit_saved',
      database: 'vault',
      why: 'Segments, goals, funnels and annotations that the staff keep beside the figures.',
      promises: PROMISES,
      keptFor: { en: 'until deleted by the staff', de: 'bis das Team es löscht' },
      readers: staff,
      shuffled: false,
    },
    {
      table: 'visit_shared_links',
      database: 'vault',
      why: 'Read-only links to figures: what each shows, never its token or password.',
      promises: PROMISES,
      keptFor: {
        en: 'until withdrawn, or to its last day',
        de: 'bis er zurückgezogen wird oder zu seinem letzten Tag',
      },
      readers: ['marketing', 'product'],
      shuffled: false,
    },
    {
      table: 'visit_shared_readers',
      database: 'vault',
      why: 'That somebody reads through a link at the moment; nobody knows who.',
      promises: PROMISES,
      keptFor: { en: '12 hours', de: '12 Stunden' },
      readers: ['nobody'],
      shuffled: false,
    },
    {
      table: 'visit_shared_attempts',
      database: 'vault',
      why: 'Wrong passwords of a link, so that they cannot be guessed.',
      promises: PROMISES,
      keptFor: { en: '15 minutes', de: '15 Minuten' },
      readers: ['nobody'],
      shuffled: false,
    },
  ];
}
