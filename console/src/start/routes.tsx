import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';
import { texts } from './texts.ts';

export const startRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./start-page.tsx'), 'StartPage'),
  }),
] as const;

export const startArea: Area = {
  nav: [{ to: '/', label: { en: texts.in('en').title, de: texts.in('de').title }, group: 'own', needs: null, go: 's' }],
};
