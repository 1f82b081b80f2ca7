import { createTestDatabase } from '@avow/engines/testing';
import type { SessionState } from '@avow/protocol/staff/session';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStaff, type TestBrowser, type TestStaff } from '../test-staff.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { ATTEMPTS } from './attempts.ts';

const PASSWORD = 'granite kettle over seven hills';
let vault: TestVault;
let test1: TestStaff;

interface Authenticator {
  challenge: string;
  otpauth: string;
  secret: string;
}
interface Welcomed {
  session: SessionState;
  recoveryCodes: string[];
}

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  test1 = await openTestStaff(vault, { start: new Date('2026-11-24T10:00:00Z') });
});
afterAll(() => vault.close());

function pass(seconds: number): void {
  test1.setClock(new Date(test1.clock().getTime() + seconds * 1_000));
}

const codeOf = (secret: string) =>
  new TOTP({ secret, digits: 6, period: 30 }).generate({ timestamp: test1.clock().getTime() });

async function linkFor(email: string): Promise<string> {
  const wish = { email, roles: ['support'] as const, language: 'en' as const };
  return (await test1.house.invitations.invite(vault.db, wish, test1.house.today())).token;
}

async function makeAccount(token: string, email: string, browser: TestBrowser) {
  const asked = { token, name: 'Grace', email, password: PASSWORD };
  const { challenge, secret } = await browser.answer<Authenticator>('POST', '/welcome/totp/options', asked);
  const done = { token, challenge, code: codeOf(secret), language: 'en' };
  const welcomed = await browser.answer<Welcomed>('POST', '/welcome/totp', done);
  pass(60);
  return { secret, ...welcomed };
}

async function signIn(email: string, secret: string, browser: TestBrowser): Promise<SessionState> {
  const first = await browser.answer<{ challenge: string }>('POST', '/session/password', { email, password: PASSWORD });
  const second = { challenge: first.challenge, code: codeOf(secret) };
  return browser.answer<SessionState>('POST', '/session/totp', second);
}

describe('the first account', () => {
  test('needs the one-time link of the first start, and is an administrator', async () => {
    const browser = test1.browser();
    expect((await browser.load()).state).toBe('setup');
    const first = await test1.house.invitations.issueFirst(vault.db, test1.house.today());
    const { token } = await test1.house.invitations.issueFirst(vault.db, test1.house.today());
    expect(await browser.refusal('POST', '/welcome/look', { token: first.token })).toBe('410 link_expired');
    expect(await browser.answer('POST', '/welcome/look', { token })).toEqual({
      email: null,
      name: null,
      roles: ['administrator'],
      first: true,
    });
    const { session, recoveryCodes } = await makeAccount(token, 'first@staff.example', browser);
    expect(session).toMatchObject({ state: 'signed-in', staff: { roles: ['administrator'], name: 'Grace' } });
    expect(session.permissions).toContain('staff:write');
    expect(recoveryCodes).toHaveLength(10);
    expect(await browser.refusal('POST', '/welcome/look', { token })).toBe('410 link_expired');
    expect((await test1.browser().load()).state).toBe('signed-out');
  });

  test('is only the first: a link printed before it is worth nothing after it', async () => {
    const { token } = await test1.house.invitations.issueFirst(vault.db, test1.house.today());
    const browser = test1.browser();
    const asked = { token, name: 'Mallory', email: 'm@staff.example', password: PASSWORD };
    const { challenge, secret } = await browser.answer<Authenticator>('POST', '/welcome/totp/options', asked);
    const done = { token, challenge, code: codeOf(secret), language: 'en' };
    expect(await browser.refusal('POST', '/welcome/totp', done)).toBe('410 link_expired');
  });
});

