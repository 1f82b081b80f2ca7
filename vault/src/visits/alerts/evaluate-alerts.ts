/** Every hour: each alert is judged by the last full hour, and told once in an episode. */
import type { Kysely } from 'kysely';
import type { VaultTables } from '../../platform/database.ts';
import type { Mail } from '../../platform/mail/outbox.ts';
import type { VisitFigures } from '../ask-visits.ts';
import { localDay } from '../query/zone.ts';
import { alertMail, QUIET_HOURS } from './mails.ts';
import { beginOrProlong, countQuietHour, listAlerts, type StoredAlert } from './queries.ts';
import { lastFullHour, readHour } from './read-hour.ts';
import { judge, type Reading } from './rule.ts';

export interface AlertHouse extends VisitFigures {
  mail: Mail;
}

export async function evaluateAlerts(house: AlertHouse): Promise<void> {
  const hour = lastFullHour(house.clock(), house.config.timeZone);
  const bySite = Map.groupBy(await listAlerts(house.db), ({ site }) => site);
  const judged: { alert: StoredAlert; reading: Reading }[] = [];
  for (const [site, alerts] of bySite) {
    const readings = await readHour(house, site, hour);
    judged.push(...alerts.map((alert) => ({ alert, reading: readings[alert.metric] })));
  }
  // All or nothing: a task that failed is run again, and no hour may count twice.
  await house.db.transaction().execute(async (tx) => {
    for (const { alert, reading } of judged) await follow(house, tx, alert, hour, reading);
  });
}

async function follow(
  { config, mail }: AlertHouse,
  tx: Kysely<VaultTables>,
  alert: StoredAlert,
  hour: number,
  reading: Reading,
): Promise<void> {
  const judgement = judge(alert, reading);
  if (judgement === 'normal') await countQuietHour(tx, alert.id, QUIET_HOURS);
  if (judgement !== 'alarming') return;
  if (!(await beginOrProlong(tx, alert.id, localDay(hour, config.timeZone)))) return;
  const content = alertMail(config, alert, hour, reading);
  for (const to of config.visits.reportTo)
    await mail.queueMail(tx, { to, content, dataKeyId: null, purpose: 'tell staff of unusual visits' });
}
