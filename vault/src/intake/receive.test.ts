import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { createIntake, retrySetAside } from './feature.ts';
import { type InnerRequestParts, openAnswer, openTestIntake, type TestIntake } from './testing.ts';

let vault: TestVault;
let intake: TestIntake;
const never = new AbortController().signal;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  intake = await openTestIntake(vault);
});
afterEach(async () => {
  await sql`TRUNCATE acts, received_requests, carried_out_requests, set_aside_requests`.execute(intake.db);
  intake.mishaps.length = 0;
});
afterAll(() => vault.close());

const LINK = { route: 'POST /sign-in-links', body: { email: 'ada@example.org', language: 'en' } };

async function send(parts: InnerRequestParts, id: string = randomUUID(), awaited = true) {
  const sealed = await intake.seal(parts);
  const deliver = async (spoolId = id) => {
    const received = await intake.receive({ id: spoolId, body: sealed.bytes, awaited }, never);
    return openAnswer(sealed, received?.answer.body);
  };
  return { ...(await deliver()), deliver, sealed };
}

const refusal = (code: string) => ({ error: { code, message: expect.any(String) } });
const refusedFields = (fields: Record<string, string>) => ({
  error: {
    code: 'invalid_fields',
    message: expect.any(String),
    fields: Object.fromEntries(
      Object.entries(fields).map(([path, code]) => [path, { code, message: expect.any(String) }]),
    ),
  },
});

