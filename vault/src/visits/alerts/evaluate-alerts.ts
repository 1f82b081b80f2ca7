/** Every hour: each alert is judged by the last full hour, and told once in an episode. */
import type { Mail } from '../../platform/mail/outbox.ts';
import type { VisitFigures } from '../ask-visits.ts';
import { alertMail, QUIET_HOURS } from './mails.ts';
import { beginEpisode, endEpisode, listAlerts, prolongEpisode, type StoredAlert } from './queries.ts';
import { lastFullHour, readHour } from './read-hour.ts';
import { judge, type Reading } from './rule.ts';

export interface AlertHouse extends VisitFigures {
  mail: Mail;
}

export async function evaluateAlerts(house: AlertHouse): Promise<void> {
  const hour = lastFullHour(house.clock(), house.config.timeZone);
  const bySite = Map.groupBy(await listAlerts(house.db), ({ site }) => site);
  for (const [site, alerts] of bySite) {
    const readings = await readHour(house, site, hour);
    for (const alert of alerts) await follow(house, alert, hour, readings[alert.metric]);
  }
}

async function follow(house: AlertHouse, alert: StoredAlert, hour: number, reading: Reading): Promise<void> {
  const at = new Date(hour * 1000);
  switch (judge(alert, reading)) {
    case 'alarming':
      if (!(await begin(house, alert, hour, reading))) await prolongEpisode(house.db, alert.id, at);
      break;
    case 'normal':
      await endEpisode(house.db, alert.id, new Date((hour - QUIET_HOURS * 3600) * 1000));
      break;
    case 'unknown':
  }
}

/** The episode and its mails are one transaction: neither is without the other. */
function begin(house: AlertHouse, alert: StoredAlert, hour: number, reading: Reading): Promise<boolean> {
  const { config, db, mail } = house;
  return db.transaction().execute(async (tx) => {
    if (!(await beginEpisode(tx, alert.id, new Date(hour * 1000)))) return false;
    const content = alertMail(config, alert, hour, reading);
    for (const to of config.visits.reportTo)
      await mail.queueMail(tx, { to, content, dataKeyId: null, purpose: 'tell staff of unusual visits' });
    return true;
  });
}
