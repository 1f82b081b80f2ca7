import { readableAddress } from '@avow/protocol/readable-address';
import type { Answer } from '@avow/protocol/staff/visits';
import { findImportedDays } from '@avow/vault/visits/imported-sums/queries';
import { keptDaysOf } from '@avow/vault/visits/kept-days';
import { answerQuestion } from '@avow/vault/visits/query/answer-question';
import { questionSchema } from '@avow/vault/visits/query/question';
import { findRolledUpDays } from '@avow/vault/visits/rollup-days';
import type { ClickHouse } from '../open-clickhouse.ts';
import { onOneLine, say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';
import { VisitsProblem } from './visits-problem.ts';

export interface QueryFlags {
  metrics: string[];
  by?: string[];
  period: string;
  site?: string[];
  granularity?: string;
  compare?: string;
  bots: string;
  filter?: string[];
  limit: number;
  explain?: true;
  timeZone?: string;
  json?: true;
}

/** `dimension operator value`, such as `country is DE` or `page starts with /docs`. */
const FILTER = /^(\S+|property:.+?) (is not|is|contains|starts with) (.*)$/;
const DAYS = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

/** `avow visits query`: the same figures as every screen, by the same queries. */
export async function queryVisits(
  { vault, clickhouse }: { vault: VaultHandle; clickhouse: ClickHouse },
  flags: QueryFlags,
): Promise<void> {
  const question = questionSchema.safeParse({
    metrics: flags.metrics,
    dimensions: flags.by ?? [],
    period: periodOf(flags.period),
    bots: flags.bots,
    limit: flags.limit,
    explain: flags.explain === true,
    filters: (flags.filter ?? []).map(filterOf),
    ...(flags.site && { sites: flags.site }),
    ...(flags.timeZone !== undefined && { timeZone: flags.timeZone }),
    ...(flags.granularity !== undefined && { granularity: flags.granularity }),
    ...(flags.compare !== undefined && { compare: periodOf(flags.compare) }),
  });
  if (!question.success) {
    const told = question.error.issues.map(({ path, message }) => `${path.join('.') || 'question'}: ${message}`);
    throw new VisitsProblem(told.join('; '));
  }
  const { config, db } = vault;
  const filtered = question.data.filters.length > 0;
  const answer = await answerQuestion(
    {
      clickhouse,
      sites: config.sites.map(({ id }) => id),
      reportingZone: config.timeZone,
      now: new Date(),
      suppressBelow: filtered ? config.visits.suppressBelow : 0,
      kept: keptDaysOf(config),
      rolledUpDays: ({ from, to }) => findRolledUpDays(db, from, to),
      importsOf: (days) => findImportedDays(db, days),
    },
    question.data,
  );
  if (flags.json) say(JSON.stringify(answer));
  else tell(answer, flags);
}

function periodOf(text: string): unknown {
  const days = DAYS.exec(text);
  return days ? { from: days[1], to: days[2] } : text.replaceAll('-', ' ');
}

function filterOf(text: string): unknown {
  const match = FILTER.exec(text);
  if (!match) throw new VisitsProblem(`"${text}" is no filter; one is "country is DE".`);
  const [, dimension, operator, value = ''] = match;
  return { dimension, operator, values: value.split('|') };
}

function tell(answer: Answer, { metrics, by = [] }: QueryFlags): void {
  const { period, compared, sites, totals, rows, more, missing, comparedMissing, imported = [], explanation } = answer;
  say(`${period.from} to ${period.to}, ${sites.join(', ')}`);
  if (compared) say(`in brackets: ${compared.from} to ${compared.to}`);
  const heads = [...(rows.some(({ time }) => time !== undefined) ? ['time'] : []), ...by, ...metrics];
  const lines = rows.map(({ time, dimensions, figures }) => [
    ...(time === undefined ? [] : [time]),
    ...by.map((name) => onOneLine(readableAddress(dimensions[name] ?? '')) || '(not known)'),
    ...metrics.map((name) => shown(figures[name])),
  ]);
  const total = heads.slice(0, heads.length - metrics.length).map((_, n) => (n === 0 ? 'all' : ''));
  table([heads, ...lines, [...total, ...metrics.map((name) => shown(totals[name]))]], heads.length - metrics.length);
  for (const { from, to } of [missing, comparedMissing].filter((days) => days !== undefined))
    say(`Without ${from} to ${to}: the single events of these days are not kept any more.`);
  for (const { site, program, from, to } of imported) say(`With what ${program} counted on ${site}, ${from} to ${to}.`);
  if (more) say('There are more rows; --limit <n> shows them.');
  if (explanation) say(JSON.stringify(explanation, null, 2));
}

function shown(figure: Answer['totals'][string] | undefined): string {
  if (!figure) return '-';
  const text = asText(figure);
  return figure.compared ? `${text} (${asText(figure.compared)})` : text;
}

function asText(figure: object): string {
  if (!('value' in figure) || typeof figure.value !== 'number') return 'too few to tell';
  return figure.value.toLocaleString('en', { maximumFractionDigits: 2 });
}

/** Texts on the left, figures on the right. */
function table(lines: string[][], texts: number): void {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const aligned = (cell: string, column: number) =>
    column < texts ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  for (const line of lines) say(`  ${line.map(aligned).join('  ')}`.trimEnd());
}
