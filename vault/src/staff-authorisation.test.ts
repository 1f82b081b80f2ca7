/** Who may ask what: every route of every feature, with every role, with a session that has none, with tokens, and with nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { STAFF_ROLES } from '@avow/config/staff';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import { type Permission, permissionsOf, ROLES, type Role } from '@avow/protocol/staff/roles';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openVault, type Vault } from './app.ts';
import { isoDay } from './platform/day.ts';
import type { StaffRoute } from './platform/feature.ts';
import { issueApiToken, TOKEN_PERMISSIONS } from './platform/http/api-tokens.ts';
import { createVaultHttp } from './platform/http/vault-http.ts';
import { prepareVault } from './prepare.ts';
import { createStaffHouse } from './staff/staff-house.ts';
import { addMember, signInAs } from './test-staff.ts';

const databases = await Promise.all([createTestDatabase(), createTestDatabase()]);
const clickhouse = await createTestClickHouse();
const [vaultUrl = '', keyringUrl = ''] = databases.map(({ url }) => url);
const folder = await mkdtemp(join(tmpdir(), 'avow-staff-'));
const log = pino({ level: 'silent' });
const ORIGIN = 'http://localhost:8090';
const roles = Object.keys(ROLES) as Role[];
let vault: Vault;
let http: ReturnType<typeof createVaultHttp>;
let routes: StaffRoute[];
let sessions: Map<string, { cookie: string; csrf: string; staffId: string }>;
/** With all permissions a token can have, made by the operator. */
let token: string;

beforeAll(async () => {
  const keysDir = join(folder, 'keys');
  await prepareVault({ keysDir, rootKeyFile: join(folder, 'root.key'), vaultUrl, keyringUrl });
  const config = await loadConfig(join(import.meta.dirname, '../../examples/vendor/avow.config.ts'));
  vault = await openVault({
    config,
    log,
    environment: {
      vaultDatabaseUrl: vaultUrl,
      keyringDatabaseUrl: keyringUrl,
      clickhouseUrl: clickhouse.url,
      smtpUrl: 'smtp://127.0.0.1:9',
      keysDir,
      caughtMail: null,
      consoleDist: null,
      edges: [],
      port: 0,
      publicUrl: 'http://localhost:8080',
    },
  });
  await vault.visits?.start();
  routes = vault.features.flatMap(({ staffRoutes }) => staffRoutes);
  http = createVaultHttp({
    host: '127.0.0.1',
    caughtMail: null,
    console: null,
    db: vault.db,
    keyringDb: vault.keyringDb,
    clickhouse: vault.clickhouse,
    links: () => [],
    setAside: async () => 0,
    staffRoutes: routes,
    sharedReading: null,
    authentication: vault.staff.authentication,
    clock: vault.services.clock,
    log,
  });
  const house = createStaffHouse({ ...vault.services, keyringDb: vault.keyringDb });
  sessions = new Map();
  for (const role of roles) sessions.set(role, await signInAs(house, await addMember(house, [role])));
  sessions.set('no role', await signInAs(house, await addMember(house, [])));
  const today = isoDay(new Date());
  const made = { label: 'all', permissions: TOKEN_PERMISSIONS, validThrough: null, today };
  token = (await issueApiToken(vault.db, made)).token;
});

afterAll(async () => {
  await vault.db.destroy();
  await vault.keyringDb.destroy();
  await vault.clickhouse?.close();
  for (const database of [...databases, clickhouse]) await database.drop();
  await rm(folder, { recursive: true });
});

const NOBODYS = '00000000-0000-4000-8000-000000000000';
/** One's own session must outlive the test. */
const ENDING = 'DELETE /session';

