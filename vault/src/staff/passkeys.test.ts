import { createTestDatabase } from '@avow/engines/testing';
import type { SessionState } from '@avow/protocol/staff/session';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destroyDoomedKeys } from '../people/erasure.ts';
import { ORIGIN, openTestStaff, type TestBrowser, type TestStaff } from '../test-staff.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { NO_SECRETS } from './members.ts';
import { createAuthenticator, type Wrong } from './test-authenticator.ts';

interface Asked {
  challenge: string;
  options: { challenge: string; user?: { id: string } };
}

const PLACE = { origin: ORIGIN, host: 'localhost' };
let vault: TestVault;
let house: TestStaff;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  house = await openTestStaff(vault);
  await house.member('administrator');
});
afterAll(() => vault.close());

let made = 0;
async function welcome(wrong: Wrong = {}) {
  made += 1;
  const email = `grace${made}@staff.example`;
  const wish = { email, roles: ['support'] as const, language: 'en' as const };
  const { token } = await house.house.invitations.invite(vault.db, wish, house.house.today());
  const browser = house.browser();
  const asked = await browser.answer<Asked>('POST', '/welcome/passkey/options', { token, name: 'Grace', email });
  const authenticator = createAuthenticator(PLACE);
  const response = authenticator.register(asked.options.challenge, wrong);
  const body = { token, challenge: asked.challenge, response, label: 'Laptop', language: 'en' };
  return { email, browser, authenticator, body };
}

async function account() {
  const { body, ...rest } = await welcome();
  const answer = await rest.browser.answer<{ session: SessionState; recoveryCodes: string[] }>(
    'POST',
    '/welcome/passkey',
    body,
  );
  return { ...rest, ...answer };
}

const ask = (browser: TestBrowser) => browser.answer<Asked>('POST', '/session/passkey/options', {});

