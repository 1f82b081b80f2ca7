import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destroyDoomedKeys } from '../people/erasure.ts';
import { KeyDestroyed } from '../platform/keys/data-key.ts';
import { openTestFeatures, type TestFeatures, tokenIn } from '../test-features.ts';
import { personForm, productForm } from '../test-forms.ts';

let house: TestFeatures;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
});

afterAll(() => house.close());

const rowsOf = (table: 'persons' | 'pending_registrations' | 'mails') =>
  house.db.selectFrom(table).selectAll().execute();

describe('a registration (W1, W3)', () => {
  test('is kept encrypted under a key of its own, with the day and nothing finer, and is nobody yet', async () => {
    expect(await house.call('POST /registrations', personForm('waits@example.org'))).toEqual({ accepted: true });
    const [row, ...others] = await rowsOf('pending_registrations');
    expect(others).toEqual([]);
    expect(row?.day).toBe(house.today());
    expect(row?.content.toString('latin1')).not.toContain('Sonnemann');
    expect(row?.content.toString('latin1')).not.toContain('waits@');
    expect(await rowsOf('persons')).toEqual([]);
    const key = await house.keyring.dataKey(row?.data_key_id ?? '');
    expect(key.decrypt(row?.content ?? Buffer.alloc(0), `pending_registrations/${row?.id}`)).toContain('Sonnemann');
  });

  test('is answered by a mail with a link, in the language of the form, that repeats nothing that was typed', async () => {
    await house.newMails();
    const form = personForm('deutsch@example.org', { language: 'de', givenName: 'Kauft-jetzt' });
    await house.call('POST /registrations', form);
    const [mail, ...others] = await house.newMails();
    expect(others).toEqual([]);
    expect(mail?.to).toBe('deutsch@example.org');
    expect(mail?.content.language).toBe('de');
    expect(mail?.content.subject).toBe('Bitte bestätigen Sie Ihre Registrierung bei Nordlicht Software');
    expect(mail?.content.action?.url).toMatch(/^https:\/\/nordlicht\.example\/confirm#[0-9A-Z]{26}$/);
    expect(JSON.stringify(mail?.content)).not.toContain('Kauft-jetzt');
  });

  test('of a known and of an unknown address leave the same behind and get the same answer', async () => {
    await house.call('POST /registrations', personForm('known@example.org'));
    await house.answer('POST /confirmations', { token: tokenIn((await house.newMails()).at(-1)) });
    await house.newMails();
    const answers = [];
    const mails = [];
    for (const email of ['known@example.org', 'other@example.org']) {
      answers.push(JSON.stringify(await house.call('POST /registrations', personForm(email))));
      const sent = await house.newMails();
      expect(sent).toHaveLength(1);
      const { subject, paragraphs } = sent[0]?.content ?? { subject: '', paragraphs: [] };
      mails.push({ subject, paragraphs });
    }
    expect(answers[0]).toBe(answers[1]);
    expect(mails[0]).toEqual(mails[1]);
  });

  test('is forgotten with its key when nobody confirms it', async () => {
    await house.call('POST /registrations', personForm('forgotten@example.org'));
    const pending = await rowsOf('pending_registrations');
    const token = tokenIn((await house.newMails()).at(-1));
    house.passDays(14);
    await house.run('registration.forgetUnconfirmed');
    expect(await rowsOf('pending_registrations')).toHaveLength(pending.length);
    house.passDays(1);
    await house.run('registration.forgetUnconfirmed');
    await destroyDoomedKeys(house.db, house.keyring);
    expect(await rowsOf('pending_registrations')).toEqual([]);
    for (const { data_key_id } of pending) {
      await expect(house.keyring.dataKey(data_key_id)).rejects.toBeInstanceOf(KeyDestroyed);
    }
    expect(await house.call('POST /confirmations', { token })).toEqual({ refused: 'link_expired' });
  });
});

describe('mails to one address', () => {
  test('end after ten a day with the same answer; nothing is lost, the rest is mailed the day after', async () => {
    await house.newMails();
    for (let sent = 1; sent <= 13; sent += 1) {
      expect(await house.call('POST /registrations', personForm('Flooded@Example.org'))).toEqual({ accepted: true });
    }
    expect(await house.newMails()).toHaveLength(10);
    await house.run('registration.sendPutOffMails');
    expect(await house.newMails()).toHaveLength(0);
    house.passDays(1);
    await house.run('registration.sendPutOffMails');
    const late = await house.newMails();
    expect(late).toHaveLength(3);
    expect(late[0]?.content.action?.url).toContain('/confirm#');
    await house.run('registration.sendPutOffMails');
    expect(await house.newMails()).toHaveLength(0);
  });

  test('are counted by mailbox, however it is spelt, also when they are asked for at the same moment', async () => {
    const spellings = Array.from({ length: 14 }, (_, number) =>
      number % 2 ? 'Spelt@BÜCHER.example' : 'spelt@bücher.example',
    );
    await Promise.all(spellings.map((email) => house.call('POST /registrations', personForm(email))));
    expect(await house.newMails()).toHaveLength(10);
  });

  test('are counted by address: another one still gets its mail', async () => {
    await house.call('POST /registrations', personForm('not.flooded@example.org'));
    expect(await house.newMails()).toHaveLength(1);
  });
});

describe('a refusal', () => {
  test('names every field that is wrong, and keeps nothing', async () => {
    const before = await rowsOf('pending_registrations');
    const form = personForm('wrong@', {
      givenName: ' ',
      telephone: '12',
      address: { country: 'DE', streetAddress: '', postalCode: '1', locality: 'Hamburg' },
      serial: 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA',
    });
    expect(await house.call('POST /registrations', form)).toEqual({
      refused: 'invalid_fields',
      fields: {
        givenName: 'field_required',
        email: 'email_malformed',
        telephone: 'telephone_malformed',
        'address.streetAddress': 'field_required',
        'address.postalCode': 'postal_code_malformed',
        serial: 'serial_mistyped',
      },
    });
    expect(await rowsOf('pending_registrations')).toEqual(before);
    expect(await house.newMails()).toEqual([]);
  });

  test('that nobody waits for is mailed, with the reasons and without what was typed', async () => {
    const form = productForm('left@example.org', 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA', { language: 'de' });
    await house.call('POST /product-registrations', form, { awaited: false });
    const [mail, ...others] = await house.newMails();
    expect(others).toEqual([]);
    expect(mail?.to).toBe('left@example.org');
    expect(mail?.content.paragraphs.join('\n')).toContain('Seriennummer: In dieser Seriennummer ist ein Tippfehler.');
    expect(JSON.stringify(mail)).not.toContain('AAAAA');
    await house.call('POST /product-registrations', { ...form, email: 'left@' }, { awaited: false });
    expect(await house.newMails()).toEqual([]);
  });

  test('of a transfer code stands at that field (S1)', async () => {
    const serial = await house.serial();
    const refusal = await house.call('POST /product-registrations', {
      ...productForm('code@example.org', serial),
      transferCode: 'no such code',
    });
    expect(refusal).toEqual({ refused: 'invalid_fields', fields: { transferCode: 'transfer_code_wrong' } });
  });
});
