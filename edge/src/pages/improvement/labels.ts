/** What stands in a table, in the reader's words. */
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import { isSubRegion } from '@avow/protocol/improvement/regions';
import { type OsFamily, OTHER } from '@avow/protocol/improvement/report';
import type { ImprovementTable } from '@avow/protocol/improvement/tables';
import { addWeeks, weekStart } from '@avow/protocol/improvement/weeks';
import type { Language } from '@avow/protocol/refusals';
import { TEXTS } from '../texts/texts.ts';

export interface Labels {
  of(table: ImprovementTable, label: string): string;
  title(table: ImprovementTable): string;
  product(id: string): string;
  number(count: number): string;
  percent(share: number): string;
  day(moment: Date | string): string;
  /** `Week 40 of 2026: 28 September to 4 October 2026` */
  week(week: string): string;
}

export function labelsIn(language: Language, configuration: SignedConfiguration): Labels {
  const t = TEXTS[language].improvement;
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const regions = new Intl.DisplayNames(locale, { type: 'region' });
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const productOf = (id: string) => configuration.products.find((product) => product.id === id);
  const application = (product: string, id: string) =>
    productOf(product)?.applications.find((one) => one.id === id)?.name ?? id;
  const system = (family: string) => (family in t.systems ? t.systems[family as OsFamily] : family);
  const day = (moment: Date | string) => days.format(new Date(moment));

  function period(installed: string): string {
    if (installed === 'older') return t.older;
    if (/^\d{4}-\d{2}$/.test(installed)) return months.format(new Date(`${installed}-01`));
    return installed.includes('W') ? `${day(weekStart(installed))} – ${day(lastDay(installed))}` : installed;
  }

  function of({ kind, product }: ImprovementTable, label: string): string {
    if (kind === 'starts') return t.times(label);
    if (kind === 'systems') return system(label);
    if (kind === 'cohorts') return period(label);
    if (kind === 'applications') return application(product, label);
    if (kind === 'combinations') {
      return label === '-'
        ? t.none
        : label
            .split('+')
            .map((id) => application(product, id))
            .join(', ');
    }
    if (label === OTHER) return t.other;
    if (kind !== 'countries') return label;
    return isSubRegion(label) ? t.regions[label] : (regions.of(label) ?? label);
  }

  return {
    of,
    title(table) {
      const { kind, within, product } = table;
      if (within === null) return t.tables[kind];
      return t.within(t.tables[kind], kind === 'starts' ? application(product, within) : system(within));
    },
    product: (id) => productOf(id)?.name ?? id,
    number: (count) => numbers.format(count),
    percent: (share) => percents.format(share),
    day,
    week(week) {
      const [year = '', number = ''] = week.split('-W');
      return t.week(Number(number), Number(year), day(weekStart(week)), day(lastDay(week)));
    },
  };
}

const lastDay = (week: string): Date => new Date(weekStart(addWeeks(week, 1)).getTime() - 1);
