import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';
import { texts } from './texts.ts';

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
      label: { en: texts.in('en').title, de: texts.in('de').title },
      about: { en: texts.in('en').about, de: texts.in('de').about },
      group: 'house',
      needs: 'tokens:write',
      go: 't',
    },
  ],
};
