import { createTestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../../test-vault.ts';
import { hashOfEntry, recordAct } from './audit-log.ts';
import { anchorAuditLog, verifyAuditLog } from './verify-audit-log.ts';

const vault: TestVault = await openTestVault(createTestDatabase);
afterAll(() => vault.close());

const { db, keyring, keyringDb } = vault;
const entry = { day: '2026-11-24', staff: 'operator', act: 'signed-in' } as const;
const verify = () => verifyAuditLog(vault);

beforeEach(async () => {
  await db.deleteFrom('audit_log').execute();
  await keyringDb.deleteFrom('audit_anchor').execute();
  for (let n = 0; n < 10; n += 1) await db.transaction().execute((tx) => recordAct(tx, keyring, entry));
});

describe('U5: the audit log', () => {
  test('numbers entries without a gap, however many are written at once', async () => {
    const many = Array.from({ length: 40 }, (_, n) =>
      db.transaction().execute((tx) => recordAct(tx, keyring, { ...entry, about: String(n) })),
    );
    await Promise.all(many);
    expect(await verify()).toMatchObject({ holds: true, entries: 50 });
  });

  test('is written with what it records, or not at all', async () => {
    const failing = db.transaction().execute(async (tx) => {
      await recordAct(tx, keyring, entry);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await verify()).toMatchObject({ holds: true, entries: 10 });
  });

  test.each([
    { day: '2026-11-23' },
    { staff: 'somebody' },
    { act: 'signed-out' as const },
    { purpose: 'usage-patterns' },
    { about: 'x' },
    { access_id: '00000000-0000-4000-8000-000000000000' },
    { sealed: Buffer.from('x') },
  ])('shows that an entry was changed: %j', async (change) => {
    await db.updateTable('audit_log').set(change).where('number', '=', 4).execute();
    expect(await verify()).toEqual({ holds: false, number: 4, why: 'changed' });
  });

  test('shows that an entry was taken out, and that the rest was numbered anew', async () => {
    await db.deleteFrom('audit_log').where('number', '=', 4).execute();
    expect(await verify()).toEqual({ holds: false, number: 4, why: 'missing' });
    await sql`UPDATE audit_log SET number = number - 1 WHERE number = 5`.execute(db);
    expect(await verify()).toEqual({ holds: false, number: 4, why: 'changed' });
  });

  test('cannot be forged by whoever has the database, but not the key', async () => {
    const row = await db.selectFrom('audit_log').selectAll().where('number', '=', 10).executeTakeFirstOrThrow();
    const forged = { ...row, staff: 'somebody' };
    const stranger = { blindIndex: (_: string, text: string) => Buffer.from(text).subarray(0, 32) };
    await db.deleteFrom('audit_log').where('number', '=', 10).execute();
    await db
      .insertInto('audit_log')
      .values({ ...forged, hash: hashOfEntry(stranger, forged) })
      .execute();
    expect(await verify()).toEqual({ holds: false, number: 10, why: 'changed' });
  });

  test('shows that two entries changed places', async () => {
    const rows = await db.selectFrom('audit_log').selectAll().where('number', 'in', [4, 5]).orderBy('number').execute();
    await db.deleteFrom('audit_log').where('number', 'in', [4, 5]).execute();
    for (const [at, row] of rows.entries()) {
      const moved = { ...row, number: 5 - at };
      await db
        .insertInto('audit_log')
        .values({ ...moved, hash: hashOfEntry(keyring, moved) })
        .execute();
    }
    expect(await verify()).toEqual({ holds: false, number: 4, why: 'not chained' });
  });

  test('shows that its end was cut off, from the anchor in the other database', async () => {
    await anchorAuditLog(db, keyringDb);
    await db.deleteFrom('audit_log').where('number', '>', 7).execute();
    expect(await verify()).toEqual({ holds: false, number: 8, why: 'end missing' });
    // The anchor never goes back: an end that was cut off stays missing, however often it is set again.
    await anchorAuditLog(db, keyringDb);
    expect(await verify()).toEqual({ holds: false, number: 8, why: 'end missing' });
    await db.deleteFrom('audit_log').execute();
    expect(await verify()).toEqual({ holds: false, number: 1, why: 'end missing' });
    for (let n = 0; n < 12; n += 1) {
      await db.transaction().execute((tx) => recordAct(tx, keyring, { ...entry, about: 'another history' }));
    }
    expect(await verify()).toMatchObject({ holds: false, why: 'end missing' });
  });

  test('tells how far the check has come', async () => {
    const seen: number[] = [];
    await verifyAuditLog(vault, (checked) => seen.push(checked));
    expect(seen).toEqual([10]);
  });
});
