import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

export const tokensRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/tokens',
    component: lazyRouteComponent(() => import('./tokens-page.tsx'), 'TokensPage'),
  }),
] as const;

export const tokensArea: Area = {
  nav: [
    {
      to: '/tokens',
      label: { en: 'API tokens', de: 'API-Token' },
      about: { en: 'Let programs ask the API.', de: 'Programme die API fragen lassen.' },
      group: 'house',
      needs: 'tokens:write',
      go: 't',
    },
  ],
};
