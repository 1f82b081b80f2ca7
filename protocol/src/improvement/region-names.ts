/** What sub-regions are called: each is what is left of it when its large countries are named. */
import type { Language } from '../refusals.ts';
import type { SubRegion } from './regions.ts';

export const REGION_NAMES: Record<Language, Record<SubRegion, string>> = {
  en: {
    'northern-africa': 'rest of Northern Africa',
    'sub-saharan-africa': 'rest of Sub-Saharan Africa',
    'latin-america-and-the-caribbean': 'rest of Latin America and the Caribbean',
    'northern-america': 'rest of Northern America',
    'central-asia': 'rest of Central Asia',
    'eastern-asia': 'rest of Eastern Asia',
    'south-eastern-asia': 'rest of South-eastern Asia',
    'southern-asia': 'rest of Southern Asia',
    'western-asia': 'rest of Western Asia',
    'eastern-europe': 'rest of Eastern Europe',
    'northern-europe': 'rest of Northern Europe',
    'southern-europe': 'rest of Southern Europe',
    'western-europe': 'rest of Western Europe',
    'australia-and-new-zealand': 'rest of Australia and New Zealand',
    melanesia: 'rest of Melanesia',
    micronesia: 'rest of Micronesia',
    polynesia: 'rest of Polynesia',
  },
  de: {
    'northern-africa': 'übriges Nordafrika',
    'sub-saharan-africa': 'übriges Afrika südlich der Sahara',
    'latin-america-and-the-caribbean': 'übriges Lateinamerika und Karibik',
    'northern-america': 'übriges Nordamerika',
    'central-asia': 'übriges Zentralasien',
    'eastern-asia': 'übriges Ostasien',
    'south-eastern-asia': 'übriges Südostasien',
    'southern-asia': 'übriges Südasien',
    'western-asia': 'übriges Westasien',
    'eastern-europe': 'übriges Osteuropa',
    'northern-europe': 'übriges Nordeuropa',
    'southern-europe': 'übriges Südeuropa',
    'western-europe': 'übriges Westeuropa',
    'australia-and-new-zealand': 'übriges Australien und Neuseeland',
    melanesia: 'übriges Melanesien',
    micronesia: 'übriges Mikronesien',
    polynesia: 'übriges Polynesien',
  },
};
