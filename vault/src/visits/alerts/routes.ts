/** Alerts, for the staff and their programs. */
import type { AvowConfig } from '@avow/config/config';
import { z } from 'zod';
import type { VaultDatabase } from '../../platform/database.ts';
import { isoDay } from '../../platform/day.ts';
import type { StaffRoute } from '../../platform/feature.ts';
import { visitRoute } from '../visit-route.ts';
import { countAlerts, createAlert, deleteAlert, listAlerts, type StoredAlert } from './queries.ts';
import { ALERT_METRICS, ruleSchema } from './rule.ts';

const MOST_ALERTS = 200;

const alertSchema = z.strictObject({
  id: z.uuid(),
  site: z.string().nullable().describe('Null: the whole group.'),
  metric: z.enum(ALERT_METRICS),
  direction: z.enum(['spike', 'drop']),
  percent: z.int(),
  minimum: z.int(),
  created: z.iso.date(),
  since: z.iso.date().nullable().describe('Reporting day on which what goes on now began.'),
});

export function alertRoutes(options: { config: AvowConfig; db: VaultDatabase; clock: () => Date }): StaffRoute[] {
  const { config, db, clock } = options;
  return [
    visitRoute('GET /visits/alerts', {
      permission: 'visits:write',
      summary: 'The alerts on spikes and drops, and which of them are on.',
      answer: z.strictObject({ alerts: z.array(alertSchema) }),
      handle: async () => ({ alerts: (await listAlerts(db)).map(shown) }),
    }),
    visitRoute('POST /visits/alerts', {
      permission: 'visits:write',
      summary: 'A new alert: each full hour is compared with the median of the same weekday and hour in four weeks.',
      body: ruleSchema(config.sites.map(({ id }) => id)),
      answer: alertSchema,
      async handle({ body }) {
        if ((await countAlerts(db)) >= MOST_ALERTS) return { refused: 'too_many_alerts' };
        return shown(await createAlert(db, body, isoDay(clock())));
      },
    }),
    visitRoute('DELETE /visits/alerts/:id', {
      permission: 'visits:write',
      summary: 'Deletes an alert.',
      answer: z.strictObject({ deleted: z.literal(true) }),
      async handle({ params: { id } }) {
        const known = z.uuid().safeParse(id);
        if (!known.success || !(await deleteAlert(db, known.data))) return { refused: 'not_found' };
        return { deleted: true };
      },
    }),
  ];
}

function shown({ episode_since, quiet_hours: _, ...alert }: StoredAlert): z.output<typeof alertSchema> {
  return { ...alert, since: episode_since };
}
