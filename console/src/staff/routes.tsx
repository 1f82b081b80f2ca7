import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';
import { texts } from './texts.ts';

export const staffRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/staff',
    component: lazyRouteComponent(() => import('./staff-page.tsx'), 'StaffPage'),
  }),
] as const;

export const staffArea: Area = {
  nav: [
    {
      to: '/staff',
      label: { en: texts.in('en').title, de: texts.in('de').title },
      about: { en: texts.in('en').about, de: texts.in('de').about },
      group: 'house',
      needs: 'staff:read',
      go: 'm',
    },
  ],
};
