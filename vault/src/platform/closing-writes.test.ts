import { createTestDatabase } from '@avow/engines/testing';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { afterCommit, inTransaction, writeAtClosing } from './closing-writes.ts';
import type { VaultTables } from './database.ts';

let vault: TestVault;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});

beforeEach(async () => {
  await vault.db.deleteFrom('mail_allowances').execute();
  await vault.db.deleteFrom('set_aside_requests').execute();
});

afterAll(() => vault.close());

const day = '2026-11-23';
const SPOOL_ID = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
const allow = (tx: Kysely<VaultTables>, target: string, used = 1) =>
  tx.insertInto('mail_allowances').values({ target: Buffer.from(target), day, used });
const setAside = (tx: Kysely<VaultTables>) =>
  tx.insertInto('set_aside_requests').values({ spool_id: SPOOL_ID, body: Buffer.from('$1 stays as it is'), day });

async function targets(db: Kysely<VaultTables> = vault.db): Promise<string[]> {
  const rows = await db.selectFrom('mail_allowances').select('target').orderBy('target').execute();
  return rows.map(({ target }) => target.toString());
}

test('closing writes are in the database with the commit, all by one statement, and not before', async () => {
  const before = await inTransaction(vault.db, async (tx) => {
    await allow(tx, 'changed').execute();
    await writeAtClosing(tx, allow(tx, 'one'));
    await writeAtClosing(tx, setAside(tx));
    await writeAtClosing(
      tx,
      tx.updateTable('mail_allowances').set({ used: 7 }).where('target', '=', Buffer.from('changed')),
    );
    return targets(tx);
  });
  expect(before).toEqual(['changed']);
  expect(await targets()).toEqual(['changed', 'one']);
  const aside = await vault.db.selectFrom('set_aside_requests').selectAll().executeTakeFirstOrThrow();
  expect(aside.body.toString()).toBe('$1 stays as it is');
  const { rows } = await sql<{ used: number }>`SELECT used FROM mail_allowances ORDER BY target`.execute(vault.db);
  expect(rows.map(({ used }) => used)).toEqual([7, 1]);
});

test('a transaction that fails, in its work or in a closing write, leaves nothing and calls nothing', async () => {
  let called = 0;
  const act = () => called++;
  const work = inTransaction(vault.db, async (tx) => {
    await writeAtClosing(tx, allow(tx, 'one'));
    afterCommit(tx, act);
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  const closing = inTransaction(vault.db, async (tx) => {
    afterCommit(tx, act);
    await allow(tx, 'twice').execute();
    await writeAtClosing(tx, setAside(tx));
    await writeAtClosing(tx, allow(tx, 'twice'));
  });
  await expect(closing).rejects.toThrow('duplicate key');
  expect(await targets()).toEqual([]);
  expect(await vault.db.selectFrom('set_aside_requests').selectAll().execute()).toEqual([]);
  expect(called).toBe(0);
});

test('what was to happen after the commit happens once, with the rows there', async () => {
  const seen: Promise<string[]>[] = [];
  const act = () => seen.push(targets());
  await inTransaction(vault.db, async (tx) => {
    await writeAtClosing(tx, allow(tx, 'one'));
    expect(afterCommit(tx, act)).toBe(true);
    afterCommit(tx, act);
    expect(seen).toHaveLength(0);
  });
  expect(await Promise.all(seen)).toEqual([['one']]);
});

test('in a transaction of another kind they are written at once, and nothing can be put off', async () => {
  await vault.db.transaction().execute(async (tx) => {
    await writeAtClosing(tx, allow(tx, 'one'));
    expect(await targets(tx)).toEqual(['one']);
    expect(afterCommit(tx, () => {})).toBe(false);
  });
});
