import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

/** What a dry run hands to the import for real. */
interface ImportSearch {
  file?: string;
  suite?: string;
  edition?: string;
  column?: string;
  note?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function importSearch(search: Record<string, unknown>): ImportSearch {
  const names = ['file', 'suite', 'edition', 'column', 'note'] as const;
  return Object.fromEntries(names.flatMap((name) => (text(search[name]) ? [[name, text(search[name])]] : [])));
}

export const serialsRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/serials',
    component: lazyRouteComponent(() => import('./serials-page.tsx'), 'SerialsPage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/serials/batches/$id',
    component: lazyRouteComponent(() => import('./batch-page.tsx'), 'BatchPage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/serials/new',
    component: lazyRouteComponent(() => import('./generate-page.tsx'), 'GeneratePage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/serials/import',
    validateSearch: importSearch,
    component: lazyRouteComponent(() => import('./import-page.tsx'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/serials/holds',
    component: lazyRouteComponent(() => import('./holds-page.tsx'), 'HoldsPage'),
  }),
] as const;

export const serialsArea: Area = {
  nav: [
    {
      to: '/serials',
      label: { en: 'Serials', de: 'Seriennummern' },
      about: {
        en: 'Make, import and look through serial numbers.',
        de: 'Seriennummern erzeugen, einlesen und durchsehen.',
      },
      group: 'people',
      needs: 'serials:read',
      go: 'n',
    },
    {
      to: '/serials/holds',
      label: { en: 'Holds and transfers', de: 'Angehalten und übertragen' },
      about: {
        en: 'Settle serials that two people claim.',
        de: 'Seriennummern klären, die zwei Menschen beanspruchen.',
      },
      group: 'people',
      needs: 'serials:read',
      go: 'h',
    },
  ],
};
