import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { rootRoute, signedInRoute } from '../frame/root-route.tsx';
import { readSearch } from './state/search.ts';
import { texts } from './texts.ts';

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

const label = (choose: (say: ReturnType<typeof texts.in>) => string) => ({
  en: choose(texts.in('en')),
  de: choose(texts.in('de')),
});

export const visitsArea: Area = {
  nav: [
    { to: '/visits', label: label(({ visits }) => visits), group: 'figures', needs: 'visits:read', go: 'v' },
    {
      to: '/visits/alerts',
      label: label(({ alerts }) => alerts.title),
      group: 'figures',
      needs: 'visits:write',
      go: 'a',
    },
    {
      to: '/visits/shared-links',
      label: label(({ links }) => links.title),
      group: 'figures',
      needs: 'visits:share',
      go: 'l',
    },
  ],
};