describe('a sealed request', () => {
  test('is carried out and answered sealed', async () => {
    expect(await send(LINK)).toMatchObject({ status: 200, json: { accepted: true } });
    expect(await intake.acts()).toEqual(['ada@example.org']);
  });

  test('of every size and outcome gets an answer of the smallest size class here', async () => {
    const lengths = new Set<number>();
    for (const parts of [LINK, { route: 'GET /me' }, { ...LINK, body: { email: 'x' } }, { route: 'PUT /nothing' }]) {
      const sealed = await intake.seal(parts);
      const received = await intake.receive({ id: randomUUID(), body: sealed.bytes, awaited: true }, never);
      lengths.add(Buffer.from(received?.answer.body ?? '', 'base64').length);
    }
    expect([...lengths]).toEqual([2048 + 32]);
  });

  test('that cannot be opened is refused in the clear, with the reason the RFC allows', async () => {
    const sealed = await intake.seal(LINK);
    const damaged = sealed.bytes.slice();
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    const otherKey = sealed.bytes.slice();
    otherKey[0] = 9;
    const cases = { not_decryptable: damaged, key_unknown: otherKey, malformed: sealed.bytes.slice(0, 20) };
    for (const [refused, body] of Object.entries(cases)) {
      const id = randomUUID();
      expect((await intake.receive({ id, body, awaited: true }, never))?.answer).toEqual({ id, refused });
    }
  });

  test('to another authority or an unknown path is refused inside the sealed answer', async () => {
    expect(await send({ ...LINK, authority: 'elsewhere.test' })).toMatchObject({
      status: 403,
      json: refusal('destination_refused'),
    });
    expect(await send({ route: 'POST /sign-in-links?x=1', body: LINK.body })).toMatchObject({ status: 403 });
    expect(await intake.acts()).toEqual([]);
  });

  test('is told its faults field by field', async () => {
    const answers = async (body: unknown) => (await send({ ...LINK, body })).json;
    expect(await answers({ email: 'nobody', language: 'fr', extra: 1 })).toEqual(
      refusedFields({ email: 'email_malformed', language: 'field_malformed', extra: 'field_unknown' }),
    );
    expect(await answers({})).toEqual(refusedFields({ email: 'field_required', language: 'field_required' }));
    expect(await answers({ email: 'a\0b@example.org', language: 'en' })).toEqual(
      refusedFields({ email: 'field_malformed' }),
    );
    expect(await answers(Buffer.from('{"email":"\\ud800","language":"en"}'))).toEqual(
      refusedFields({ email: 'field_malformed' }),
    );
    expect(await answers(Buffer.from('{"__proto__":1,"email":"a@example.org","language":"en"}'))).toEqual(
      refusedFields({ ['__proto__']: 'field_unknown' }),
    );
    expect(await intake.acts()).toEqual([]);
  });

  test.each([
    ['no JSON', Buffer.from('{"email":')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['a list', [1, 2]],
    ['nothing', undefined],
    ['nesting without end', Buffer.from('['.repeat(60_000))],
    ['nesting far below', Buffer.from(`{"email":${'['.repeat(5_000)}${']'.repeat(5_000)}}`)],
  ])('with a body that is %s is malformed', async (_name, body) => {
    expect(await send({ ...LINK, body })).toMatchObject({ status: 400, json: refusal('malformed') });
  });

  test('answers in the language asked for', async () => {
    const { json } = await send({ ...LINK, body: [], headers: [['accept-language', 'de-AT,en;q=0.5']] });
    expect(json).toEqual({ error: { code: 'malformed', message: 'Die Anfrage ist nicht lesbar.' } });
  });

  test('hands the handler bearer, language, day and whether somebody waits', async () => {
    await send({ route: 'DELETE /sessions', headers: [['authorization', 'Bearer abc']] }, randomUUID(), false);
    expect(intake.contexts.at(-1)).toMatchObject({
      bearer: 'abc',
      language: 'en',
      awaited: false,
      today: '2026-11-23',
    });
  });
});

describe('exactly once:', () => {
  test('the same bytes under another spool id are refused as replayed', async () => {
    const first = await send(LINK);
    expect(await first.deliver(randomUUID())).toMatchObject({ status: 409, json: refusal('replayed') });
    expect(await intake.acts()).toHaveLength(1);
  });

  test('the same item delivered again gets the stored answer again', async () => {
    const first = await send({ route: 'POST /sessions', body: { token: 't' } });
    expect((await first.deliver()).json).toEqual(first.json);
    expect(await intake.acts()).toEqual(['t']);
  });

  test('the same item delivered twice at the same moment is carried out once', async () => {
    const sealed = await intake.seal({ route: 'POST /sessions', body: { token: 'twice' } });
    const id = randomUUID();
    const deliver = () => intake.receive({ id, body: sealed.bytes, awaited: true }, never);
    const [a, b] = await Promise.all([deliver(), deliver()]);
    expect((await openAnswer(sealed, a?.answer.body)).json).toEqual((await openAnswer(sealed, b?.answer.body)).json);
    expect(await intake.acts()).toEqual(['twice']);
  });

  test('sealed anew with the same idempotency key, several at once, it is carried out once', async () => {
    const headers: [string, string][] = [['idempotency-key', randomUUID()]];
    const again = { route: LINK.route, body: LINK.body };
    const results = await Promise.all([1, 2, 3, 4].map(() => sendWithKey(again, headers)));
    expect(results.map(({ json }) => json)).toEqual(Array(4).fill({ accepted: true }));
    expect(await intake.acts()).toHaveLength(1);
  });

  test('another body or another bearer under the same key is another act', async () => {
    const headers: [string, string][] = [['idempotency-key', randomUUID()]];
    await sendWithKey(LINK, headers);
    await sendWithKey({ ...LINK, body: { ...LINK.body, email: 'eve@example.org' } }, headers);
    await sendWithKey(LINK, [...headers, ['authorization', 'Bearer somebody-else']]);
    expect(await intake.acts()).toHaveLength(3);
  });

  test('a refusal is not remembered: the act can still be done under its key', async () => {
    const headers: [string, string][] = [['idempotency-key', randomUUID()]];
    await sendWithKey({ ...LINK, body: { email: 'x', language: 'en' } }, headers);
    expect(await sendWithKey(LINK, headers)).toMatchObject({ status: 200 });
  });

  test('a durable request without a key is malformed', async () => {
    expect(await sendWithKey(LINK, [])).toMatchObject({ status: 400, json: refusal('malformed') });
  });

  /** Like `send`, with exactly these headers for the key. */
  async function sendWithKey(parts: InnerRequestParts, headers: [string, string][]) {
    const sealed = await intake.seal({ ...parts, headers, ownKey: true });
    const received = await intake.receive({ id: randomUUID(), body: sealed.bytes, awaited: true }, never);
    return openAnswer(sealed, received?.answer.body);
  }
});

describe('when something breaks', () => {
  test('the work is rolled back, the answer is a sealed internal, the log has no contents', async () => {
    intake.mishaps.push(async () => {
      throw new Error('quotes ada@example.org');
    });
    const first = await send(LINK);
    expect(first).toMatchObject({ status: 500, json: refusal('internal') });
    expect(await intake.acts()).toEqual([]);
    expect(intake.logged()).toContain('POST /sign-in-links');
    expect(intake.logged()).not.toContain('ada@example.org');
    expect(await first.deliver()).toMatchObject({ status: 200 });
    expect(await intake.acts()).toHaveLength(1);
  });

  test('a refusal of the database is logged by code and constraint, not by value', async () => {
    intake.mishaps.push(async ({ tx }) => {
      await sql`CREATE UNIQUE INDEX only_one ON acts (email)`.execute(tx);
      await sql`INSERT INTO acts VALUES ('ada@example.org')`.execute(tx);
    });
    expect(await send(LINK)).toMatchObject({ status: 500 });
    expect(intake.logged()).toContain('only_one');
    expect(intake.logged()).not.toContain('ada@example.org');
  });

  test.each(['40001', '40P01'])('a passing fault of the database (%s) is tried again unseen', async (code) => {
    intake.mishaps.push(async ({ tx }) => {
      await sql.raw(`DO $$ BEGIN RAISE EXCEPTION 'passing' USING ERRCODE = '${code}'; END $$`).execute(tx);
    });
    expect(await send(LINK)).toMatchObject({ status: 200 });
    expect(await intake.acts()).toHaveLength(1);
  });

  test('a lost connection is tried again unseen', async () => {
    intake.mishaps.push(async ({ tx }) => {
      await sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(tx);
    });
    expect(await send(LINK)).toMatchObject({ status: 200 });
    expect(await intake.acts()).toHaveLength(1);
  });

  test('an accepted request nobody waits for is set aside, sealed, and carried out later', async () => {
    intake.mishaps.push(async () => {
      throw new Error('a mistake of ours');
    });
    expect(await send(LINK, randomUUID(), false)).toMatchObject({ status: 500 });
    expect(await intake.acts()).toEqual([]);
    await retrySetAside(intake);
    expect(await intake.acts()).toEqual(['ada@example.org']);
    await retrySetAside(intake);
    expect(await intake.acts()).toHaveLength(1);
  });
});

describe('what is kept', () => {
  async function everythingStored(): Promise<string> {
    const tables = ['received_requests', 'carried_out_requests', 'set_aside_requests'];
    const rows = await Promise.all(
      tables.map((table) =>
        sql<{ row: string }>`SELECT ${sql.table(table)}::text AS row FROM ${sql.table(table)}`.execute(intake.db),
      ),
    );
    return rows.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
  }
  const hex = (text: string) => Buffer.from(text).toString('hex');

  test('has no contents in the clear, no encapsulated key, and no time finer than the day', async () => {
    const first = await send({ route: 'POST /sessions', body: { token: 'marked-token' } });
    await send({ ...LINK, body: { email: 'marked@example.org', language: 'en' } });
    const stored = await everythingStored();
    expect(stored).toContain('2026-11-23');
    expect(stored).not.toMatch(/\d\d:\d\d/);
    for (const mark of ['marked', 'accepted', 'session']) {
      expect(stored).not.toContain(mark);
      expect(stored).not.toContain(hex(mark));
    }
    expect(stored).not.toContain(Buffer.from(first.sealed.bytes.subarray(7, 39)).toString('hex'));
  });

  test('goes: sealed answers after the day, everything after five weeks, with the week’s key', async () => {
    const [forget] = createIntake(intake).schedule;
    const session = await send({ route: 'POST /sessions', body: { token: 'old' } });
    const link = await send(LINK);
    intake.setClock('2026-11-24');
    await forget?.run();
    expect(await session.deliver(), 'not done twice').toMatchObject({ status: 409, json: refusal('replayed') });
    expect(await link.deliver(), 'answered from the record of acts').toMatchObject({ status: 200 });
    expect(await intake.acts()).toHaveLength(2);

    intake.setClock('2027-01-10');
    await forget?.run();
    expect(await everythingStored()).toBe('');
    expect(await intake.db.selectFrom('period_keys').selectAll().execute()).toEqual([]);
    intake.setClock('2026-11-23');
  });
});
