/** What somebody has to do something about, told from the state alone. */
import type { Alarm, OperationsState } from '@avow/protocol/staff/operations';
import { daysBetween, type IsoDay } from '../platform/day.ts';
import { ROTATION_DUE_DAYS } from '../platform/keys/keys-status.ts';

/** A link that is away for less is on its way back: the edge restarts, a cable is moved. */
const LINK_DOWN_SECONDS = 180;
const DISK_LOW_SHARE = 0.1;
const DISK_LOW_BYTES = 2 * 1024 ** 3;
const BACKUP_OLD_DAYS = 7;
const MAIL_STUCK_COUNT = 500;

/** Urgent ones first. */
export function alarmsOf(
  state: Omit<OperationsState, 'alarms'>,
  today: IsoDay,
  linkDownSeconds = LINK_DOWN_SECONDS,
): Alarm[] {
  const alarms: Alarm[] = [
    ...linkAlarms(state, linkDownSeconds),
    ...engineAlarms(state),
    ...mailAlarms(state),
    ...keyAlarms(state, today),
    ...backupAlarms(state, today),
  ];
  if (state.setAside.count > 0) {
    alarms.push({ code: 'requests-set-aside', level: 'urgent', about: { count: state.setAside.count } });
  }
  for (const { name, lastFailed } of state.tasks) {
    if (lastFailed) alarms.push({ code: 'task-failed', level: 'soon', about: { task: name } });
  }
  return alarms.toSorted((one, other) => Number(one.level === 'soon') - Number(other.level === 'soon'));
}

function linkAlarms(
  { links, upSeconds }: Pick<OperationsState, 'links' | 'upSeconds'>,
  linkDownSeconds: number,
): Alarm[] {
  return links.flatMap(({ edge, connected, lastAnswerSeconds, spoolOldestDays }) => {
    const alarms: Alarm[] = [];
    const away = lastAnswerSeconds ?? upSeconds;
    if (!connected && away >= linkDownSeconds) {
      alarms.push({ code: 'link-down', level: 'urgent', about: { edge, minutes: Math.max(1, Math.floor(away / 60)) } });
    }
    if (spoolOldestDays !== null && spoolOldestDays > 0) {
      alarms.push({ code: 'spool-old', level: 'urgent', about: { edge, days: spoolOldestDays } });
    }
    return alarms;
  });
}

function engineAlarms({ engines, disk }: Pick<OperationsState, 'engines' | 'disk'>): Alarm[] {
  const alarms: Alarm[] = engines
    .filter(({ state }) => state === 'away')
    .map(({ name }) => ({
      code: name === 'clickhouse' ? 'clickhouse-away' : 'database-away',
      level: 'urgent',
      about: { engine: name },
    }));
  if (disk && (disk.freeBytes < DISK_LOW_BYTES || disk.freeBytes < disk.totalBytes * DISK_LOW_SHARE)) {
    const percent = Math.floor((disk.freeBytes / disk.totalBytes) * 100);
    alarms.push({
      code: 'disk-low',
      level: disk.freeBytes < DISK_LOW_BYTES ? 'urgent' : 'soon',
      about: { percent, bytes: disk.freeBytes },
    });
  }
  return alarms;
}

function mailAlarms({ mail }: Pick<OperationsState, 'mail'>): Alarm[] {
  const alarms: Alarm[] = [];
  if (mail.waiting > MAIL_STUCK_COUNT) {
    alarms.push({ code: 'mails-stuck', level: 'urgent', about: { count: mail.waiting } });
  }
  if (mail.failed > 0) alarms.push({ code: 'mails-failed', level: 'soon', about: { count: mail.failed } });
  if (mail.unknown > 0) alarms.push({ code: 'mails-unknown', level: 'soon', about: { count: mail.unknown } });
  return alarms;
}

function keyAlarms({ keys }: Pick<OperationsState, 'keys'>, today: IsoDay): Alarm[] {
  const alarms: Alarm[] = [];
  if (!keys.active) alarms.push({ code: 'no-gateway-key', level: 'urgent', about: {} });
  if (keys.keySetVersion !== null && !keys.logVerified) {
    alarms.push({ code: 'key-log-broken', level: 'urgent', about: {} });
  }
  if (keys.active && keys.active.ageDays >= ROTATION_DUE_DAYS) {
    alarms.push({ code: 'key-old', level: 'soon', about: { days: keys.active.ageDays } });
  }
  const left = keys.retired.filter(({ destroyedOn }) => destroyedOn < today).length;
  if (left > 0) alarms.push({ code: 'retired-keys-left', level: 'soon', about: { count: left } });
  return alarms;
}

function backupAlarms({ backup }: Pick<OperationsState, 'backup'>, today: IsoDay): Alarm[] {
  if (backup.lastDay === null) return [{ code: 'backup-never', level: 'soon', about: {} }];
  const days = daysBetween(backup.lastDay, today);
  return days > BACKUP_OLD_DAYS ? [{ code: 'backup-old', level: 'soon', about: { days } }] : [];
}
