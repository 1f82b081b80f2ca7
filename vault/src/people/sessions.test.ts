import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { deleteExpiredSessions, endAllSessions, endSession, findSession, openSession } from './sessions.ts';

let vault: TestVault;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});

afterAll(() => vault.close());

const NOON = new Date('2026-11-23T12:00:00Z');
const after = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

test('a session names its person until it has been idle for 30 minutes', async () => {
  const person = randomUUID();
  const bearer = await openSession(vault.db, person, NOON);
  expect(await findSession(vault.db, bearer, after(29))).toBe(person);
  expect(await findSession(vault.db, bearer, after(58))).toBe(person);
  expect(await findSession(vault.db, bearer, after(88))).toBeNull();
});

test('a session ends after 12 hours, however busy', async () => {
  const person = randomUUID();
  const bearer = await openSession(vault.db, person, NOON);
  for (let minutes = 20; minutes < 720; minutes += 20) {
    expect(await findSession(vault.db, bearer, after(minutes))).toBe(person);
  }
  expect(await findSession(vault.db, bearer, after(719.9))).toBe(person);
  expect(await findSession(vault.db, bearer, after(720))).toBeNull();
});

test('an ended session stays ended, and others go on', async () => {
  const person = randomUUID();
  const [one, two] = [await openSession(vault.db, person, NOON), await openSession(vault.db, person, NOON)];
  await endSession(vault.db, one);
  expect(await findSession(vault.db, one, NOON)).toBeNull();
  expect(await findSession(vault.db, two, NOON)).toBe(person);
});

test('requests of one page do not wait for each other', async () => {
  const bearer = await openSession(vault.db, randomUUID(), NOON);
  await vault.db.transaction().execute(async (tx) => {
    await findSession(tx, bearer, after(0.1));
    await vault.db.transaction().execute((other) => findSession(other, bearer, after(0.2)));
  });
});

test.each(['', 'Bearer', '0'.repeat(26), '\0'.repeat(26), 'x'.repeat(1_000_000)])(
  'what was never a session is refused (%#)',
  async (bearer) => {
    expect(await findSession(vault.db, bearer, NOON)).toBeNull();
    await endSession(vault.db, bearer);
  },
);

test('expired sessions are cleared away, living ones stay', async () => {
  const living = await openSession(vault.db, randomUUID(), after(1000));
  await deleteExpiredSessions(vault.db, after(1010));
  expect(await vault.db.selectFrom('sessions').select('ends').execute()).toHaveLength(1);
  expect(await findSession(vault.db, living, after(1010))).not.toBeNull();
});

test('all sessions of a person can be ended without their bearers; later ones are good', async () => {
  const [person, other] = [randomUUID(), randomUUID()];
  const [one, two, foreign] = [
    await openSession(vault.db, person, NOON),
    await openSession(vault.db, person, after(5)),
    await openSession(vault.db, other, NOON),
  ];
  await endAllSessions(vault.db, person, after(5));
  expect(await findSession(vault.db, one, after(6))).toBeNull();
  expect(await findSession(vault.db, two, after(6))).toBeNull();
  expect(await findSession(vault.db, foreign, after(6))).toBe(other);
  expect(await findSession(vault.db, await openSession(vault.db, person, after(6)), after(7))).toBe(person);
});
