/** Every page of the console. */
import { createRouter } from '@tanstack/react-router';
import { rootRoute, signedInRoute } from './frame/root-route.tsx';
import { startRoutes } from './start/routes.tsx';

const routeTree = rootRoute.addChildren([signedInRoute.addChildren([...startRoutes])]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
