import { createTestDatabase } from '@avow/engines/testing';
import { decodeSerial, encodeSerial, formatSerial } from '@avow/protocol/serial';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serialKey } from '../platform/keys/serial-keys.ts';
import type { SerialDesk } from '../registration/serial-desk.ts';
import { ALARM_MARKS } from './alarms.ts';
import { MAX_TYPED_SERIAL } from './recognise-serial.ts';
import { serialTag, tagKey } from './serial-tag.ts';
import { openTestProducts, type TestProducts } from './test-products.ts';

let house: TestProducts;
beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
});
afterAll(() => house.close());
afterEach(() => house.newMails());

/** A serial whose check character is right, with parts of our choosing. */
async function forge(change: Partial<NonNullable<ReturnType<typeof decodeSerial>>>, withTag = true): Promise<string> {
  const parts = decodeSerial(await house.serial());
  if (!parts) throw new Error('not a serial');
  const { tag: _, ...head } = { ...parts, ...change };
  const key = tagKey(await serialKey(house.keyring, head.keyId));
  return formatSerial(encodeSerial({ ...head, tag: withTag ? serialTag(key, head) : (change.tag ?? parts.tag) }));
}

const alarms = async (what: string) =>
  (await house.db.selectFrom('serial_alarms').select('count').where('what', '=', what).executeTakeFirst())?.count ?? 0;

test('the desk is what registration asks for', () => {
  const desk: SerialDesk = house.products.desk;
  expect(desk).toBeDefined();
});

describe('checking', () => {
  test('a genuine serial passes, however it is typed', async () => {
    const serial = await house.serial();
    const wide = [...serial]
      .map((c) => (/[0-9A-Z]/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : '－'))
      .join('');
    const sloppy = serial.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' – ');
    for (const typed of [serial, serial.replaceAll('-', ''), wide, sloppy, `\t${serial}\u200b `]) {
      expect(await house.check(typed), typed).toBe('ok');
    }
  });

  test('it passes whether or not somebody owns it: the desk says nothing about owners', async () => {
    const serial = await house.serial();
    await house.claim(await house.person('says-nothing'), serial);
    expect(await house.check(serial)).toBe('ok');
  });

  test('every single typing error is told as one', async () => {
    const serial = (await house.serial()).replaceAll('-', '');
    for (let at = 0; at < serial.length; at++) {
      const wrong = serial[at] === '7' ? '8' : '7';
      const typed = serial.slice(0, at) + wrong + serial.slice(at + 1);
      expect(await house.check(typed), typed).toBe('serial_mistyped');
    }
    expect(await alarms('wrong tag')).toBe(0);
  });

  test.each([
    '',
    ' ',
    '-----',
    'hello',
    "'; DROP TABLE serials; --",
    '\u0000',
    '🦊🦊🦊',
    'ＡＢＣ',
    '%00',
    '../../etc/passwd',
  ])('refuses %j without a word too many', async (text) => {
    expect(['serial_mistyped', 'serial_unknown']).toContain(await house.check(text));
  });

  test('a text that nobody can have typed is refused by its length alone', async () => {
    expect(await house.check('0'.repeat(MAX_TYPED_SERIAL + 1))).toBe('field_too_long');
    expect(await house.check('ﷺ'.repeat(1_000_000))).toBe('field_too_long');
  });

  test('an invented serial is unknown, is not looked up, and is counted', async () => {
    const before = await alarms('wrong tag');
    expect(await house.check(await forge({ tag: 1n }, false))).toBe('serial_unknown');
    expect(await house.check(await forge({ unit: 5n }, false))).toBe('serial_unknown');
    expect(await house.check(await forge({ edition: 2 }, false))).toBe('serial_unknown');
    expect(await alarms('wrong tag')).toBe(before + 3);
  });

  test('a key id under which nothing was ever made is unknown, and no key is made by asking', async () => {
    const parts = decodeSerial(await house.serial());
    const typed = parts && encodeSerial({ ...parts, keyId: 9 });
    expect(await house.check(typed ?? '')).toBe('serial_unknown');
    expect(await house.keyring.secrets.find('serial', '9')).toBeNull();
  });

  test('a genuine tag for a product that is not sold here is another product', async () => {
    expect(await house.check(await forge({ product: 200 }))).toBe('serial_other_product');
    expect(await house.check(await forge({ edition: 7 }))).toBe('serial_other_product');
  });

  test('a genuine tag on a serial that was never issued is unknown and staff are told at once', async () => {
    await house.newMails();
    expect(await house.check(await forge({ unit: 123n }))).toBe('serial_unknown');
    expect(await house.newMails()).toMatchObject([
      { to: 'privacy@nordlicht.example', content: { subject: 'Serials: never issued, 1 today' } },
    ]);
  });

  test('staff hear of many wrong tags once a day, and of nobody in particular', async () => {
    const forged = await forge({ tag: 99n }, false);
    await house.newMails();
    house.passDays(1);
    for (let tries = 0; tries < ALARM_MARKS['wrong tag'] + 5; tries++) await house.check(forged);
    const mails = await house.newMails();
    expect(mails.map((mail) => mail.content.subject)).toEqual(['Serials: wrong tag, 100 today']);
    expect(JSON.stringify(mails)).not.toContain(forged);
  });
});

