/** What is kept of the Improvement Programme. Nothing of it can be traced to a person or a machine (S3, S4). */
import type { Kept } from '../platform/feature.ts';

const FOR_GOOD = { en: 'as long as the system runs', de: 'solange das System läuft' };
const UNTIL_FINISHED = { en: '6 weeks, then destroyed', de: '6 Wochen, dann vernichtet' };
const MOMENTS = { en: 'some minutes', de: 'einige Minuten' };
const PROMISES = ['S3', 'S4', 'S6'];

const kept = (
  table: string,
  why: string,
  keptFor: Kept['keptFor'],
  readers: Kept['readers'],
  more: Partial<Kept> = {},
): Kept => ({ table, database: 'vault', why, promises: PROMISES, keptFor, readers, shuffled: false, ...more });

export const IMPROVEMENT_KEEPS: readonly Kept[] = [
  kept('improvement_reports', 'Reports, each about one thing, by the week.', UNTIL_FINISHED, ['nobody'], {
    // Sorted by what they say; rewritten nightly without the batch.
    database: 'clickhouse',
  }),
  kept('improvement_waiting', 'Reports that wait until many of them are stored together.', MOMENTS, ['nobody'], {
    shuffled: true,
  }),
  kept(
    'improvement_batches',
    'Which reports are being stored together, so that none is lost or counted twice.',
    MOMENTS,
    ['nobody'],
  ),
  kept(
    'improvement_nonces',
    'Random numbers of reports, so that one that is sent again counts once.',
    UNTIL_FINISHED,
    ['nobody'],
    {
      shuffled: true,
    },
  ),
  kept('improvement_configurations', 'Every configuration ever signed: what reports may say, and why.', FOR_GOOD, [
    'product',
    'privacy officer',
    'administrator',
  ]),
  kept('improvement_weeks', 'Which weeks are finished, and whether their reports are destroyed.', FOR_GOOD, [
    'product',
    'privacy officer',
  ]),
  kept('improvement_tables', 'The tables of finished weeks: no small numbers, and noise on the others.', FOR_GOOD, [
    'product',
    'privacy officer',
    'administrator',
  ]),
  kept('improvement_alarms', 'Weeks in which the number of reports jumped.', FOR_GOOD, ['product', 'privacy officer']),
];
