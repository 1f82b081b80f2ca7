/** What the staff and their programs can ask of the Improvement Programme. */
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import type { ImprovementTable, WeekTables } from '@avow/protocol/improvement/tables';
import { weekOf } from '@avow/protocol/improvement/weeks';
import type { Refusal } from '@avow/protocol/refusals';
import type { z } from 'zod';
import type { VaultDatabase } from '../platform/database.ts';
import { isRefusal, type StaffRoute, staffRoute } from '../platform/feature.ts';
import {
  overviewSchema,
  productQuery,
  retentionSchema,
  seriesQuery,
  shareTableSchema,
  shareTrendSchema,
  tableQuery,
  trendSchema,
} from './answer-schema.ts';
import { csvOfTable } from './csv.ts';
import { findTable, retentionOf, shareTableOf, shareTrendOf, trendOf, VAGUE_BELOW } from './figures.ts';
import { improvementRoute } from './improvement-route.ts';
import './tables.ts';

export interface ImprovementQueries {
  db: VaultDatabase;
  configurations(): Promise<readonly SignedConfiguration[]>;
}

const UNKNOWN: Refusal = { refused: 'not_found' };

async function weeksOf(db: VaultDatabase, product: string): Promise<WeekTables[]> {
  const rows = await db
    .selectFrom('improvement_tables')
    .select('tables')
    .where('audience', '=', 'operator')
    .where('product', '=', product)
    .orderBy('week')
    .execute();
  return rows.map(({ tables }) => tables as WeekTables);
}

async function findAsked(
  { db, configurations }: ImprovementQueries,
  { product, kind, within, week }: z.output<typeof tableQuery>,
): Promise<{ table: ImprovementTable; content: SignedConfiguration } | Refusal> {
  const content = (await configurations()).at(-1);
  const weeks = await weeksOf(db, product);
  const asked = week === undefined ? weeks.at(-1) : weeks.find((one) => one.week === week);
  const table = asked && findTable(asked, kind, within ?? null);
  return table && content ? { table, content } : UNKNOWN;
}

async function overview({ db, configurations }: ImprovementQueries): Promise<z.output<typeof overviewSchema>> {
  const inForce = (await configurations()).at(-1);
  const rows = await db
    .selectFrom('improvement_tables')
    .select(['product', 'week'])
    .where('audience', '=', 'operator')
    .orderBy('week')
    .execute();
  const alarms = await db.selectFrom('improvement_alarms').selectAll().orderBy('week', 'desc').limit(100).execute();
  const weekName = (monday: string) => weekOf(new Date(monday));
  return {
    configuration: inForce
      ? { version: inForce.version, fieldList: inForce.fieldList, created: inForce.created }
      : null,
    threshold: inForce?.thresholds.operator ?? 0,
    vagueBelow: VAGUE_BELOW,
    products: (inForce?.products ?? []).map(({ id, name, applications }) => ({
      id,
      name,
      applications,
      weeks: rows.filter(({ product }) => product === id).map(({ week }) => weekName(week)),
    })),
    alarms: alarms.map((alarm) => ({ ...alarm, week: weekName(alarm.week) })),
  };
}

export function improvementRoutes(queries: ImprovementQueries): StaffRoute[] {
  const { db, configurations } = queries;
  return [
    improvementRoute('GET /improvement', {
      summary: 'Which products, applications and finished weeks there are, and where the number of reports jumped.',
      answer: overviewSchema,
      handle: () => overview(queries),
    }),
    improvementRoute('GET /improvement/trend', {
      summary: 'Installations in use and new ones, by finished week.',
      query: productQuery,
      answer: trendSchema,
      async handle({ product }) {
        const epsilon = (await configurations()).at(-1)?.thresholds.epsilon;
        return epsilon === undefined ? UNKNOWN : { points: trendOf(await weeksOf(db, product), epsilon) };
      },
    }),
    improvementRoute('GET /improvement/table', {
      summary: 'One table of one week, with shares and their intervals.',
      query: tableQuery,
      answer: shareTableSchema,
      async handle(asked) {
        const found = await findAsked(queries, asked);
        return 'refused' in found ? found : shareTableOf(found.table, found.content);
      },
    }),
    improvementRoute('GET /improvement/shares', {
      summary: 'One table over all finished weeks.',
      query: seriesQuery,
      answer: shareTrendSchema,
      handle: async ({ product, kind, within }) => shareTrendOf(await weeksOf(db, product), kind, within ?? null),
    }),
    improvementRoute('GET /improvement/retention', {
      summary: 'How many of those who installed at the same time still report.',
      query: productQuery,
      answer: retentionSchema,
      handle: async ({ product }) => retentionOf(await weeksOf(db, product)),
    }),
    staffRoute({
      method: 'GET',
      path: '/improvement/table.csv',
      permission: 'improvement:export',
      summary: 'One table of one week as CSV.',
      query: tableQuery,
      answer: { mediaType: 'text/csv' },
      async handle({ query }) {
        const found = await findAsked(queries, query);
        if (isRefusal(found)) return found;
        return new Response(csvOfTable(shareTableOf(found.table, found.content)), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': 'attachment; filename="improvement.csv"',
          },
        });
      },
    }),
  ];
}
