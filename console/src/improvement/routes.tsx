import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';
import { texts } from './texts.ts';

interface Search {
  product?: string;
  week?: string;
  system?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function readSearch(search: Record<string, unknown>): Search {
  const names = ['product', 'week', 'system'] as const;
  return Object.fromEntries(names.flatMap((name) => (text(search[name]) ? [[name, text(search[name])]] : [])));
}

export const improvementRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/improvement',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('./improvement-page.tsx'), 'ImprovementPage'),
  }),
] as const;

const [en, de] = [texts.in('en'), texts.in('de')];

export const improvementArea: Area = {
  nav: [
    {
      to: '/improvement',
      label: { en: en.title, de: de.title },
      about: { en: en.about, de: de.about },
      group: 'figures',
      needs: 'improvement:read',
      go: 'i',
    },
  ],
};
