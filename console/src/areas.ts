/** The areas of the console, in the order of the navigation. A new one adds a line here and its routes to `router.ts`. */
import { auditLogArea } from './audit-log/routes.tsx';
import type { Area } from './frame/areas.ts';
import { improvementArea } from './improvement/routes.tsx';
import { jobsArea } from './jobs/routes.tsx';
import { operationsArea } from './operations/routes.tsx';
import { peopleArea } from './people/routes.tsx';
import { serialsArea } from './serials/routes.tsx';
import { settingsArea } from './settings/routes.tsx';
import { staffArea } from './staff/routes.tsx';
import { startArea } from './start/routes.tsx';
import { tokensArea } from './tokens/routes.tsx';
import { visitsArea } from './visits/routes.tsx';

export const areas: readonly Area[] = [
  startArea,
  visitsArea,
  improvementArea,
  peopleArea,
  serialsArea,
  jobsArea,
  operationsArea,
  settingsArea,
  staffArea,
  tokensArea,
  auditLogArea,
];
