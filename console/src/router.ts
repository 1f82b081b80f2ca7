/** Every page of the console. */
import { createRouter } from '@tanstack/react-router';
import { accountRoutes } from './account/routes.tsx';
import { rootRoute, signedInRoute } from './frame/root-route.tsx';
import { signInRoutes } from './sign-in/routes.tsx';
import { startRoutes } from './start/routes.tsx';
import { welcomeRoutes } from './welcome/routes.tsx';

const routeTree = rootRoute.addChildren([
  ...welcomeRoutes,
  ...signInRoutes,
  signedInRoute.addChildren([...startRoutes, ...accountRoutes]),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
