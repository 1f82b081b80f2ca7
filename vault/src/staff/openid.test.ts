import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ORIGIN, openTestStaff, type TestBrowser, type TestStaff } from '../test-staff.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { openTestOpenId, type TestOpenId } from './test-openid.ts';

const redirectUri = `${ORIGIN}/api/session/openid/callback`;
let vault: TestVault;
let provider: TestOpenId;
let house: TestStaff;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  provider = await openTestOpenId({ id: 'avow', secret: 'a secret of the client', redirectUri });
  house = await openHouse(provider.issuer);
});
afterAll(async () => {
  await provider.close();
  await vault.close();
});

async function openHouse(issuer: string, secret = 'a secret of the client'): Promise<TestStaff> {
  const loaded = (await openTestStaff(vault)).config;
  const openId = {
    name: 'Nordlicht ID',
    issuer,
    clientId: 'avow',
    scopes: ['openid', 'email', 'profile'],
    rolesClaim: 'groups',
    roles: { helpdesk: ['support' as const], figures: ['analyst' as const], bosses: ['administrator' as const] },
  };
  return openTestStaff(vault, { config: { staff: { ...loaded.staff, openId } }, openIdSecret: secret });
}

function account(sub: string, groups: string[], more: { email_verified?: boolean; email?: string } = {}): void {
  provider.accounts.set(sub, {
    email: `${sub}@staff.example`,
    email_verified: true,
    name: `Name of ${sub}`,
    groups,
    ...more,
  });
}

/** As a browser does: another site's page leads here. */
const COMING_BACK = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

async function leave(browser: TestBrowser): Promise<string> {
  const answer = await browser.request('GET', '/session/openid');
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

async function comeBack(browser: TestBrowser, url: URL): Promise<string> {
  const path = `${url.pathname.replace(/^\/api/, '')}${url.search}`;
  const answer = await browser.request('GET', path, undefined, COMING_BACK);
  return answer.headers.get('location') ?? `${answer.status}`;
}

async function signIn(sub: string, browser = house.browser()): Promise<string> {
  return comeBack(browser, await provider.signIn(await leave(browser), sub));
}

describe('signing in through the identity provider', () => {
  test('makes no first account: that one needs the link', async () => {
    account('early', ['bosses']);
    expect(await signIn('early')).toBe('/sign-in?refused=openid_refused');
    await house.member('administrator');
  });

  test('makes an account with the roles of the claims, and finds it again', async () => {
    account('hanna', ['helpdesk', 'unknown group']);
    const browser = house.browser();
    expect(await signIn('hanna', browser)).toBe('/');
    const state = await browser.load();
    expect(state).toMatchObject({
      state: 'signed-in',
      openIdProvider: 'Nordlicht ID',
      staff: { name: 'Name of hanna', email: 'hanna@staff.example', roles: ['support'] },
    });
    account('hanna', ['figures', 'helpdesk'], { email: 'married@staff.example' });
    const again = house.browser();
    expect(await signIn('hanna', again)).toBe('/');
    expect((await again.load()).staff).toMatchObject({ id: state.staff?.id, roles: ['analyst', 'support'] });
  });

  test('lets nobody in without a role, and nobody who was disabled', async () => {
    account('nora', ['unknown group']);
    expect(await signIn('nora')).toBe('/sign-in?refused=openid_refused');
    account('dora', ['figures']);
    expect(await signIn('dora')).toBe('/');
    const dora = await house.house.members.findByEmail(vault.db, 'dora@staff.example');
    await vault.db
      .updateTable('staff_members')
      .set({ disabled: true })
      .where('id', '=', dora?.id ?? '')
      .execute();
    expect(await signIn('dora')).toBe('/sign-in?refused=openid_refused');
  });

  test('joins an account that is there by a proven address only', async () => {
    const present = await house.member('support');
    account('taker', ['bosses'], { email: present.email, email_verified: false });
    expect(await signIn('taker')).toBe('/sign-in?refused=openid_refused');
    account('owner', ['helpdesk'], { email: present.email });
    const browser = house.browser();
    expect(await signIn('owner', browser)).toBe('/');
    expect((await browser.load()).staff?.id).toBe(present.staffId);
  });

  test('takes no answer that this browser did not ask for (login CSRF, code injection)', async () => {
    account('mallory', ['figures']);
    const mallory = house.browser();
    const answer = await provider.signIn(await leave(mallory), 'mallory');
    // Sent to somebody who has begun nothing, and to somebody who has begun something else.
    expect(await comeBack(house.browser(), answer)).toBe('/sign-in?refused=challenge_expired');
    const victim = house.browser();
    await leave(victim);
    expect(await comeBack(victim, answer)).toBe('/sign-in?refused=openid_refused');
    expect((await victim.load()).state).toBe('signed-out');
  });

  test('takes an answer once', async () => {
    account('olga', ['figures']);
    const browser = house.browser();
    const answer = await provider.signIn(await leave(browser), 'olga');
    const { cookie } = browser;
    expect(await comeBack(browser, answer)).toBe('/');
    browser.cookie = cookie;
    expect(await comeBack(browser, answer)).toBe('/sign-in?refused=challenge_expired');
  });

  test('says of a provider that is away, or does not take our secret, what can be done', async () => {
    const away = await openHouse('http://127.0.0.1:9');
    const gone = await away.browser().request('GET', '/session/openid');
    expect(gone.headers.get('location')).toBe('/sign-in?refused=openid_away');
    const wrong = await openHouse(provider.issuer, 'another secret');
    account('petra', ['figures']);
    const browser = wrong.browser();
    const left = await browser.request('GET', '/session/openid');
    const answer = await provider.signIn(left.headers.get('location') ?? '', 'petra');
    expect(await comeBack(browser, answer)).toBe('/sign-in?refused=openid_refused');
  });

  test('asks no provider without TLS beyond this machine', async () => {
    const plain = await openHouse('http://id.nordlicht.example');
    const answer = await plain.browser().request('GET', '/session/openid');
    expect(answer.headers.get('location')).toBe('/sign-in?refused=openid_away');
  });
});
