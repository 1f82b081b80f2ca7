import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route.tsx';

export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    /** Where to go afterwards: a path of the console, never another place. */
    validateSearch: ({ next }): { next?: string } =>
      typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {},
    component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  }),
] as const;
