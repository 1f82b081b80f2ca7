import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

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
      label: { en: 'Staff', de: 'Mitarbeitende' },
      about: {
        en: 'Invite people, choose what they may do, end sessions.',
        de: 'Menschen einladen, festlegen, was sie dürfen, Sitzungen beenden.',
      },
      group: 'house',
      needs: 'staff:read',
      go: 'm',
    },
  ],
};
