import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestProducts, type TestProducts } from './test-products.ts';

let house: TestProducts;
beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
});
afterAll(() => house.close());
afterEach(() => house.newMails());

const stateOf = async (person: string) => (await house.held(person)).map((product) => product.state);
const forget = (person: string) => house.db.transaction().execute((tx) => house.products.forgetPerson(tx, person));

describe('POST /me/products', () => {
  test('registers a further product of the person who is signed in', async () => {
    const person = await house.person('adds-product');
    const serial = await house.serial();
    const answer = await house.call('POST /me/products', { serial, discVersion: ' 8.0 ' }, { as: person });
    expect(answer).toMatchObject({ held: false, receipt: { claims: { statementVersion: 8 } } });
    expect(await house.held(person)).toMatchObject([{ serial, discVersion: '8.0', softwareVersion: null }]);
  });

  test('nobody is let in without a session', async () => {
    expect(await house.call('POST /me/products', { serial: await house.serial() })).toEqual({
      refused: 'not_signed_in',
    });
  });

  test.each([
    [{ serial: 'hello' }, { serial: 'serial_unknown' }],
    [{ serial: '00000-00000-00000-00000-00001' }, { serial: 'serial_mistyped' }],
    [{ serial: '0'.repeat(5000) }, { serial: 'field_too_long' }],
    [{ serial: 'hello', discVersion: 'x'.repeat(41) }, { discVersion: 'field_too_long' }],
    [{ serial: 'hello', transferCode: 'x'.repeat(41) }, { transferCode: 'field_too_long' }],
  ])('refuses %j beside its field', async (body, fields) => {
    const person = await house.person(crypto.randomUUID());
    expect(await house.call('POST /me/products', body, { as: person })).toEqual({ refused: 'invalid_fields', fields });
    expect(await house.held(person)).toEqual([]);
    expect(await house.newMails()).toEqual([]);
  });

  test('a wrong transfer code stands beside the transfer code', async () => {
    const person = await house.person('wrong-code');
    const body = { serial: await house.serial(), transferCode: 'ABCD-EFGH-JKMN' };
    const fields = { transferCode: 'transfer_code_wrong' };
    expect(await house.call('POST /me/products', body, { as: person })).toEqual({ refused: 'invalid_fields', fields });
  });

  test('where nobody waits any more the refusal is mailed, without the serial', async () => {
    const person = await house.person('gone-away', 'de');
    await house.call('POST /me/products', { serial: 'MARKED-SERIAL' }, { as: person, awaited: false });
    const mails = await house.newMails();
    expect(mails).toMatchObject([{ to: 'gone-away@example.org', content: { language: 'de' } }]);
    expect(mails[0]?.content.paragraphs[0]).toContain('nicht bekannt');
    expect(JSON.stringify(mails)).not.toContain('MARKED');
  });

  test.each([{}, { serial: 1 }, { serial: 'x', unknown: 'y' }, { serial: null }, null, []])(
    'does not read %j',
    async (body) => {
      const handler = house.products.accepts.find((one) => one.route === 'POST /me/products');
      expect(handler?.body.safeParse(body).success).toBe(false);
    },
  );
});

