import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

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
      label: { en: 'Settings', de: 'Einstellungen' },
      about: {
        en: 'The configuration in force, and what is kept.',
        de: 'Die geltende Konfiguration, und was aufbewahrt wird.',
      },
      group: 'house',
      needs: 'settings:read',
      go: 'e',
    },
  ],
};
