/** Counts a day of what honest people hardly ever do; when a count reaches its mark, staff are told once that day. */
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { alarmMail } from './mails.ts';

/** What is counted, and the count a day at which staff are told. */
export const ALARM_MARKS = {
  /** Right check character, wrong tag: one slip in 32 gets there by chance, whoever invents serials always does. */
  'wrong tag': 100,
  /** Right tag, but never stored: somebody has a serial key, or a batch was never finished. */
  'never issued': 1,
  'wrong transfer code': 50,
  'second registration': 100,
  'too many second registrations': 10,
} as const;

export type AlarmKind = keyof typeof ALARM_MARKS;

export async function countAlarm(
  services: Services,
  tx: Kysely<VaultTables>,
  what: AlarmKind,
  day: string,
): Promise<void> {
  const { count } = await tx
    .insertInto('serial_alarms')
    .values({ day, what, count: 1 })
    .onConflict((row) =>
      row.columns(['day', 'what']).doUpdateSet((of) => ({ count: of('serial_alarms.count', '+', 1) })),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  if (count === ALARM_MARKS[what]) {
    await services.mail.queueMail(tx, {
      to: services.config.vendor.contactEmail,
      content: alarmMail(what, count),
      dataKeyId: null,
      purpose: 'serial alarm',
    });
  }
}