describe('a passkey', () => {
  test('makes the account behind a link, and signs in again, alone', async () => {
    const { session, recoveryCodes, authenticator, email } = await account();
    expect(session.staff?.email).toBe(email);
    expect(recoveryCodes).toHaveLength(10);
    const browser = house.browser();
    const { challenge, options } = await ask(browser);
    const response = authenticator.authenticate(options.challenge);
    expect(await browser.answer('POST', '/session/passkey', { challenge, response })).toMatchObject({
      state: 'signed-in',
      staff: { email },
    });
  });

  const WRONG: [what: string, wrong: Wrong][] = [
    ['by a page of another address', { origin: 'http://localhost:8080' }],
    ['for another host', { host: 'evil.example' }],
    ['for another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['without verifying the person', { verified: false }],
    ['in another ceremony', { type: 'payment.get' }],
  ];

  test.each(WRONG)('made %s is not taken', async (_, wrong) => {
    const { browser, body } = await welcome(wrong);
    expect(await browser.refusal('POST', '/welcome/passkey', body)).toBe('403 passkey_refused');
  });

  test.each([...WRONG, ['by a copy of the authenticator', { counter: 0 }] as [string, Wrong]])(
    'used %s lets nobody in, and the question is spent',
    async (_, wrong) => {
      const { authenticator } = await account();
      const browser = house.browser();
      const { challenge, options } = await ask(browser);
      const bad = { challenge, response: authenticator.authenticate(options.challenge, wrong) };
      expect(await browser.refusal('POST', '/session/passkey', bad)).toBe('403 passkey_refused');
      const good = { challenge, response: authenticator.authenticate(options.challenge) };
      expect(await browser.refusal('POST', '/session/passkey', good)).toBe('410 challenge_expired');
    },
  );

  test('answers once: the same answer again lets nobody in (replay)', async () => {
    const { authenticator } = await account();
    const browser = house.browser();
    const { challenge, options } = await ask(browser);
    const body = { challenge, response: authenticator.authenticate(options.challenge) };
    expect((await browser.request('POST', '/session/passkey', body)).status).toBe(200);
    expect(await house.browser().refusal('POST', '/session/passkey', body)).toBe('410 challenge_expired');
    const other = await ask(browser);
    const moved = { challenge: other.challenge, response: body.response };
    expect(await house.browser().refusal('POST', '/session/passkey', moved)).toBe('403 passkey_refused');
  });

  test('of somebody who was disabled lets nobody in', async () => {
    const { authenticator, browser, session } = await account();
    await vault.db
      .updateTable('staff_members')
      .set({ disabled: true })
      .where('id', '=', session.staff?.id ?? '')
      .execute();
    // Nor does a session that was open, should it still be there.
    expect((await browser.load()).state).toBe('signed-out');
    const { challenge, options } = await ask(house.browser());
    const response = authenticator.authenticate(options.challenge);
    expect(await house.browser().refusal('POST', '/session/passkey', { challenge, response })).toBe(
      '403 passkey_refused',
    );
  });

  test('can be added and removed, but not the last way to sign in; a change ends the other sessions', async () => {
    const { browser, session, authenticator } = await account();
    await browser.load();
    const elsewhere = house.browser();
    const { challenge, options } = await ask(elsewhere);
    await elsewhere.answer('POST', '/session/passkey', {
      challenge,
      response: authenticator.authenticate(options.challenge),
    });
    expect((await elsewhere.load()).state).toBe('signed-in');

    expect(await browser.refusal('DELETE', `/account/passkeys/${authenticator.id}`)).toBe('409 last_factor');
    const second = createAuthenticator(PLACE);
    const asked = await browser.answer<Asked>('POST', '/account/passkeys/options', {});
    expect(Buffer.from(asked.options.user?.id ?? '', 'base64url').toString()).toBe(session.staff?.id);
    const response = second.register(asked.options.challenge);
    const body = { challenge: asked.challenge, response, label: 'Phone' };
    const { factors } = await browser.answer<{ factors: { passkeys: { label: string }[] } }>(
      'POST',
      '/account/passkeys',
      body,
    );
    expect(factors.passkeys.map(({ label }) => label).sort()).toEqual(['Laptop', 'Phone']);
    expect((await elsewhere.load()).state).toBe('signed-out');
    expect((await browser.load()).state).toBe('signed-in');
    await browser.answer('DELETE', `/account/passkeys/${authenticator.id}`);
    expect(await browser.refusal('DELETE', `/account/passkeys/${second.id}`)).toBe('409 last_factor');
  });

  test('of two that are removed at the same moment, one stays', async () => {
    const { browser, authenticator } = await account();
    await browser.load();
    const second = createAuthenticator(PLACE);
    const asked = await browser.answer<Asked>('POST', '/account/passkeys/options', {});
    const response = second.register(asked.options.challenge);
    await browser.answer('POST', '/account/passkeys', { challenge: asked.challenge, response, label: 'Phone' });
    const both = [authenticator.id, second.id].map((id) => browser.request('DELETE', `/account/passkeys/${id}`));
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('for an address that somebody has by now makes no account, and the key of the invitation goes', async () => {
    const { browser, body, email } = await welcome();
    const invitation = await house.house.invitations.find(vault.db, body.token, house.house.today());
    const key = await vault.keyring.createDataKey();
    const told = {
      id: crypto.randomUUID(),
      name: 'Grace',
      email,
      roles: ['support'] as const,
      language: 'en' as const,
    };
    await house.house.members.create(vault.db, { ...told, secrets: NO_SECRETS, key, day: house.house.today() });
    expect(await browser.refusal('POST', '/welcome/passkey', body)).toBe('409 staff_exists');
    expect(await browser.refusal('POST', '/welcome/look', { token: body.token })).toBe('410 link_expired');
    await destroyDoomedKeys(vault.db, vault.keyring);
    await expect(vault.keyring.dataKey(invitation?.dataKeyId ?? '')).rejects.toThrow('does not exist');
  });

  test('is not offered at an address without a name', async () => {
    const browser = house.browser();
    const headers = { host: '127.0.0.1:8090', origin: 'http://127.0.0.1:8090' };
    expect(await browser.refusal('POST', '/session/passkey/options', {}, headers)).toBe('409 passkeys_need_name');
    const state = (await (await browser.request('GET', '/session', undefined, headers)).json()) as SessionState;
    expect(state.passkeys).toBe(false);
  });
});

describe('U5: an account whose only way in are passkeys, all lost', () => {
  const lose = (browser: TestBrowser, email: string, code: string) =>
    browser.answer<Asked>('POST', '/session/lost-passkey/options', { email, code });
  const refusal = (email: string, code: string) =>
    house.browser().refusal('POST', '/session/lost-passkey/options', { email, code });
  const finish = (asked: Asked, authenticator = createAuthenticator(PLACE)) => ({
    challenge: asked.challenge,
    response: authenticator.register(asked.options.challenge),
    label: 'New',
  });

  test('gets a new passkey for a recovery code, once; what was there before is void, and it is on record', async () => {
    const { email, browser, authenticator, recoveryCodes, session } = await account();
    await browser.load();
    const [code = '', other = ''] = recoveryCodes;
    const fresh = house.browser();
    const asked = await lose(fresh, email, code.toLowerCase().replaceAll('-', ' '));
    // Looking uses nothing up: the authenticator may still say no.
    const again = await lose(fresh, email, code);
    const state = await fresh.answer<SessionState>('POST', '/session/lost-passkey', finish(asked));
    expect(state).toMatchObject({ state: 'signed-in', staff: { email } });
    expect((await browser.load()).state).toBe('signed-out');
    const { challenge, options } = await ask(house.browser());
    const old = { challenge, response: authenticator.authenticate(options.challenge) };
    expect(await house.browser().refusal('POST', '/session/passkey', old)).toBe('403 passkey_refused');

    expect(await refusal(email, code)).toBe('403 recovery_refused');
    expect(await fresh.refusal('POST', '/session/lost-passkey', finish(again))).toBe('410 challenge_expired');
    const left = await fresh.answer<{ factors: { passkeys: unknown[]; recoveryCodesLeft: number } }>('GET', '/account');
    expect(left.factors).toMatchObject({ passkeys: [{ label: 'New' }], recoveryCodesLeft: 9 });

    await fresh.load();
    const renewed = await fresh.answer<{ recoveryCodes: string[] }>('POST', '/account/recovery-codes', {});
    expect(await refusal(email, other)).toBe('403 recovery_refused');
    expect((await lose(house.browser(), email, renewed.recoveryCodes[0] ?? '')).challenge).toMatch(/^[0-9A-Z]{26}$/);
    const acts = await vault.db
      .selectFrom('audit_log')
      .select(['act', 'about'])
      .where('staff', '=', session.staff?.id ?? '')
      .orderBy('number')
      .execute();
    expect(acts.slice(-3)).toEqual([
      { act: 'recovery-code-used', about: 'passkey' },
      { act: 'signed-in', about: 'recovery code' },
      { act: 'recovery-codes-made', about: null },
    ]);
    const mails = await vault.db.selectFrom('mails').select('purpose').execute();
    expect(mails).toEqual([{ purpose: 'tell staff that passkeys were replaced' }]);
  });

  test('is told apart by nobody from one that is not there, disabled, or has a password; guesses are counted', async () => {
    const { email, recoveryCodes, session } = await account();
    const [code = ''] = recoveryCodes;
    const staffId = session.staff?.id ?? '';
    expect(await refusal('nobody@staff.example', code)).toBe('403 recovery_refused');
    expect(await refusal(email, 'AAAA-AAAA-AAAA-AAAA')).toBe('403 recovery_refused');
    const member = await house.house.members.find(vault.db, staffId);
    if (!member) throw new Error('the member is gone');
    await house.house.members.setSecrets(vault.db, member, { passwordHash: '$argon2id$', totp: 'JBSWY3DPEHPK3PXP' });
    expect(await refusal(email, code)).toBe('403 recovery_refused');
    await house.house.members.setSecrets(vault.db, member, { passwordHash: null, totp: null });
    await house.house.members.change(vault.db, member, { disabled: true });
    expect(await refusal(email, code)).toBe('403 recovery_refused');
    await house.house.members.change(vault.db, member, { disabled: false });
    for (let guess = 0; guess < 5; guess += 1) await refusal(email, 'AAAA-AAAA-AAAA-AAAA');
    expect(await refusal(email, code)).toBe('429 too_many_attempts');
  });

  test('that got a password meanwhile keeps its passkeys', async () => {
    const { email, recoveryCodes, session, authenticator } = await account();
    const browser = house.browser();
    const asked = await lose(browser, email, recoveryCodes[0] ?? '');
    const member = await house.house.members.find(vault.db, session.staff?.id ?? '');
    if (!member) throw new Error('the member is gone');
    await house.house.members.setSecrets(vault.db, member, { passwordHash: '$argon2id$', totp: 'JBSWY3DPEHPK3PXP' });
    expect(await browser.refusal('POST', '/session/lost-passkey', finish(asked))).toBe('410 challenge_expired');
    const { challenge, options } = await ask(browser);
    const response = authenticator.authenticate(options.challenge);
    expect((await browser.request('POST', '/session/passkey', { challenge, response })).status).toBe(200);
  });

  test('keeps its code where the new passkey is refused', async () => {
    const { email, recoveryCodes } = await account();
    const [code = ''] = recoveryCodes;
    const browser = house.browser();
    const asked = await lose(browser, email, code);
    const wrong = createAuthenticator(PLACE).register(asked.options.challenge, { verified: false });
    const body = { challenge: asked.challenge, response: wrong, label: 'New' };
    expect(await browser.refusal('POST', '/session/lost-passkey', body)).toBe('403 passkey_refused');
    const body2 = finish(await lose(browser, email, code));
    expect((await browser.request('POST', '/session/lost-passkey', body2)).status).toBe(200);
  });
});
