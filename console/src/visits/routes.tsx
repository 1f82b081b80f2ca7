import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { rootRoute, signedInRoute } from '../frame/root-route.tsx';
import { readImportSearch } from './imports/search.ts';
import { readSearch } from './state/search.ts';

export const visitsRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/visits',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('./visits-page.tsx'), 'VisitsPage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/visits/alerts',
    component: lazyRouteComponent(() => import('./alerts/alerts-page.tsx'), 'AlertsPage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/visits/shared-links',
    component: lazyRouteComponent(() => import('./links/links-page.tsx'), 'LinksPage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/visits/imports',
    validateSearch: readImportSearch,
    component: lazyRouteComponent(() => import('./imports/imports-page.tsx'), 'ImportsPage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/visits/exports',
    component: lazyRouteComponent(() => import('./exports/exports-page.tsx'), 'ExportsPage'),
  }),
] as const;

/** For readers of shared links, who are not signed in. */
export const sharedRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/shared',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('./links/shared-page.tsx'), 'SharedPage'),
  }),
] as const;

export const visitsArea: Area = {
  nav: [
    {
      to: '/visits',
      label: { en: 'Visits', de: 'Besuche' },
      about: { en: 'Figures of the websites, without identities.', de: 'Zahlen der Websites, ohne Identitäten.' },
      group: 'figures',
      needs: 'visits:read',
      go: 'v',
    },
    {
      to: '/visits/alerts',
      label: { en: 'Alerts', de: 'Alarme' },
      about: { en: 'Hear of spikes and drops by mail.', de: 'Von Ausschlägen und Einbrüchen per Mail erfahren.' },
      group: 'figures',
      needs: 'visits:write',
      go: 'w',
    },
    {
      to: '/visits/shared-links',
      label: { en: 'Shared links', de: 'Geteilte Links' },
      about: { en: 'Show figures to people without an account.', de: 'Zahlen Menschen ohne Konto zeigen.' },
      group: 'figures',
      needs: 'visits:share',
      go: 'l',
    },
    {
      to: '/visits/imports',
      label: { en: 'Earlier figures', de: 'Frühere Zahlen' },
      about: {
        en: 'Bring in what Plausible or Google Analytics counted before.',
        de: 'Einlesen, was Plausible oder Google Analytics früher gezählt hat.',
      },
      group: 'figures',
      needs: 'visits:write',
      go: 'b',
    },
    {
      to: '/visits/exports',
      label: { en: 'Events as a file', de: 'Ereignisse als Datei' },
      about: { en: 'Take single events out as a file.', de: 'Einzelne Ereignisse als Datei ausgeben.' },
      group: 'figures',
      needs: 'visits:export',
      go: 'x',
    },
  ],
};
