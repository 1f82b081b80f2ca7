import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route.tsx';

export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    /** Where to go afterwards: a path of the console, never another place. Named even when refused: what is left out, the router passes on as it came. */
    validateSearch: ({ next }): { next?: string | undefined } => ({
      next: typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : undefined,
    }),
    component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  }),
] as const;
