/** Questions of the house itself: alerts and reports. The same query layer as for every screen, so the same figures. */

import type { AvowConfig } from '@avow/config/config';
import type { Answer } from '@avow/protocol/staff/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import type { VaultDatabase } from '../platform/database.ts';
import { findImportedDays } from './imported-sums/queries.ts';
import { keptDaysOf } from './kept-days.ts';
import { answerQuestion } from './query/answer-question.ts';
import type { Days } from './query/period.ts';
import { type QuestionInput, questionSchema } from './query/question.ts';
import { findRolledUpDays } from './rollup-days.ts';

export interface VisitFigures {
  config: AvowConfig;
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  clock: () => Date;
}

/** `suppressBelow` 0 tells everything: only for what the house decides by, never for what it tells. */
export function askVisits(
  { config, db, clickhouse, clock }: VisitFigures,
  question: QuestionInput,
  { suppressBelow, rows }: { suppressBelow: number; rows: number },
): Promise<Answer> {
  const asking = {
    clickhouse,
    sites: config.sites.map(({ id }) => id),
    reportingZone: config.timeZone,
    now: clock(),
    kept: keptDaysOf(config),
    suppressBelow,
    rolledUpDays: ({ from, to }: Days) => findRolledUpDays(db, from, to),
    importsOf: (days: Days) => findImportedDays(db, days),
  };
  return answerQuestion(asking, { ...questionSchema.parse(question), limit: rows });
}
