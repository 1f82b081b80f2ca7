import type { RefusalCode } from '@avow/protocol/refusals';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route.tsx';

/** Why somebody comes back from an identity provider without being signed in. */
const REFUSED = ['openid_refused', 'openid_away', 'challenge_expired'] as const satisfies RefusalCode[];
type Refused = (typeof REFUSED)[number];

export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    /** Where to go afterwards: a path of the console, never another place. Named even when refused: what is left out, the router passes on as it came. */
    validateSearch: ({ next, refused }): { next?: string | undefined; refused?: Refused | undefined } => ({
      next: typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : undefined,
      refused: REFUSED.find((code) => code === refused),
    }),
    component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  }),
] as const;
