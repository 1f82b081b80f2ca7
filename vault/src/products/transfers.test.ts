import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestProducts, type TestProducts } from './test-products.ts';

let house: TestProducts;
beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
});
afterAll(() => house.close());
afterEach(() => house.newMails());

let count = 0;
async function ownedSerial() {
  const owner = await house.person(`seller-${count++}`);
  const serial = await house.serial();
  const { registrationId } = await house.claim(owner, serial);
  return { owner, serial, registrationId };
}
const codeFor = async (owner: string, registrationId: string) => {
  const answer = await house.call('POST /me/transfers', { registrationId }, { as: owner });
  return answer as { code: string; validUntil: string };
};
const stateOf = async (person: string) => (await house.held(person)).map((product) => product.state);

test('with the code from the owner the serial moves at once, and the former owner is told', async () => {
  const { owner, serial, registrationId } = await ownedSerial();
  const { code, validUntil } = await codeFor(owner, registrationId);
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(Date.parse(validUntil) - Date.parse(house.today())).toBe(30 * 86_400_000);

  const buyer = await house.person('buyer-one');
  const typed = ` ${code.toLowerCase().replaceAll('-', ' ')}`;
  expect(await house.check(serial, typed)).toBe('ok');
  const moved = await house.claim(buyer, serial, { transferCode: typed });
  expect(moved).toMatchObject({ held: false, receipt: { claims: { product: 'nordlicht-suite' } } });
  expect([await stateOf(owner), await stateOf(buyer)]).toEqual([['transferred'], ['registered']]);
  expect((await house.newMails()).map((mail) => mail.content.subject)).toEqual([
    'Your Nordlicht Suite Studio has a new owner',
  ]);
});

test('a code works once: of two buyers at the same moment one has the product, the other waits', async () => {
  const { owner, serial, registrationId } = await ownedSerial();
  const { code } = await codeFor(owner, registrationId);
  const buyers = await Promise.all(['twin-a', 'twin-b'].map((name) => house.person(name)));
  const claims = await Promise.all(buyers.map((buyer) => house.claim(buyer, serial, { transferCode: code })));
  expect(claims.map((claim) => claim.held).sort()).toEqual([false, true]);
  expect(await house.check(serial, code)).toBe('transfer_code_wrong');
});

describe('a code is refused', () => {
  test('for another serial, when mistyped, or where nobody owns the serial', async () => {
    const { owner, serial, registrationId } = await ownedSerial();
    const { code } = await codeFor(owner, registrationId);
    const other = await ownedSerial();
    expect(await house.check(other.serial, code)).toBe('transfer_code_wrong');
    expect(await house.check(await house.serial(), code)).toBe('transfer_code_wrong');
    for (const wrong of ['0000-0000-0000', `${code}0`, code.slice(1), '\u0000', '🦊']) {
      expect(await house.check(serial, wrong), wrong).toBe('transfer_code_wrong');
    }
  });

  test('after thirty days, and is then forgotten', async () => {
    const { owner, serial, registrationId } = await ownedSerial();
    const { code } = await codeFor(owner, registrationId);
    house.passDays(30);
    expect(await house.check(serial, code)).toBe('ok');
    house.passDays(1);
    expect(await house.check(serial, code)).toBe('transfer_code_wrong');
    await house.products.schedule.find((task) => task.name === 'products.forgetWhatExpired')?.run();
    expect(
      await house.db.selectFrom('serial_transfers').selectAll().where('registration_id', '=', registrationId).execute(),
    ).toEqual([]);
  });

  test('once the owner has asked for a newer one', async () => {
    const { owner, serial, registrationId } = await ownedSerial();
    const first = await codeFor(owner, registrationId);
    const second = await codeFor(owner, registrationId);
    expect(await house.check(serial, first.code)).toBe('transfer_code_wrong');
    expect(await house.check(serial, second.code)).toBe('ok');
  });
});

test('a code of an earlier ownership does not come back to life with the product', async () => {
  const { owner, serial, registrationId } = await ownedSerial();
  const first = await codeFor(owner, registrationId);
  const buyer = await house.person('buys-and-returns');
  const bought = await house.claim(buyer, serial, { transferCode: first.code });
  const back = await codeFor(buyer, bought.registrationId);
  expect(await house.claim(owner, serial, { transferCode: back.code })).toMatchObject({ held: false });
  expect([await stateOf(owner), await stateOf(buyer)]).toEqual([['registered'], ['transferred']]);
  expect(await house.check(serial, first.code)).toBe('transfer_code_wrong');
});

test('a code that ran out between form and confirmation only means that the owner is asked', async () => {
  const { owner, serial, registrationId } = await ownedSerial();
  const { code } = await codeFor(owner, registrationId);
  house.passDays(31);
  const late = await house.person('late-buyer');
  expect((await house.claim(late, serial, { transferCode: code })).held).toBe(true);
});

test('a claim on hold is settled by a code that comes later', async () => {
  const { owner, serial, registrationId } = await ownedSerial();
  const buyer = await house.person('patient-buyer');
  expect((await house.claim(buyer, serial)).held).toBe(true);
  const { code } = await codeFor(owner, registrationId);
  expect((await house.claim(buyer, serial, { transferCode: code })).held).toBe(false);
  expect([await stateOf(owner), await stateOf(buyer)]).toEqual([['transferred'], ['registered']]);
  expect(
    await house.db.selectFrom('serial_holds').selectAll().where('owner_id', '=', registrationId).execute(),
  ).toEqual([]);
});

test('only the owner, signed in, gets a code', async () => {
  const { registrationId } = await ownedSerial();
  const other = await ownedSerial();
  const ask = (as?: string) => house.call('POST /me/transfers', { registrationId }, as === undefined ? {} : { as });
  expect(await ask()).toEqual({ refused: 'not_signed_in' });
  expect(await ask(other.owner)).toEqual({ refused: 'not_found' });
  const disc = await house.serial('pressed');
  const { registrationId: ofDisc } = await house.claim(other.owner, disc);
  expect(await house.call('POST /me/transfers', { registrationId: ofDisc }, { as: other.owner })).toEqual({
    refused: 'registration_not_transferable',
  });
});

test('no code stands in the database', async () => {
  const { owner, registrationId } = await ownedSerial();
  const { code } = await codeFor(owner, registrationId);
  const rows = await house.db.selectFrom('serial_transfers').selectAll().execute();
  const dump = Buffer.concat(rows.map((row) => row.code_index)).toString('latin1');
  expect(dump).not.toContain(code.replaceAll('-', ''));
});
