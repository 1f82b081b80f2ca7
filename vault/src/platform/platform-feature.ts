/** What the house itself keeps and does, whatever the purposes are: mails on their way, its own keys, the nightly rewrite. */
import type { AvowConfig } from '@avow/config/config';
import { anchorAuditLog } from './audit/verify-audit-log.ts';
import type { KeyringDatabase, VaultDatabase } from './database.ts';
import { addDays, isoDay } from './day.ts';
import type { Feature, Kept } from './feature.ts';
import { forgetExpiredApiTokens } from './http/api-tokens.ts';
import { MAIL_KEY } from './mail/outbox.ts';
import { forgetMails } from './mail/queries.ts';
import type { PeriodKeys } from './period-keys.ts';
import { recordOfProcessing } from './records.ts';
import { shuffleTable } from './shuffle.ts';

const FOR_GOOD = { en: 'as long as the system runs', de: 'solange das System läuft' };

function own(table: string, database: 'vault' | 'keyring', why: string): Kept {
  return { table, database, why, promises: [], keptFor: FOR_GOOD, readers: ['nobody'], shuffled: false };
}

function keeps(sentMailDays: number): readonly Kept[] {
  return [
    {
      table: 'mails',
      database: 'vault',
      why: 'Mails on their way and lately sent, encrypted with the key of whom they are for.',
      promises: ['W1', 'U5'],
      keptFor: {
        en: `${sentMailDays} days; unreadable as soon as you erase your data`,
        de: `${sentMailDays} Tage; unlesbar, sobald Sie Ihre Daten löschen`,
      },
      readers: ['nobody'],
      shuffled: true,
    },
    {
      table: 'api_tokens',
      database: 'vault',
      why: 'Which programs may ask the API for what; of their tokens only a hash.',
      promises: [],
      keptFor: { en: 'until revoked, or their last day', de: 'bis zum Widerruf oder zu ihrem letzten Tag' },
      readers: ['administrator'],
      shuffled: false,
    },
    {
      table: 'audit_log',
      database: 'vault',
      why: 'What staff did, chained by keyed hashes; which person it was about opens with that person’s key only.',
      promises: ['U5'],
      keptFor: {
        en: 'as long as the system runs; whom it was about, until you erase your data, one year at most',
        de: 'solange das System läuft; um wen es ging, bis Sie Ihre Daten löschen, höchstens ein Jahr',
      },
      readers: ['privacy officer', 'administrator'],
      shuffled: false,
    },
    own('period_keys', 'vault', 'Which key of the week belongs to which purpose; the keys are in the keyring.'),
    own('kysely_migration', 'vault', 'Which changes of the tables were made.'),
    own('kysely_migration_lock', 'vault', 'That only one process changes the tables.'),
    own('kysely_migration', 'keyring', 'Which changes of the tables were made.'),
    own('kysely_migration_lock', 'keyring', 'That only one process changes the tables.'),
    own('pgboss.*', 'vault', 'When periodic tasks ran.'),
  ];
}

export function createPlatform(house: {
  config: AvowConfig;
  db: VaultDatabase;
  keyringDb: KeyringDatabase;
  clock: () => Date;
  periodKeys: PeriodKeys;
  features: () => readonly Feature[];
}): Feature {
  const { config, db, keyringDb, clock, periodKeys, features } = house;
  const { sentMailDays } = config.retention;
  return {
    name: 'platform',
    accepts: [],
    staffRoutes: [],
    keeps: keeps(sentMailDays),
    schedule: [
      {
        name: 'platform.forgetMails',
        cron: '30 0 * * *',
        async run() {
          const before = addDays(isoDay(clock()), -sentMailDays);
          const gone = await forgetMails(db, before);
          await periodKeys.forgetBefore(MAIL_KEY, before);
          return gone;
        },
      },
      {
        name: 'platform.forgetApiTokens',
        cron: '32 0 * * *',
        run: () => forgetExpiredApiTokens(db, isoDay(clock())),
      },
      {
        name: 'platform.anchorAuditLog',
        cron: '17 * * * *',
        run: () => anchorAuditLog(db, keyringDb),
      },
      {
        // After the day's forgetting, so that what was forgotten is not written out again.
        name: 'platform.shuffle',
        cron: '0 2 * * *',
        async run() {
          const shuffled = recordOfProcessing(features()).filter((kept) => kept.shuffled);
          for (const { database, table } of shuffled) {
            await (database === 'vault' ? shuffleTable(db, table) : shuffleTable(keyringDb, table));
          }
        },
      },
    ],
    // Mails are encrypted with the person's key and go with it.
    tellPerson: async () => ({}),
    forgetPerson: async () => ({ stays: [] }),
  };
}
