import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('product_registrations')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('serial_index', 'bytea', (column) => column.notNull())
    .addColumn('person_id', 'uuid', (column) => column.notNull())
    .addColumn('product', 'text', (column) => column.notNull())
    .addColumn('edition', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull().check(sql`role in ('owner', 'household', 'one of many')`))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('registered', 'on hold', 'transferred', 'refused')`),
    )
    .addColumn('day', 'date', (column) => column.notNull())
    .addColumn('statement_version', 'integer', (column) => column.notNull())
    // Encrypted with the person's data key.
    .addColumn('serial', 'bytea', (column) => column.notNull())
    .addColumn('disc_version', 'bytea')
    .addColumn('software_version', 'bytea')
    .addColumn('receipt', 'bytea')
    .addUniqueConstraint('product_registrations_once_a_person', ['serial_index', 'person_id'])
    .execute();
  await db.schema.createIndex('product_registrations_person').on('product_registrations').column('person_id').execute();
  // The last word on "exactly one becomes owner", whatever the program above it does.
  await sql`CREATE UNIQUE INDEX product_registrations_one_owner ON product_registrations (serial_index)
    WHERE role = 'owner' AND state = 'registered'`.execute(db);

  await db.schema
    .createTable('serial_holds')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('claim_id', 'uuid', (column) =>
      column.notNull().unique().references('product_registrations.id').onDelete('cascade'),
    )
    .addColumn('owner_id', 'uuid', (column) =>
      column.notNull().references('product_registrations.id').onDelete('cascade'),
    )
    .addColumn('day', 'date', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('serial_holds_owner').on('serial_holds').column('owner_id').execute();

  await db.schema
    .createTable('serial_transfers')
    .addColumn('registration_id', 'uuid', (column) =>
      column.primaryKey().references('product_registrations.id').onDelete('cascade'),
    )
    .addColumn('code_index', 'bytea', (column) => column.notNull())
    .addColumn('valid_until', 'date', (column) => column.notNull())
    .execute();
}
