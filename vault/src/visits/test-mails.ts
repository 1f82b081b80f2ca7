/** For tests: a vault with visits and an outbox, and the mails that are queued in it. */
import { join } from 'node:path';
import { type AvowConfig, loadConfig } from '@avow/config/config';
import type { VisitEvent } from '@avow/protocol/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { migrateClickHouse, openClickHouse } from '../platform/clickhouse.ts';
import type { VaultDatabase } from '../platform/database.ts';
import { MAIL_CONTEXT, type Mail, type MailLetter, openOutbox } from '../platform/mail/outbox.ts';
import { openPeriodKeys } from '../platform/period-keys.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { insertEvents } from './query/test-traffic.ts';

interface Database {
  url: string;
  drop(): Promise<void>;
}

export interface TestMails {
  config: AvowConfig;
  vault: TestVault;
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  mail: Mail;
  clock: () => Date;
  setClock(moment: string): void;
  insert(events: readonly VisitEvent[]): Promise<void>;
  /** Those that are queued, and forgets them. */
  takeMails(): Promise<MailLetter[]>;
  close(): Promise<void>;
}

export async function openTestMails(
  createDatabase: () => Promise<Database>,
  createClickHouse: () => Promise<Database>,
): Promise<TestMails> {
  const [vault, engine, loaded] = await Promise.all([
    openTestVault(createDatabase),
    createClickHouse(),
    loadConfig(join(import.meta.dirname, '../../../examples/vendor/avow.config.ts')),
  ]);
  const clickhouse = openClickHouse(engine.url);
  await migrateClickHouse(clickhouse);
  const reportTo = ['web@nordlicht.example', 'boss@nordlicht.example'];
  const config = { ...loaded, visits: { ...loaded.visits, reportTo } };
  const { db, keyring } = vault;
  let now = new Date();
  const clock = () => now;
  return {
    config,
    vault,
    db,
    clickhouse,
    clock,
    mail: openOutbox({ config, keyring, periodKeys: openPeriodKeys(db, keyring), clock }),
    setClock(moment) {
      now = new Date(moment);
    },
    insert: (events) => insertEvents(clickhouse, events),
    async takeMails() {
      const rows = await db.deleteFrom('mails').returning(['data_key_id', 'content']).execute();
      const letters = rows.map(async ({ data_key_id, content }): Promise<MailLetter> => {
        const key = await keyring.dataKey(data_key_id);
        return JSON.parse(key.decrypt(content, MAIL_CONTEXT));
      });
      return (await Promise.all(letters)).sort((one, other) => (one.to < other.to ? -1 : 1));
    },
    async close() {
      await clickhouse.close();
      await Promise.all([vault.close(), engine.drop()]);
    },
  };
}