describe('signing in with password and authenticator', () => {
  const email = 'grace@staff.example';
  let secret: string;
  let codes: string[];
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = test1.browser();
    const made = await makeAccount(await linkFor(email), email, browser);
    secret = made.secret;
    codes = made.recoveryCodes;
  });

  test('takes both, and gives a session with its ends', async () => {
    const fresh = test1.browser();
    const state = await signIn(email, secret, fresh);
    expect(state).toMatchObject({ state: 'signed-in', staff: { email, roles: ['support'] } });
    expect(Date.parse(state.idleEnds ?? '')).toBe(test1.clock().getTime() + 60 * 60_000);
    expect(Date.parse(state.absoluteEnds ?? '')).toBe(test1.clock().getTime() + 12 * 3_600_000);
    expect((await fresh.load()).csrf).toBe(state.csrf);
    pass(60);
  });

  test('a code works once, also within its 30 seconds', async () => {
    const code = codeOf(secret);
    const begin = async () =>
      (await browser.answer<{ challenge: string }>('POST', '/session/password', { email, password: PASSWORD }))
        .challenge;
    const [one, two] = [await begin(), await begin()];
    expect((await test1.browser().request('POST', '/session/totp', { challenge: one, code })).status).toBe(200);
    expect(await test1.browser().refusal('POST', '/session/totp', { challenge: two, code })).toBe('422 code_wrong');
    expect(await test1.browser().refusal('POST', '/session/totp', { challenge: one, code })).toBe(
      '410 challenge_expired',
    );
    pass(60);
    await signIn(email, secret, test1.browser());
    pass(60);
  });

  test('a recovery code stands in for the authenticator, once', async () => {
    const begin = async () =>
      (await browser.answer<{ challenge: string }>('POST', '/session/password', { email, password: PASSWORD }))
        .challenge;
    const code = (codes[0] ?? '').toLowerCase().replaceAll('-', ' ');
    expect(
      (await test1.browser().request('POST', '/session/recovery', { challenge: await begin(), code })).status,
    ).toBe(200);
    expect(await browser.refusal('POST', '/session/recovery', { challenge: await begin(), code })).toBe(
      '422 code_wrong',
    );
    await test1.house.attempts.clear(email);
  });

  test('after too many attempts nobody gets in, and an address without an account is refused in the same way', async () => {
    for (const guessed of [email, 'nobody@staff.example']) {
      const answers: string[] = [];
      for (let n = 0; n <= ATTEMPTS.ofAccount; n += 1) {
        answers.push(await browser.refusal('POST', '/session/password', { email: guessed, password: `wrong ${n}` }));
      }
      expect(new Set(answers.slice(0, -1))).toEqual(new Set(['403 sign_in_refused']));
      expect(answers.at(-1)).toBe('429 too_many_attempts');
      expect(await browser.refusal('POST', '/session/password', { email: guessed, password: 'x' })).toBe(
        answers.at(-1),
      );
    }
    const locked = await vault.db.selectFrom('audit_log').select('about').where('act', '=', 'locked-out').execute();
    expect(locked).toEqual([{ about: expect.any(String) }, { about: null }]);
    expect(await browser.refusal('POST', '/session/password', { email, password: PASSWORD })).toBe(
      '429 too_many_attempts',
    );
    pass(16 * 60);
    expect((await signIn(email, secret, test1.browser())).state).toBe('signed-in');
    pass(60);
  });

  test('guesses that come all at once are counted all', async () => {
    const guesses = Array.from({ length: 20 }, () =>
      browser.refusal('POST', '/session/totp', { challenge: 'X'.repeat(26), code: '000000' }),
    );
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(['410 challenge_expired']));
    const { challenge } = await browser.answer<{ challenge: string }>('POST', '/session/password', {
      email,
      password: PASSWORD,
    });
    const wrong = (Number(codeOf(secret)) + 1) % 1_000_000;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        browser.refusal('POST', '/session/totp', { challenge, code: String(wrong).padStart(6, '0') }),
      ),
    );
    expect(answers.filter((answer) => answer === '429 too_many_attempts')).toHaveLength(20 - ATTEMPTS.ofAccount + 1);
    pass(16 * 60);
  });

  test('a password that is short, monotonous or built around the name is not taken', async () => {
    const token = await linkFor('weak@staff.example');
    for (const password of ['short', 'aaaaaaaaaaaaaaaaa', 'weak12345678', 'Gracegrace12']) {
      const asked = { token, name: 'Grace', email: 'weak@staff.example', password };
      expect(await browser.refusal('POST', '/welcome/totp/options', asked), password).toBe('422 invalid_fields');
    }
  });

  test('nothing in the database tells who they are, their password or their authenticator', async () => {
    const tables = [
      'staff_members',
      'staff_invitations',
      'staff_challenges',
      'staff_recovery_codes',
      'audit_log',
    ] as const;
    for (const table of tables) {
      const rows = await vault.db.selectFrom(table).selectAll().execute();
      const text = JSON.stringify(rows.map((row) => Object.values(row).map(String)));
      for (const word of [email, 'Grace', secret, 'argon2', codes[1] ?? '']) expect(text, table).not.toContain(word);
    }
  });
});

describe('a session', () => {
  test('ends when idle, ends after some hours in any case, and ends at signing out', async () => {
    const idle = await test1.member('analyst');
    pass(61 * 60);
    expect((await idle.load()).state).toBe('signed-out');

    const busy = await test1.member('analyst');
    for (let n = 0; n < 12; n += 1) {
      expect((await busy.load()).state, `hour ${n}`).toBe('signed-in');
      pass(60 * 60 - 1);
    }
    pass(60);
    expect((await busy.load()).state).toBe('signed-out');

    const leaving = await test1.member('analyst');
    const { cookie } = leaving;
    expect(await leaving.answer('DELETE', '/session')).toEqual({ ended: true });
    expect(leaving.cookie).toBeNull();
    leaving.cookie = cookie;
    expect((await leaving.load()).state).toBe('signed-out');
  });
});
