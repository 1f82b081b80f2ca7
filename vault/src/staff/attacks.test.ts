import { createTestDatabase } from '@avow/engines/testing';
import type { SessionState } from '@avow/protocol/staff/session';
import { TOTP } from 'otpauth';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueApiToken } from '../platform/http/api-tokens.ts';
import { createVaultHttp } from '../platform/http/vault-http.ts';
import { openTestStaff, type TestStaff } from '../test-staff.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { changeStaff } from './manage-staff.ts';
import { hashPassword } from './passwords.ts';
import { createTotp } from './totp.ts';

const PASSWORD = 'granite kettle over seven hills';
let vault: TestVault;
let house: TestStaff;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  house = await openTestStaff(vault, { start: new Date('2026-11-24T10:00:00Z') });
});
afterAll(() => vault.close());

/** A member who can sign in with a password. */
async function withPassword() {
  const browser = await house.member('support');
  const member = await house.house.members.find(vault.db, browser.staffId);
  if (!member) throw new Error('no member');
  const { secret } = createTotp('x', 'y');
  await house.house.members.setSecrets(vault.db, member, { passwordHash: await hashPassword(PASSWORD), totp: secret });
  return { browser, email: member.email, secret };
}

const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: house.clock().getTime() });

describe('session fixation', () => {
  test('a session that was put into the browser beforehand is not the one that is signed in', async () => {
    const attacker = await house.member('analyst');
    const planted = attacker.cookie;
    const { email, secret } = await withPassword();
    const victim = house.browser();
    victim.cookie = planted;
    const first = await victim.answer<{ challenge: string }>('POST', '/session/password', {
      email,
      password: PASSWORD,
    });
    await victim.answer('POST', '/session/totp', { challenge: first.challenge, code: codeOf(secret) });
    expect(victim.cookie).not.toBe(planted);
    expect((await victim.load()).staff?.email).toBe(email);
    // And the planted one is over.
    expect((await attacker.load()).state).toBe('signed-out');
  });

  test('a session is known by nothing that somebody chose', async () => {
    const browser = house.browser();
    browser.cookie = 'avow_staff=AAAAAAAAAAAAAAAAAAAAAAAAAA';
    expect((await browser.load()).state).toBe('signed-out');
    const answer = await browser.request('GET', '/session?avow_staff=AAAAAAAAAAAAAAAAAAAAAAAAAA');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe('stealing the cookie', () => {
  test('no script reads it, no other site has it sent, and on plain http it goes to the API only', async () => {
    const { email, secret } = await withPassword();
    const browser = house.browser();
    const { challenge } = await browser.answer<{ challenge: string }>('POST', '/session/password', {
      email,
      password: PASSWORD,
    });
    const answer = await browser.request('POST', '/session/totp', { challenge, code: codeOf(secret) });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^avow_staff=[0-9A-Z]{26}; Path=\/api; HttpOnly; SameSite=Strict$/);
    expect(await answer.text()).not.toContain(cookie.slice('avow_staff='.length, 37));
  });

  test('over TLS it has the prefix that binds it to this host', async () => {
    const consoleUrl = 'https://console.nordlicht.internal';
    const over = await openTestStaff(vault, { config: { vault: { ...house.config.vault, consoleUrl } } });
    const browser = await over.member('analyst');
    expect((await browser.load()).state).toBe('signed-in');
    const answer = await browser.request('DELETE', '/session');
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-avow_staff=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    // The name without the prefix could have been set by a page on another name.
    browser.cookie = (await over.member('analyst')).cookie?.replace('__Host-', '') ?? null;
    expect((await browser.load()).state).toBe('signed-out');
  });

  test('the database does not give away a session: it knows hashes', async () => {
    const { cookie } = await house.member('analyst');
    const rows = await vault.db.selectFrom('staff_sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(cookie?.split('=')[1] ?? '');
  });
});

describe('asking who has an account', () => {
  test('takes as long for an address without one', async () => {
    const { email } = await withPassword();
    const least = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    const ratio = () => least.unknown / least.known;
    // The quickest of each: other programs only ever add to a time, so that goes on until both had a quiet moment.
    for (let n = 0; n < 7 || (n < 100 && (ratio() <= 0.6 || ratio() >= 1.7)); n += 1) {
      for (const [kind, address] of [
        ['known', email],
        ['unknown', `${n}@staff.example`],
      ] as const) {
        await house.house.attempts.clear(address);
        const began = performance.now();
        const told = await house.browser().refusal('POST', '/session/password', { email: address, password: 'wrong' });
        least[kind] = Math.min(least[kind], performance.now() - began);
        expect(told).toBe('403 sign_in_refused');
      }
    }
    expect(ratio()).toBeGreaterThan(0.6);
    expect(ratio()).toBeLessThan(1.7);
    // Each look at a password takes a while, and several where a processor is shared.
  }, 120_000);
});

describe('clickjacking', () => {
  test('no page may frame the console or an answer of the API, and no script of others runs in it', async () => {
    const http = createVaultHttp({
      host: '127.0.0.1',
      caughtMail: null,
      console: { page: '<style nonce="AVOW_NONCE"></style>', assets: new Map() },
      db: vault.db,
      keyringDb: vault.keyringDb,
      clickhouse: null,
      links: () => [],
      setAside: async () => 0,
      staffRoutes: house.staff.staffRoutes,
      sharedReading: null,
      authentication: house.staff.authentication,
      clock: house.clock,
      log: pino({ level: 'silent' }),
    });
    const nonces = new Set<string>();
    for (const path of ['/', '/sign-in', '/welcome', '/', '/api/session', '/api/staff', '/nothing-here']) {
      const answer = await http.request(`http://localhost:8090${path}`, { headers: { host: 'localhost:8090' } });
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).not.toMatch(/unsafe|\*|data: *script/);
      expect(policy, path).not.toMatch(/script-src[^;]*(data:|http|nonce)/);
      expect(answer.headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
      expect(answer.headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(answer.headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(answer.headers.get('cache-control'), path).toBe('no-store');
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
      if (nonce) nonces.add(nonce);
    }
    expect(nonces.size).toBe(4);
  });
});

describe('raising one’s own rights', () => {
  test('an invitation gives the roles it was made with, whatever is sent along', async () => {
    const wish = { email: 'eve@staff.example', roles: ['support'] as const, language: 'en' as const };
    const { token } = await house.house.invitations.invite(vault.db, wish, house.house.today());
    const asked = { token, name: 'Eve', email: 'eve@staff.example', password: PASSWORD };
    const browser = house.browser();
    expect(await browser.refusal('POST', '/welcome/totp/options', { ...asked, roles: ['administrator'] })).toBe(
      '422 invalid_fields',
    );
    const { challenge, secret } = await browser.answer<{ challenge: string; secret: string }>(
      'POST',
      '/welcome/totp/options',
      asked,
    );
    const done = { token, challenge, code: codeOf(secret), language: 'en' };
    expect(await browser.refusal('POST', '/welcome/totp', { ...done, staffId: 'x' })).toBe('422 invalid_fields');
    const { session } = await browser.answer<{ session: SessionState }>('POST', '/welcome/totp', done);
    expect(session.staff?.roles).toEqual(['support']);
  });

  test('one’s own account takes a name and a language, and no roles', async () => {
    const browser = await house.member('support');
    for (const field of [{ roles: ['administrator'] }, { disabled: false }, { email: 'x@y.example' }, { id: 'x' }]) {
      expect(await browser.refusal('PATCH', '/account', field)).toBe('422 invalid_fields');
    }
    expect(await browser.answer('PATCH', '/account', { name: 'Eve', language: 'de' })).toMatchObject({
      staff: { name: 'Eve', language: 'de', roles: ['support'] },
    });
  });

  test('an invitation is for its own address, and is worth nothing once withdrawn', async () => {
    const admin = await house.member('administrator');
    const made = await admin.answer<{ id: string; link: string }>('POST', '/staff/invitations', {
      email: 'frank@staff.example',
      roles: ['analyst'],
      language: 'en',
    });
    const token = made.link.split('#')[1] ?? '';
    const asked = { token, name: 'Frank', email: 'other@staff.example', password: PASSWORD };
    expect(await house.browser().refusal('POST', '/welcome/totp/options', asked)).toBe('422 invalid_fields');
    await admin.answer('DELETE', `/staff/invitations/${made.id}`);
    expect(await house.browser().refusal('POST', '/welcome/look', { token })).toBe('410 link_expired');
  });

  test('a role that was taken away and an account that was disabled are gone at once', async () => {
    const admin = await house.member('administrator');
    const other = await house.member('administrator', 'analyst');
    await admin.answer('PATCH', `/staff/${other.staffId}`, { roles: ['analyst'] });
    expect(await other.refusal('GET', '/staff')).toBe('403 permission_missing');
    await admin.answer('PATCH', `/staff/${other.staffId}`, { disabled: true });
    expect(await other.refusal('GET', '/account')).toBe('401 not_signed_in');
  });

  test('there is always an administrator, also when two take the role from each other at once', async () => {
    for (let n = 0; n < 5; n += 1) {
      await vault.db.updateTable('staff_members').set({ disabled: true }).execute();
      const both = [await house.member('administrator'), await house.member('administrator')];
      const answers = await Promise.all(
        both.map(({ staffId }) =>
          house.house.transaction((tx) => changeStaff(house.house, tx, staffId, { roles: ['analyst'] }, 'operator')),
        ),
      );
      expect(answers.filter((answer) => 'refused' in answer)).toEqual([{ refused: 'last_administrator' }]);
    }
  });
});

describe('an API token', () => {
  const wish = { label: 'board', permissions: ['visits:read'], validThrough: null };

  test('can never do more than its maker may, today and later', async () => {
    const route = {
      method: 'GET',
      path: '/visits/x',
      permission: 'visits:read',
      summary: 'x',
      answer: { mediaType: 'x' },
    } as const;
    const own = await openTestStaff(vault, { routes: [{ ...route, handle: async () => ({ asked: true }) }] });
    const admin = await own.member('administrator');
    const refused = await admin.request('POST', '/tokens', { ...wish, permissions: ['visits:export'] });
    expect(await refused.json()).toMatchObject({ error: { fields: { permissions: { code: 'permission_missing' } } } });
    for (const permissions of [['people:read'], ['staff:write'], ['tokens:write'], []]) {
      expect(await admin.refusal('POST', '/tokens', { ...wish, permissions })).toBe('422 invalid_fields');
    }
    const { token, id } = await admin.answer<{ token: string; id: string }>('POST', '/tokens', wish);
    const program = own.browser();
    const bearer = { authorization: `Bearer ${token}` };
    expect((await program.request('GET', '/visits/x', undefined, bearer)).status).toBe(200);

    await vault.db
      .updateTable('staff_members')
      .set({ roles: ['support'] })
      .where('id', '=', admin.staffId)
      .execute();
    expect(await program.refusal('GET', '/visits/x', undefined, bearer)).toBe('403 permission_missing');
    await vault.db
      .updateTable('staff_members')
      .set({ roles: ['administrator'] })
      .where('id', '=', admin.staffId)
      .execute();
    expect((await program.request('GET', '/visits/x', undefined, bearer)).status).toBe(200);
    await vault.db.updateTable('staff_members').set({ disabled: true }).where('id', '=', admin.staffId).execute();
    expect(await program.refusal('GET', '/visits/x', undefined, bearer)).toBe('403 permission_missing');

    const other = await own.member('administrator');
    expect(await other.answer('GET', '/tokens')).toMatchObject({ tokens: [{ id, label: 'board' }] });
    await other.answer('DELETE', `/tokens/${id}`);
    expect(await program.refusal('GET', '/visits/x', undefined, bearer)).toBe('401 token_unknown');
  });

  test('makes no tokens and no staff, whatever stands in its row', async () => {
    const permissions = ['tokens:write', 'staff:write', 'visits:read'] as const;
    const made = await issueApiToken(vault.db, {
      label: 'x',
      permissions,
      validThrough: null,
      today: house.house.today(),
    });
    const headers = { authorization: `Bearer ${made.token}` };
    expect(await house.browser().refusal('POST', '/tokens', wish, headers)).toBe('403 permission_missing');
    expect(await house.browser().refusal('GET', '/staff', undefined, headers)).toBe('403 permission_missing');
    expect(await house.browser().refusal('GET', '/account', undefined, headers)).toBe('403 permission_missing');
  });
});

describe('a new start for somebody who lost everything', () => {
  test('voids what they had: sessions, password, authenticator, recovery codes', async () => {
    const admin = await house.member('administrator');
    const { browser: lost, email, secret } = await withPassword();
    const { link } = await admin.answer<{ link: string }>('POST', `/staff/${lost.staffId}/link`, {});
    const token = link.split('#')[1] ?? '';
    const asked = { token, name: 'Again', email, password: 'another kettle, of copper' };
    const fresh = house.browser();
    const begun = await fresh.answer<{ challenge: string; secret: string }>('POST', '/welcome/totp/options', asked);
    const done = { token, challenge: begun.challenge, code: codeOf(begun.secret), language: 'en' };
    const { session } = await fresh.answer<{ session: SessionState }>('POST', '/welcome/totp', done);
    expect(session.staff).toMatchObject({ id: lost.staffId, email, roles: ['support'] });
    expect((await lost.load()).state).toBe('signed-out');
    expect(await house.browser().refusal('POST', '/session/password', { email, password: PASSWORD })).toBe(
      '403 sign_in_refused',
    );
    expect(begun.secret).not.toBe(secret);
    expect(await house.browser().refusal('POST', '/welcome/look', { token })).toBe('410 link_expired');
  });
});
