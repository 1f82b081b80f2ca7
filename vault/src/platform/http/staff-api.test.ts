import { createTestDatabase } from '@avow/engines/testing';
import type { Permission } from '@avow/protocol/staff/roles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openVaultDatabase, type VaultDatabase } from '../database.ts';
import { type StaffRoute, staffRoute } from '../feature.ts';
import { migrateVaultDatabase } from '../migrate.ts';
import { forgetExpiredApiTokens, issueApiToken, listApiTokens, revokeApiToken } from './api-tokens.ts';
import { createStaffApi } from './staff-api.ts';

const database = await createTestDatabase();
let db: VaultDatabase;
let token: string;
const today = '2026-11-23';

const routes: StaffRoute[] = [
  staffRoute({
    method: 'POST',
    path: '/things/:id',
    permission: 'visits:read',
    summary: 'Doubles.',
    query: z.strictObject({ plus: z.coerce.number().max(9).optional().describe('Is added.') }),
    body: z.strictObject({ count: z.number() }),
    answer: z.strictObject({ id: z.string(), count: z.number(), by: z.string() }),
    handle: async ({ params, query, body }, { caller }) => ({
      id: params.id ?? '',
      count: body.count * 2 + (query.plus ?? 0),
      by: caller.kind === 'token' ? caller.label : caller.kind,
    }),
  }),
  staffRoute({
    method: 'GET',
    path: '/refused',
    permission: 'visits:export',
    summary: 'Refuses.',
    answer: { mediaType: 'text/csv' },
    handle: async () => ({ refused: 'question_too_heavy' }),
  }),
];

beforeAll(async () => {
  db = openVaultDatabase(database.url);
  await migrateVaultDatabase(db);
  token = await issue(['visits:read']);
});

afterAll(async () => {
  await db.destroy();
  await database.drop();
});

async function issue(permissions: Permission[], validThrough: string | null = null): Promise<string> {
  return (await issueApiToken(db, { label: 'dashboard', permissions, validThrough, today })).token;
}

function call(path: string, init: RequestInit = {}, bearer: string | null = token) {
  const api = createStaffApi({ db, routes, clock: () => new Date(`${today}T12:00Z`) });
  const headers = {
    'content-type': 'application/json',
    ...(bearer && { authorization: `Bearer ${bearer}` }),
    ...init.headers,
  };
  return api.request(path, { ...init, headers });
}

const post = (path: string, body: unknown, bearer?: string | null) =>
  call(path, { method: 'POST', body: JSON.stringify(body) }, bearer);

async function codeOf(answer: Response | Promise<Response>): Promise<string> {
  const { error } = (await (await answer).json()) as { error: { code: string } };
  return `${(await answer).status} ${error.code}`;
}

describe('the API of the staff', () => {
  test('gives a route what its schemas read, and who asks', async () => {
    const answer = await post('/things/a?plus=3', { count: 4 });
    expect(await answer.json()).toEqual({ id: 'a', count: 11, by: 'dashboard' });
  });

  test.each([null, ''])('knows nobody without a token or a session', async (bearer) => {
    const answer = await post('/things/a', { count: 4 }, bearer);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await codeOf(answer)).toBe('401 not_signed_in');
  });

  test.each(['avow_', 'avow_00000000000000000000000000', 'x'])('knows nobody by %j', async (bearer) => {
    const answer = await post('/things/a', { count: 4 }, bearer);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await codeOf(answer)).toBe('401 token_unknown');
  });

  test('lets nobody in after the last day, or after the token was revoked', async () => {
    const expired = await issue(['visits:read'], '2026-11-22');
    expect(await codeOf(post('/things/a', { count: 4 }, expired))).toBe('401 token_unknown');
    expect((await post('/things/a', { count: 4 }, await issue(['visits:read'], today))).status).toBe(200);

    const { id, token } = await issueApiToken(db, {
      label: 'x',
      permissions: ['visits:read'],
      validThrough: null,
      today,
    });
    expect(await revokeApiToken(db, id)).toBe(true);
    expect(await revokeApiToken(db, id)).toBe(false);
    expect(await codeOf(post('/things/a', { count: 4 }, token))).toBe('401 token_unknown');

    await forgetExpiredApiTokens(db, today);
    expect((await listApiTokens(db)).every(({ validThrough }) => (validThrough ?? today) >= today)).toBe(true);
  });

  test('asks for the permission of each route', async () => {
    expect(await codeOf(call('/refused'))).toBe('403 permission_missing');
    expect(await codeOf(call('/refused', {}, await issue(['visits:export'])))).toBe('422 question_too_heavy');
  });

  test('says what it cannot read', async () => {
    expect(await codeOf(post('/things/a?plus=10', { count: 4 }))).toBe('422 invalid_fields');
    const answer = await post('/things/a', { count: 'four', more: 1 });
    expect(await answer.json()).toMatchObject({
      error: { fields: { count: { code: 'field_malformed' }, more: { code: 'field_unknown' } } },
    });
    expect(await codeOf(call('/things/a', { method: 'POST', body: '{' }))).toBe('400 malformed');
    const text = { method: 'POST', body: '{"count":1}', headers: { 'content-type': 'text/plain' } };
    expect(await codeOf(call('/things/a', text))).toBe('415 unsupported_media_type');
    expect(await codeOf(post('/things/a', { count: 'x'.repeat(70_000) }))).toBe('413 too_large');
  });

  test('keeps of a token its hash only, and on which day it was used', async () => {
    const rows = await db.selectFrom('api_tokens').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token.slice('avow_'.length));
    expect(rows.some(({ last_used }) => last_used === today)).toBe(true);
  });

  test('describes itself, from the schemas that check the requests', async () => {
    const answer = await call('/openapi.json', {}, null);
    const { paths, components } = (await answer.json()) as {
      paths: Record<string, Record<string, Record<string, unknown>>>;
      components: { schemas: { Error: object } };
    };
    expect(paths['/api/things/{id}']?.post).toMatchObject({
      security: [{ token: ['visits:read'] }, { session: ['visits:read'] }],
      parameters: [
        { name: 'id', in: 'path', required: true },
        {
          name: 'plus',
          in: 'query',
          required: false,
          description: 'Is added.',
          schema: { type: 'number', maximum: 9 },
        },
      ],
      requestBody: {
        content: { 'application/json': { schema: { required: ['count'], additionalProperties: false } } },
      },
    });
    expect(paths['/api/refused']?.get).toMatchObject({ responses: { 200: { content: { 'text/csv': {} } } } });
    expect(JSON.stringify(components.schemas.Error)).toContain('question_too_heavy');
  });
});
