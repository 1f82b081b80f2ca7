import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

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

export const improvementArea: Area = {
  nav: [
    {
      to: '/improvement',
      label: { en: 'Improvement Programme', de: 'Verbesserungsprogramm' },
      about: {
        en: 'What participating installations tell, once a week and anonymously.',
        de: 'Was teilnehmende Installationen erzählen, einmal in der Woche und anonym.',
      },
      group: 'figures',
      needs: 'improvement:read',
      go: 'i',
    },
  ],
};
