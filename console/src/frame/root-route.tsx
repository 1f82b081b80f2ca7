/** The two grounds every area's routes stand on: pages for everybody, and pages for whoever is signed in. */
import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router';
import { NoSuchPage } from './other-pages.tsx';
import { SignedIn } from './signed-in.tsx';

export const rootRoute = createRootRoute({ component: Outlet });

export const signedInRoute = createRoute({ getParentRoute: () => rootRoute, id: 'signed-in', component: SignedIn });

/** Every other address: said inside the frame, with the navigation beside it. */
export const noSuchPageRoute = createRoute({ getParentRoute: () => signedInRoute, path: '$', component: NoSuchPage });
