import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/people',
    component: lazyRouteComponent(() => import('./people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    // Of an access, not of a person: who finds the address in a history finds nobody.
    getParentRoute: () => signedInRoute,
    path: '/people/$access',
    component: lazyRouteComponent(() => import('./record-page.tsx'), 'RecordPage'),
  }),
] as const;

export const peopleArea: Area = {
  nav: [
    {
      to: '/people',
      label: { en: 'People', de: 'Personen' },
      group: 'people',
      needs: 'people:read',
      go: 'p',
    },
  ],
};
