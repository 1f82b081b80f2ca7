import { AUDIT_ACTS, type AuditAct } from '@avow/protocol/staff/audit';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';

export interface AuditFilters {
  act?: AuditAct | undefined;
  text?: string | undefined;
}

export const auditLogRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/audit-log',
    validateSearch: ({ act, text }): AuditFilters => ({
      act: AUDIT_ACTS.find((name) => name === act),
      text: typeof text === 'string' && text ? text : undefined,
    }),
    component: lazyRouteComponent(() => import('./audit-log-page.tsx'), 'AuditLogPage'),
  }),
] as const;

export const auditLogArea: Area = {
  nav: [
    {
      to: '/audit-log',
      label: { en: 'Audit log', de: 'Prüfprotokoll' },
      about: {
        en: 'See who did what, and that nothing was changed.',
        de: 'Sehen, wer was getan hat und dass nichts geändert wurde.',
      },
      group: 'house',
      needs: 'audit:read',
      go: 'a',
    },
  ],
};
