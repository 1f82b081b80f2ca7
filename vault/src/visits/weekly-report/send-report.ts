/** The report of the last week, mailed once. Looked for several times an hour, so that one missed on Monday still comes. */
import type { IsoDay } from '../../platform/day.ts';
import type { Mail } from '../../platform/mail/outbox.ts';
import type { VisitFigures } from '../ask-visits.ts';
import { readReport } from './read-report.ts';
import { reportMail } from './report-mail.ts';
import { dueWeek } from './week.ts';

export interface ReportHouse extends VisitFigures {
  mail: Mail;
}

export async function sendDueReport(house: ReportHouse): Promise<void> {
  const { config, db, mail, clock } = house;
  const { reportTo, reportLanguage } = config.visits;
  const week = dueWeek(clock(), config.timeZone);
  if (week === null || reportTo.length === 0 || (await wasReported(house, week))) return;
  const report = await readReport(house, week);
  const recipients = report.empty ? [] : reportTo;
  const content = reportMail(report, reportLanguage);
  await db.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('visit_reports')
      .values({ week, mails: recipients.length })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    // Another worker was faster.
    if (!numInsertedOrUpdatedRows) return;
    for (const to of recipients)
      await mail.queueMail(tx, { to, content, dataKeyId: null, purpose: 'weekly report of visits' });
  });
}

async function wasReported({ db }: ReportHouse, week: IsoDay): Promise<boolean> {
  const row = await db.selectFrom('visit_reports').select('week').where('week', '=', week).executeTakeFirst();
  return row !== undefined;
}
