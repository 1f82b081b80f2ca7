/** Every page of the console. */
import { createRouter } from '@tanstack/react-router';
import { accountRoutes } from './account/routes.tsx';
import { auditLogRoutes } from './audit-log/routes.tsx';
import { BrokenPage, NoSuchPage } from './frame/other-pages.tsx';
import { noSuchPageRoute, rootRoute, signedInRoute } from './frame/root-route.tsx';
import { improvementRoutes } from './improvement/routes.tsx';
import { jobsRoutes } from './jobs/routes.tsx';
import { operationsRoutes } from './operations/routes.tsx';
import { peopleRoutes } from './people/routes.tsx';
import { serialsRoutes } from './serials/routes.tsx';
import { settingsRoutes } from './settings/routes.tsx';
import { signInRoutes } from './sign-in/routes.tsx';
import { staffRoutes } from './staff/routes.tsx';
import { startRoutes } from './start/routes.tsx';
import { tokensRoutes } from './tokens/routes.tsx';
import { sharedRoutes, visitsRoutes } from './visits/routes.tsx';
import { welcomeRoutes } from './welcome/routes.tsx';

const routeTree = rootRoute.addChildren([
  ...welcomeRoutes,
  ...signInRoutes,
  ...sharedRoutes,
  signedInRoute.addChildren([
    ...startRoutes,
    ...visitsRoutes,
    ...improvementRoutes,
    ...accountRoutes,
    ...peopleRoutes,
    ...serialsRoutes,
    ...jobsRoutes,
    ...operationsRoutes,
    ...settingsRoutes,
    ...staffRoutes,
    ...tokensRoutes,
    ...auditLogRoutes,
    noSuchPageRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultNotFoundComponent: NoSuchPage,
  defaultErrorComponent: BrokenPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
