import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';
import { texts } from './texts.ts';

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
  }),
] as const;

export const settingsArea: Area = {
  nav: [
    {
      to: '/settings',
      label: { en: texts.in('en').title, de: texts.in('de').title },
      group: 'house',
      needs: 'settings:read',
      go: 'e',
    },
  ],
};
