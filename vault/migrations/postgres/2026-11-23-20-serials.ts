import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('serial_batches')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('unit', 'pressed', 'legacy')`))
    .addColumn('product', 'text', (column) => column.notNull())
    .addColumn('edition', 'text', (column) => column.notNull())
    .addColumn('key_id', 'smallint')
    .addColumn('serials', 'integer', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('day', 'date', (column) => column.notNull())
    .execute();

  // No foreign key to serial_batches: its check runs once a row and doubles the time of a million. Batch and serials are only
  // ever written in one transaction, and never changed.
  await db.schema
    .createTable('serials')
    .addColumn('serial_index', 'bytea', (column) => column.primaryKey())
    .addColumn('batch_id', 'uuid', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('serial_alarms')
    .addColumn('day', 'date', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('serial_alarms_pkey', ['day', 'what'])
    .execute();
}
