import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';
import { handOver } from './handed-over.ts';

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/people',
    component: lazyRouteComponent(() => import('./people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    // Of an access, not of a person: who finds the address in a history finds nobody.
    getParentRoute: () => signedInRoute,
    path: '/people/$access',
    component: lazyRouteComponent(() => import('./record-page.tsx'), 'RecordPage'),
  }),
] as const;

/** An e-mail address, or something long enough to be a serial. */
const FINDABLE = /^\S+@\S+$|^(?=.*\d)[\dA-Za-z-]{8,}$/;

export const peopleArea: Area = {
  nav: [
    {
      to: '/people',
      label: { en: 'People', de: 'Personen' },
      about: {
        en: 'Find a person, for a purpose and on record.',
        de: 'Eine Person finden, für einen Zweck und mit Eintrag im Protokoll.',
      },
      group: 'people',
      needs: 'people:read',
      go: 'p',
    },
  ],
  lookUp: {
    needs: 'people:read',
    command: (text) =>
      FINDABLE.test(text)
        ? {
            id: 'find-person',
            label: { en: `Find ${text}`, de: `${text} suchen` },
            needs: 'people:read',
            act: () => handOver(text),
            to: '/people',
          }
        : null,
  },
};
