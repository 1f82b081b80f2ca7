import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { lazy } from 'react';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

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
      label: { en: 'Operations', de: 'Betrieb' },
      about: {
        en: 'See how the house is doing, and what to do.',
        de: 'Sehen, wie es dem Haus geht und was zu tun ist.',
      },
      group: 'house',
      needs: 'operations:read',
      go: 'o',
    },
  ],
  attention: {
    needs: 'operations:read',
    Part: lazy(() => import('./attention.tsx').then((part) => ({ default: part.OperationsAttention }))),
  },
};
