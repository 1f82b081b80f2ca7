import { createTestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { deleteExpiredTokens, issueToken, spendToken } from './tokens.ts';

let vault: TestVault;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});

afterAll(() => vault.close());

const NOON = new Date('2026-11-23T12:00:00Z');
const after = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

const issue = (life: { minutes: number } | { days: number }, now = NOON) =>
  issueToken(vault.db, { act: 'confirm', subject: 'the subject', ...life }, now);
const spend = (token: string, now = NOON) => spendToken(vault.db, 'confirm', token, now);

test.each([{ minutes: 15 }, { days: 14 }])('a token of %o is spent once', async (life) => {
  const token = await issue(life);
  expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(await spend(token)).toBe('the subject');
  expect(await spend(token)).toBeNull();
});

test.each([{ minutes: 15 }, { days: 14 }])(
  'of twenty parallel spends of a token of %o exactly one wins',
  async (life) => {
    const token = await issue(life);
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        vault.db.transaction().execute(async (tx) => {
          const subject = await spendToken(tx, 'confirm', token, NOON);
          await sql`SELECT pg_sleep(0.01)`.execute(tx);
          return subject;
        }),
      ),
    );
    expect(results.filter((subject) => subject === 'the subject')).toHaveLength(1);
    expect(results.filter((subject) => subject === null)).toHaveLength(19);
  },
);

test('a spend that is rolled back gives the token back', async () => {
  const token = await issue({ days: 1 });
  await vault.db
    .transaction()
    .execute(async (tx) => {
      await spendToken(tx, 'confirm', token, NOON);
      throw new Error('power cut');
    })
    .catch(() => {});
  expect(await spend(token)).toBe('the subject');
});

test('a token of another act does nothing and stays unspent', async () => {
  const token = await issue({ minutes: 15 });
  expect(await spendToken(vault.db, 'sign-in', token, NOON)).toBeNull();
  expect(await spend(token)).toBe('the subject');
});

test('minutes end to the minute, days end with their last day', async () => {
  expect(await spend(await issue({ minutes: 15 }), after(14.9))).toBe('the subject');
  expect(await spend(await issue({ minutes: 15 }), after(15))).toBeNull();
  expect(await spend(await issue({ days: 14 }), new Date('2026-12-07T23:59:59Z'))).toBe('the subject');
  expect(await spend(await issue({ days: 14 }), new Date('2026-12-08T00:00:00Z'))).toBeNull();
});

test('a typed token may be in small letters, with blanks and hyphens, O for 0 and l for 1', async () => {
  const token = await issue({ minutes: 15 });
  const typed = token
    .toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replace(/(.{5})/g, '$1- ');
  expect(await spend(typed)).toBe('the subject');
});

test.each(['', 'x', '0'.repeat(26), 'U'.repeat(26), '\0', '0'.repeat(100_000), "' OR 1=1 --"])(
  'what was never a token is refused (%#)',
  async (text) => {
    expect(await spend(text)).toBeNull();
  },
);

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('a life of %d minutes is refused', async (minutes) => {
  await expect(issue({ minutes })).rejects.toThrow(RangeError);
});

test('expired tokens are cleared away, living ones stay', async () => {
  const living = [await issue({ minutes: 60 }), await issue({ days: 1 })];
  await issue({ minutes: 5 });
  await issue({ days: 1 }, new Date('2026-11-20T12:00:00Z'));
  await deleteExpiredTokens(vault.db, after(30));
  const left = [
    ...(await vault.db.selectFrom('minute_tokens').select('expires').execute()).map((row) => row.expires > after(30)),
    ...(await vault.db.selectFrom('day_tokens').select('valid_through').execute()).map(
      (row) => row.valid_through >= '2026-11-23',
    ),
  ];
  expect(left).not.toContain(false);
  for (const token of living) expect(await spend(token, after(30))).toBe('the subject');
});

test('what carries minutes is kept out of the write-ahead log', async () => {
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u' ORDER BY 1`.execute(vault.db);
  expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(['minute_tokens', 'sessions']));
});