describe('forgetting a person', () => {
  test('takes all of it and leaves the serial to whoever comes next', async () => {
    const person = await house.person('forgotten');
    const serial = await house.serial();
    const { registrationId } = await house.claim(person, serial);
    await house.call('POST /me/transfers', { registrationId }, { as: person });
    expect(await forget(person)).toEqual({ stays: [] });
    for (const table of ['product_registrations', 'serial_transfers', 'serial_holds'] as const) {
      const column = table === 'serial_transfers' ? 'registration_id' : table === 'serial_holds' ? 'owner_id' : 'id';
      const left = await house.db
        .selectFrom(table)
        .selectAll()
        .where(column as never, '=', registrationId as never)
        .execute();
      expect(left, table).toEqual([]);
    }
    expect((await house.claim(await house.person('comes-next'), serial)).held).toBe(false);
  });

  test('who was waiting becomes the owner; others who wait, wait for them', async () => {
    const [owner, first, second] = await Promise.all(
      ['leaves', 'waits-1', 'waits-2'].map((name) => house.person(name)),
    );
    if (!owner || !first || !second) throw new Error('no people');
    const serial = await house.serial();
    await house.claim(owner, serial);
    await house.claim(first, serial);
    house.passDays(1);
    await house.claim(second, serial);
    await house.newMails();
    await forget(owner);
    expect([await stateOf(first), await stateOf(second)]).toEqual([['registered'], ['on hold']]);
    const mails = await house.newMails();
    expect(mails.map((mail) => [mail.to, mail.content.action?.code !== undefined])).toEqual([
      ['waits-1@example.org', false],
      ['waits-1@example.org', true],
    ]);
  });

  test('a household keeps its product', async () => {
    const [owner, relative] = await Promise.all(['parent', 'child'].map((name) => house.person(name)));
    if (!owner || !relative) throw new Error('no people');
    const serial = await house.serial();
    await house.claim(owner, serial);
    await house.newMails();
    await house.claim(relative, serial);
    const token = (await house.newMails())[0]?.content.action?.code ?? '';
    await house.call('POST /holds/answer', { token, answer: 'household' });
    await forget(owner);
    expect(await stateOf(relative)).toEqual(['registered']);
    const stranger = await house.person('stranger');
    expect((await house.claim(stranger, serial)).held).toBe(true);
  });

  test('an owner who is forgotten while somebody claims leaves nobody waiting for nobody', async () => {
    for (let round = 0; round < 5; round++) {
      const [owner, next] = await Promise.all([house.person(`leaving-${round}`), house.person(`coming-${round}`)]);
      const serial = await house.serial();
      await house.claim(owner, serial);
      await Promise.all([forget(owner), house.claim(next, serial)]);
      expect(await stateOf(next)).toEqual(['registered']);
    }
  });

  test('nothing that the person claims at the same moment stays behind', async () => {
    const serials = await house.serials(5);
    for (const [round, serial] of serials.entries()) {
      const person = await house.person(`erased-meanwhile-${round}`);
      const erase = house.db.transaction().execute(async (tx) => {
        await house.products.forgetPerson(tx, person);
        await house.people.erase(tx, person, house.today());
      });
      await Promise.allSettled([erase, house.claim(person, serial)]);
      const left = await house.db
        .selectFrom('product_registrations')
        .selectAll()
        .where('person_id', '=', person)
        .execute();
      expect(left).toEqual([]);
    }
  });

  test('a claimant who is forgotten while the owner is being asked takes the question along', async () => {
    const [owner, claimant] = await Promise.all(['asked', 'asking'].map((name) => house.person(name)));
    if (!owner || !claimant) throw new Error('no people');
    const serial = await house.serial();
    await house.claim(owner, serial);
    await house.newMails();
    await house.claim(claimant, serial);
    const token = (await house.newMails())[0]?.content.action?.code ?? '';
    await forget(claimant);
    expect(await house.call('POST /holds/answer', { token, answer: 'sold' })).toEqual({ refused: 'link_expired' });
    expect(await stateOf(owner)).toEqual(['registered']);
  });
});

test('every table of the migrations is in the record of what is kept', async () => {
  const tables = await house.db.introspection.getTables();
  const own = tables.map((table) => table.name).filter((name) => /^(serial|product_)/.test(name));
  expect(house.products.keeps.map((kept) => kept.table).sort()).toEqual(own.sort());
});

test('counts of alarms are kept for a year', async () => {
  await house.db.insertInto('serial_alarms').values({ day: house.today(), what: 'wrong tag', count: 3 }).execute();
  const run = house.products.schedule.find((task) => task.name === 'products.forgetWhatExpired');
  house.passDays(365);
  await run?.run();
  const count = () => house.db.selectFrom('serial_alarms').select('count').where('count', '=', 3).execute();
  expect(await count()).toHaveLength(1);
  house.passDays(1);
  await run?.run();
  expect(await count()).toHaveLength(0);
});
