import { composeMail } from '@avow/vault/platform/mail/compose';
import { openOutbox } from '@avow/vault/platform/mail/outbox';
import { openPeriodKeys } from '@avow/vault/platform/period-keys';
import { mondayOf } from '@avow/vault/visits/query/period';
import { readReport } from '@avow/vault/visits/weekly-report/read-report';
import { reportMail } from '@avow/vault/visits/weekly-report/report-mail';
import { lastWeek } from '@avow/vault/visits/weekly-report/week';
import type { ClickHouse } from '../open-clickhouse.ts';
import { say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';
import { VisitsProblem } from './visits-problem.ts';

export interface ReportFlags {
  week?: string;
  to?: string[];
  language?: 'en' | 'de';
  json?: true;
}

/** `avow visits report`: what is mailed every Monday, printed; or mailed once more, to whom is named. */
export async function reportWeek(
  { vault, clickhouse }: { vault: VaultHandle; clickhouse: ClickHouse },
  flags: ReportFlags,
): Promise<void> {
  const { config, db, keyring } = vault;
  const clock = () => new Date();
  const last = lastWeek(clock(), config.timeZone);
  const week = mondayOf(flags.week ?? last);
  if (week > last) throw new VisitsProblem(`The week from ${week} is not over; the last one that is began on ${last}.`);
  const report = await readReport({ config, db, clickhouse, clock }, week);
  const content = reportMail(report, flags.language ?? config.visits.reportLanguage);
  if (!flags.to) {
    if (flags.json) return say(JSON.stringify(report));
    const { subject, text } = composeMail(content, config.vendor);
    return say(`${subject}\n\n${text}`.trimEnd());
  }
  const mail = openOutbox({ config, keyring, periodKeys: openPeriodKeys(db, keyring), clock });
  const recipients = new Set(flags.to);
  await db.transaction().execute(async (tx) => {
    for (const to of recipients)
      await mail.queueMail(tx, { to, content, dataKeyId: null, purpose: 'weekly report of visits' });
  });
  if (flags.json) return say(JSON.stringify({ week, queued: recipients.size }));
  say(`The report of the week from ${week} is queued for ${recipients.size} addresses; the vault sends it.`);
}
