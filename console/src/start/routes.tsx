import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

export const startRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./start-page.tsx'), 'StartPage'),
  }),
] as const;

export const startArea: Area = {
  nav: [
    {
      to: '/',
      label: { en: 'Start', de: 'Start' },
      group: 'own',
      needs: null,
      go: 's',
    },
  ],
};
