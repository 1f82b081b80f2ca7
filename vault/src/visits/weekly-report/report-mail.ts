/** A weekly report in words. */
import { readableAddress } from '@avow/protocol/readable-address';
import type { Language } from '@avow/protocol/refusals';
import type { MailContent } from '../../platform/mail/compose.ts';
import { longDate } from '../../platform/mail/long-date.ts';
import type { MailTable } from '../../platform/mail/mail-table.ts';
import { changeIn, figureIn } from '../figure-words.ts';
import {
  type ListedValue,
  REPORT_METRICS,
  type ReportMetric,
  type ReportPart,
  type WeeklyReport,
} from './read-report.ts';

const WORDS = {
  en: {
    subject: (from: string) => `Visits of the week from ${from}`,
    intro: (from: string, to: string) => `Visits from ${from} to ${to}, compared with the week before.`,
    suppressed: (k: number) =>
      `Figures of fewer than ${k} visitors are not told, nor others from which these could be worked out.`,
    visitors: 'Visitors are counted anew each day.',
    empty: 'Nothing was counted in these two weeks.',
    columns: ['', 'this week', 'week before', 'change'],
    metrics: {
      pageViews: 'Page views',
      visits: 'Visits',
      visitors: 'Visitors',
      bounceRate: 'Bounce rate',
      engagedTime: 'Engaged time per page view',
    },
    pages: (name: string) => `${name}: pages by views`,
    sources: (name: string) => `${name}: sources by visits`,
    group: 'All websites',
    noSource: 'Direct or not known',
  },
  de: {
    subject: (from: string) => `Besuche der Woche ab ${from}`,
    intro: (from: string, to: string) => `Besuche vom ${from} bis ${to}, verglichen mit der Woche davor.`,
    suppressed: (k: number) =>
      `Zahlen von weniger als ${k} Besuchern werden nicht genannt, auch keine, aus denen sie sich errechnen ließen.`,
    visitors: 'Besucher werden jeden Tag neu gezählt.',
    empty: 'In diesen beiden Wochen wurde nichts gezählt.',
    columns: ['', 'diese Woche', 'Woche davor', 'Änderung'],
    metrics: {
      pageViews: 'Seitenaufrufe',
      visits: 'Besuche',
      visitors: 'Besucher',
      bounceRate: 'Absprungrate',
      engagedTime: 'Zuwendung je Seitenaufruf',
    },
    pages: (name: string) => `${name}: Seiten nach Aufrufen`,
    sources: (name: string) => `${name}: Quellen nach Besuchen`,
    group: 'Alle Websites',
    noSource: 'Direkt oder unbekannt',
  },
} satisfies Record<Language, unknown>;

export function reportMail(report: WeeklyReport, language: Language): MailContent {
  const words = WORDS[language];
  const { from, to, suppressedBelow } = report;
  const paragraphs = [words.intro(longDate(from, language), longDate(to, language))];
  const subject = words.subject(longDate(from, language));
  if (report.empty) return { subject, paragraphs: [...paragraphs, words.empty], language };
  paragraphs.push(suppressedBelow > 0 ? `${words.suppressed(suppressedBelow)} ${words.visitors}` : words.visitors);
  return { subject, paragraphs, tables: report.parts.flatMap((part) => tablesOf(part, language)), language };
}

function tablesOf(part: ReportPart, language: Language): MailTable[] {
  const words = WORDS[language];
  const name = part.name ?? words.group;
  const columns = [...words.columns];
  const figures = REPORT_METRICS.map((metric) => [
    words.metrics[metric],
    ...figuresOf(language, metric, part.figures[metric]),
  ]);
  const list = (heading: string, values: readonly ListedValue[], metric: ReportMetric): MailTable[] => {
    if (values.length === 0) return [];
    const rows = values.map(({ site, value, figure }) => {
      const label = value === '' ? words.noSource : readableAddress(value);
      return [site === null ? label : `${site}: ${label}`, ...figuresOf(language, metric, figure)];
    });
    return [{ heading, columns, rows }];
  };
  return [
    { heading: name, columns, rows: figures },
    ...list(words.pages(name), part.pages, 'pageViews'),
    ...list(words.sources(name), part.sources, 'visits'),
  ];
}

function figuresOf(language: Language, metric: ReportMetric, figure: ListedValue['figure'] | undefined): string[] {
  return [
    figureIn(language, metric, figure),
    figureIn(language, metric, figure?.compared),
    changeIn(language, metric, figure, figure?.compared),
  ];
}
