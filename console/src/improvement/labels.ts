/** The words for values of tables: names of applications, systems, countries. */
import { REGION_NAMES } from '@avow/protocol/improvement/region-names';
import { isSubRegion } from '@avow/protocol/improvement/regions';
import type { TableKind } from '@avow/protocol/improvement/tables';
import type { ImprovementOverview } from '@avow/protocol/staff/improvement';
import { useLanguage } from '../texts/language.tsx';
import { texts } from './texts.ts';

export type Product = ImprovementOverview['products'][number];

export function useLabels(product: Product): (kind: TableKind, label: string) => string {
  const say = texts.useTexts();
  const language = useLanguage();
  const countries = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' });
  const application = (id: string) => product.applications.find((one) => one.id === id)?.name ?? id;
  return (kind, label) => {
    switch (kind) {
      case 'applications':
        return application(label);
      case 'combinations':
        return label === '' || label === '-' ? say.noApplications : label.split('+').map(application).join(' + ');
      case 'systems':
        return say.families[label] ?? label;
      case 'countries':
        if (label === 'other') return say.otherPlace;
        return isSubRegion(label) ? REGION_NAMES[language][label] : (countries.of(label) ?? label);
      case 'starts':
        return say.starts(label);
      default:
        return label === 'other' ? say.other : label;
    }
  };
}
