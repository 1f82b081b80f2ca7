import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';
import { texts } from './texts.ts';

export const operationsRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/operations',
    component: lazyRouteComponent(() => import('./operations-page.tsx'), 'OperationsPage'),
  }),
] as const;

export const operationsArea: Area = {
  nav: [
    {
      to: '/operations',
      label: { en: texts.in('en').title, de: texts.in('de').title },
      group: 'house',
      needs: 'operations:read',
      go: 'o',
    },
  ],
};