describe('claiming', () => {
  test('the first person becomes the owner and gets a receipt', async () => {
    const anna = await house.person('anna-first', 'de');
    const serial = await house.serial();
    const claim = await house.claim(anna, serial, { discVersion: '8.0.1', softwareVersion: '8.2.0 b7' });
    expect(claim).toMatchObject({
      held: false,
      receipt: { claims: { product: 'nordlicht-suite', edition: 'studio', day: house.today(), statementVersion: 8 } },
    });
    expect(await house.held(anna)).toEqual([
      {
        registrationId: claim.registrationId,
        product: 'Nordlicht Suite',
        edition: 'Studio',
        serial,
        discVersion: '8.0.1',
        softwareVersion: '8.2.0 b7',
        day: house.today(),
        state: 'registered',
        receipt: true,
      },
    ]);
  });

  test('the same person again, after reinstalling, changes nothing but the versions', async () => {
    const ben = await house.person('ben-again');
    const serial = await house.serial();
    const first = await house.claim(ben, serial, { discVersion: '8.0', softwareVersion: '8.0' });
    house.passDays(3);
    const second = await house.claim(ben, serial.toLowerCase(), { softwareVersion: '8.1' });
    expect(second).toEqual(first);
    expect(await house.held(ben)).toMatchObject([{ discVersion: '8.0', softwareVersion: '8.1' }]);
    expect(await house.newMails()).toEqual([]);
  });

  test('of two people at the same moment exactly one becomes the owner', async () => {
    for (let round = 0; round < 5; round++) {
      const people = await Promise.all([1, 2, 3, 4].map((n) => house.person(`race-${round}-${n}`)));
      const serial = await house.serial();
      const claims = await Promise.all(people.map((person) => house.claim(person, serial)));
      expect(claims.filter((claim) => !claim.held)).toHaveLength(1);
      expect(claims.filter((claim) => claim.receipt !== null)).toHaveLength(1);
    }
  });

  test('one person twice at the same moment is one registration', async () => {
    const cleo = await house.person('cleo-twice');
    const serial = await house.serial();
    const [one, two] = await Promise.all([house.claim(cleo, serial), house.claim(cleo, serial)]);
    expect(one).toEqual(two);
    expect(await house.held(cleo)).toHaveLength(1);
  });

  test('a rolled back claim leaves the serial free', async () => {
    const dora = await house.person('dora-rollback');
    const serial = await house.serial();
    const failing = house.db.transaction().execute(async (tx) => {
      const claim = { personId: dora, serial, transferCode: null, discVersion: null, softwareVersion: null };
      await house.products.desk.claim(tx, { ...claim, statementVersion: 8, day: house.today() });
      throw new Error('the mail could not be queued');
    });
    await expect(failing).rejects.toThrow('could not be queued');
    const emil = await house.person('emil-after');
    expect((await house.claim(emil, serial)).held).toBe(false);
  });

  test('the serial of a pressed run belongs to everybody who has the disc', async () => {
    const serial = await house.serial('pressed');
    const people = await Promise.all([1, 2, 3].map((n) => house.person(`disc-${n}`)));
    const claims = await Promise.all(people.map((person) => house.claim(person, serial)));
    expect(claims.every((claim) => !claim.held && claim.receipt)).toBe(true);
    expect((await house.claim(people[0] ?? '', serial)).registrationId).toBe(claims[0]?.registrationId);
    expect(await house.newMails()).toEqual([]);
  });

  test('a serial that no check has passed is not claimed', async () => {
    const finn = await house.person('finn-unchecked');
    await expect(house.claim(finn, 'hello')).rejects.toThrow('no check can have passed');
  });
});

test('what people typed stands encrypted in the tables', async () => {
  const gina = await house.person('gina-at-rest');
  const serial = await house.serial();
  await house.claim(gina, serial, { discVersion: 'marked-disc-4711', softwareVersion: 'marked-software-4711' });
  const rows = await house.db.selectFrom('product_registrations').selectAll().execute();
  const dump = JSON.stringify(rows, (_key, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
  );
  for (const mark of ['marked-disc', 'marked-software', serial, serial.replaceAll('-', ''), 'serialHash'])
    expect(dump).not.toContain(mark);
});
