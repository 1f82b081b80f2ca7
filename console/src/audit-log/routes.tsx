import { AUDIT_ACTS, type AuditAct } from '@avow/protocol/staff/audit';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../frame/areas.ts';
import { signedInRoute } from '../frame/root-route.tsx';
import { texts } from './texts.ts';

export interface AuditFilters {
  act?: AuditAct | undefined;
  text?: string | undefined;
}

export const auditLogRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/audit-log',
    validateSearch: ({ act, text }): AuditFilters => {
      const known = AUDIT_ACTS.find((name) => name === act);
      return { ...(known && { act: known }), ...(typeof text === 'string' && text && { text }) };
    },
    component: lazyRouteComponent(() => import('./audit-log-page.tsx'), 'AuditLogPage'),
  }),
] as const;

export const auditLogArea: Area = {
  nav: [
    {
      to: '/audit-log',
      label: { en: texts.in('en').title, de: texts.in('de').title },
      about: { en: texts.in('en').about, de: texts.in('de').about },
      group: 'house',
      needs: 'audit:read',
      go: 'a',
    },
  ],
};
