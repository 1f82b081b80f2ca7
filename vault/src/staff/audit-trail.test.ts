import { createTestDatabase } from '@avow/engines/testing';
import type { SessionRoutes } from '@avow/protocol/staff/session';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { destroyDoomedKeys } from '../people/erasure.ts';
import { accessBy, openForStaff } from '../people/staff-access.ts';
import { recordAct } from '../platform/audit/audit-log.ts';
import { verifyAuditLog } from '../platform/audit/verify-audit-log.ts';
import { KeyDestroyed } from '../platform/keys/data-key.ts';
import { openTestStaff, type TestStaff } from '../test-staff.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';

type Log = SessionRoutes['GET /audit-log']['answer'];
let vault: TestVault;
let house: TestStaff;
const day = '2026-11-24';

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  house = await openTestStaff(vault, { start: new Date(`${day}T10:00:00Z`) });
});
afterAll(() => vault.close());

async function person(email: string): Promise<string> {
  const made = { fields: { email }, language: 'en' as const, country: 'GB', act: 'registration', day };
  const id = await vault.people.create(vault.db, made);
  if (typeof id !== 'string') throw new Error('the address is taken');
  return id;
}

async function look(personId: string, staff: { staffId: string }): Promise<string> {
  const caller = { kind: 'member', staffId: staff.staffId, name: '', roles: ['support'], sessionId: '' } as const;
  const access = {
    purpose: 'customer-service-issue',
    ticket: 'T-4711',
    by: accessBy(caller),
    command: 'x',
    day,
  } as const;
  const { accessId } = await openForStaff(vault, { ...access, personId });
  const entry = { day, staff: staff.staffId, act: 'person-corrected', about: accessId } as const;
  await vault.db.transaction().execute((tx) => recordAct(tx, vault.keyring, entry));
  return accessId;
}

test('U5: the log names who, what for and about whom; after the person is erased it holds, and leads to nobody', async () => {
  const officer = await house.member('privacy-officer');
  const support = await house.member('support');
  const [stays, goes] = [await person('stays@example.org'), await person('goes@example.org')];
  await look(stays, support);
  await look(goes, support);
  await look(goes, support);
  const before = await officer.answer<Log>('GET', '/audit-log');
  expect(before.entries.map(({ about }) => about)).toEqual([goes, goes, goes, goes, stays, stays]);
  expect(before.entries[1]).toMatchObject({
    number: 5,
    day,
    staff: 'Ada support',
    act: 'person-opened',
    purpose: 'customer-service-issue',
    ticket: 'T-4711',
  });
  expect(before.verified).toBe(true);

  await vault.db.transaction().execute((tx) => vault.people.erase(tx, goes, day));
  await destroyDoomedKeys(vault.db, vault.keyring);
  const after = await officer.answer<Log>('GET', '/audit-log');
  expect(after.entries.map(({ about, ticket }) => about ?? ticket)).toEqual([null, null, null, null, stays, stays]);
  expect(after.entries.map(({ hash }) => hash)).toEqual(before.entries.map(({ hash }) => hash));
  expect(await verifyAuditLog(vault)).toMatchObject({ holds: true, entries: 6 });
  expect(await vault.db.selectFrom('staff_access').select('id').where('person_id', '=', goes).execute()).toEqual([]);
  const rows = JSON.stringify(await vault.db.selectFrom('audit_log').selectAll().execute());
  expect(rows).not.toContain(goes);
  expect(rows).not.toContain('T-4711');
});

test('U5: who left is erased: the chain holds, says "former", and name and address are nowhere', async () => {
  const [administrator, officer] = [await house.member('administrator'), await house.member('privacy-officer')];
  const leaving = await house.member('support', 'administrator');
  const { staffId, email } = leaving;
  const told = await leaving.answer<SessionRoutes['PATCH /account']['answer']>('PATCH', '/account', {
    name: 'Zenobia',
  });
  expect(told.staff.name).toBe('Zenobia');
  await look(await person('seen@example.org'), leaving);
  await administrator.answer('PATCH', `/staff/${staffId}`, { roles: ['support'] });
  expect(await administrator.refusal('DELETE', `/staff/${staffId}`)).toBe('409 account_not_disabled');
  await administrator.answer('PATCH', `/staff/${staffId}`, { disabled: true });
  const before = await officer.answer<Log>('GET', '/audit-log');
  const keyId = (await house.house.members.find(vault.db, staffId))?.dataKeyId ?? '';
  expect(await administrator.answer('DELETE', `/staff/${staffId}`)).toEqual({ erased: true });
  await destroyDoomedKeys(vault.db, vault.keyring);

  const after = await officer.answer<Log>('GET', '/audit-log');
  expect(after.verified).toBe(true);
  expect(await verifyAuditLog(vault)).toMatchObject({ holds: true });
  expect(after.entries[0]).toMatchObject({ act: 'account-erased', about: 'former', staff: 'Ada administrator' });
  expect(after.entries.slice(1).map(({ hash }) => hash)).toEqual(before.entries.map(({ hash }) => hash));
  expect(after.entries.slice(1, 5).map(({ act, staff, about }) => [act, staff, about])).toEqual([
    ['account-disabled', 'Ada administrator', 'former'],
    ['roles-changed', 'Ada administrator', 'former: support'],
    ['person-corrected', '', expect.any(String)],
    ['person-opened', '', expect.any(String)],
  ]);
  expect(JSON.stringify(after)).not.toContain('Zenobia');
  const { staff } = await administrator.answer<SessionRoutes['GET /staff']['answer']>('GET', '/staff');
  expect(staff.map((one) => one.email)).not.toContain(email);
  expect((await leaving.load()).state).toBe('signed-out');
  expect(await administrator.refusal('DELETE', `/staff/${staffId}`)).toBe('404 not_found');
  await expect(vault.keyring.dataKey(keyId)).rejects.toThrow(KeyDestroyed);
});

test('U5: no look is answered without its entry, and none has an entry without being answered', async () => {
  const count = async () => (await verifyAuditLog(vault)) as { holds: true; entries: number };
  const before = (await count()).entries;
  const nobody = '00000000-0000-4000-8000-000000000000';
  await expect(look(nobody, await house.member('support'))).rejects.toThrow('there is no person');
  expect((await count()).entries).toBe(before);
});

test('the log is read from its end, a page at a time', async () => {
  const officer = await house.member('privacy-officer');
  for (let n = 0; n < 120; n += 1) {
    const entry = { day, staff: 'operator', act: 'signed-in', about: String(n) } as const;
    await vault.db.transaction().execute((tx) => recordAct(tx, vault.keyring, entry));
  }
  const first = await officer.answer<Log>('GET', '/audit-log');
  expect(first.entries).toHaveLength(100);
  expect(first.next).toBe(String(first.entries.at(-1)?.number));
  const rest = await officer.answer<Log>('GET', `/audit-log?before=${first.next}`);
  expect(rest.entries[0]?.number).toBe(Number(first.next) - 1);
  expect(rest.next).toBeNull();
  expect(await officer.refusal('GET', '/audit-log?before=x')).toBe('422 invalid_fields');
});

test('a chain that was broken is told as such', async () => {
  const officer = await house.member('privacy-officer');
  await vault.db.updateTable('audit_log').set({ staff: 'somebody' }).where('number', '=', 2).execute();
  house.setClock(new Date(`${day}T10:02:00Z`));
  expect((await officer.answer<Log>('GET', '/audit-log')).verified).toBe(false);
});