/** With a body that no schema takes: who may ask gets as far as being told so, and changes nothing. */
async function ask(route: StaffRoute, headers: Record<string, string>): Promise<Response> {
  const reading = route.method === 'GET';
  return http.request(`${ORIGIN}/api${route.path.replace(/:\w+/g, NOBODYS)}`, {
    method: route.method,
    headers: {
      host: 'localhost:8090',
      origin: ORIGIN,
      ...(!reading && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(!reading && { body: '{"__proto__":1,"nobodyAskedForThis":1}' }),
  });
}

async function outcomeOf(route: StaffRoute, headers: Record<string, string>): Promise<'let in' | string> {
  const answer = await ask(route, headers);
  if (answer.status !== 401 && answer.status !== 403) {
    await answer.body?.cancel();
    return 'let in';
  }
  return ((await answer.json()) as { error: { code: string } }).error.code;
}

const mayAsk = (route: StaffRoute, permissions: readonly Permission[]) =>
  route.permission === 'anyone' || route.permission === 'own account' || permissions.includes(route.permission);

describe('every route of the staff’s API', () => {
  test('is there, under a name of its own', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect(names.length).toBeGreaterThan(50);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each([...roles, 'no role'])('lets in %s where the table of roles says so, and nowhere else', async (role) => {
    const { cookie = '', csrf = '' } = sessions.get(role) ?? {};
    const permissions = role === 'no role' ? [] : permissionsOf([role as Role]);
    for (const route of routes) {
      const name = `${role}: ${route.method} ${route.path}`;
      if (`${route.method} ${route.path}` === ENDING) continue;
      const wanted = mayAsk(route, permissions) ? 'let in' : 'permission_missing';
      expect(await outcomeOf(route, { cookie, 'avow-csrf': csrf }), name).toBe(wanted);
    }
  });

  test('lets in nobody without a session or a token, except to sign in', async () => {
    for (const route of routes) {
      const name = `${route.method} ${route.path}`;
      const wanted = route.permission === 'anyone' ? 'let in' : 'not_signed_in';
      expect(await outcomeOf(route, {}), name).toBe(wanted);
      expect(await outcomeOf(route, { cookie: 'avow_staff=00000000000000000000000000' }), name).toBe(wanted);
      expect(await outcomeOf(route, { authorization: 'Bearer avow_00000000000000000000000000' }), name).toBe(
        'token_unknown',
      );
    }
  });

  test('lets programs no further than the permissions that a token can have', async () => {
    for (const route of routes) {
      const granted = TOKEN_PERMISSIONS.some((permission) => permission === route.permission);
      const wanted = granted || route.permission === 'anyone' ? 'let in' : 'permission_missing';
      const name = `${route.method} ${route.path}`;
      expect(await outcomeOf(route, { authorization: `Bearer ${token}` }), name).toBe(wanted);
    }
  });

  test('asks whoever is signed in for the header of its own page before it changes anything (CSRF)', async () => {
    const { cookie = '' } = sessions.get('administrator') ?? {};
    for (const route of routes.filter(({ method, permission }) => method !== 'GET' && permission !== 'anyone')) {
      const name = `${route.method} ${route.path}`;
      expect(await outcomeOf(route, { cookie }), name).toBe('foreign_page');
      const others = sessions.get('support')?.csrf ?? '';
      expect(await outcomeOf(route, { cookie, 'avow-csrf': others }), name).toBe('foreign_page');
    }
  });

  test('takes nothing from a page of another site or another port, and does not even let it try to sign in (CSRF)', async () => {
    const { cookie = '', csrf = '' } = sessions.get('administrator') ?? {};
    const foreign = [
      { origin: 'http://localhost:8080' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const route of routes) {
      for (const headers of foreign) {
        const told = await outcomeOf(route, { cookie, 'avow-csrf': csrf, ...headers });
        const name = `${route.method} ${route.path} ${JSON.stringify(headers)}`;
        if (route.method !== 'GET') expect(told, name).toBe('foreign_page');
        else expect(told, name).toBe(route.permission === 'anyone' ? 'let in' : 'not_signed_in');
      }
    }
  });

  test('takes no object with fields that nobody asked for (mass assignment)', () => {
    for (const { method, path, body } of routes) {
      if (!body) continue;
      const open = openObjects(z.toJSONSchema(body, { io: 'input' }), 'body');
      // What an authenticator answers is WebAuthn's to shape; it is read by its own names only.
      const wanted = /passkeys?$/.test(path) ? ['body.response', 'body.response.response'] : [];
      expect(open, `${method} ${path}`).toEqual(wanted);
    }
  });

  test('answers no other origin’s question about what it may ask (CORS)', async () => {
    for (const route of routes) {
      const answer = await http.request(`${ORIGIN}/api${route.path.replace(/:\w+/g, NOBODYS)}`, {
        method: 'OPTIONS',
        headers: {
          host: 'localhost:8090',
          origin: 'https://evil.example',
          'access-control-request-method': route.method,
          'access-control-request-headers': 'content-type, avow-csrf, authorization',
        },
      });
      expect(answer.status, route.path).toBeGreaterThanOrEqual(400);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('is served at no name that another could point here (DNS rebinding)', async () => {
    const answer = await http.request('http://rebound.evil.example/api/session', {
      headers: { host: 'rebound.evil.example:8090' },
    });
    expect(answer.status).toBe(403);
  });
});

/** Paths of objects in a schema that would take other fields than their own. */
function openObjects(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const node = schema as { properties?: Record<string, unknown>; additionalProperties?: unknown };
  const own = node.properties && node.additionalProperties !== false ? [at] : [];
  const inner = Object.entries(schema).flatMap(([key, value]) => {
    if (key !== 'properties') return openObjects(value, at);
    return Object.entries(value as object).flatMap(([name, property]) => openObjects(property, `${at}.${name}`));
  });
  return [...own, ...inner];
}

test('the roles of the configuration are those of the table', () => {
  expect([...STAFF_ROLES].sort()).toEqual([...roles].sort());
});
