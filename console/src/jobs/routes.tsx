import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

export const jobsRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/jobs',
    component: lazyRouteComponent(() => import('./jobs-page.tsx'), 'JobsPage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/jobs/$id',
    component: lazyRouteComponent(() => import('./job-page.tsx'), 'JobPage'),
  }),
] as const;

export const jobsArea: Area = {
  nav: [
    {
      to: '/jobs',
      label: { en: 'Jobs', de: 'Aufträge' },
      about: { en: 'Follow long work: imports and exports.', de: 'Lange Arbeiten verfolgen: Einlesen und Ausgeben.' },
      group: 'house',
      needs: ['serials:read', 'visits:write', 'visits:export'],
      go: 'j',
    },
  ],
};
