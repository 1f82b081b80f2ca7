/** What we rely on ClickHouse for, through its own client: the same for the engine from npm and for a server. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DURABLE_TABLE } from './clickhouse/table-settings.ts';
import { startClickHouse } from './clickhouse.ts';
import { createTestFolder } from './test-folders.ts';

const given = process.env.TEST_CLICKHOUSE_URL;
const targets = [
  { name: 'the engine from npm', open: openEmbedded },
  ...(given ? [{ name: 'the given server', open: () => openServer(given) }] : []),
];

describe.each(targets)('$name', ({ open }) => {
  let target: Awaited<ReturnType<typeof open>>;
  let client: ClickHouseClient;

  beforeAll(async () => {
    target = await open();
    client = connect(target.url);
  });

  afterAll(async () => {
    await client.close();
    await target.close();
  });

  beforeEach(async () => {
    await client.command({ query: 'DROP TABLE IF EXISTS visits' });
    await client.command({
      query: `CREATE TABLE visits (id UInt64, day Date, page Nullable(String), tags Array(String))
        ENGINE = MergeTree PARTITION BY day ORDER BY id SETTINGS ${DURABLE_TABLE}`,
    });
  });

  async function rows<Row = Record<string, unknown>>(
    query: string,
    query_params?: Record<string, unknown>,
  ): Promise<Row[]> {
    const answer = await client.query({ query, format: 'JSONEachRow', ...(query_params && { query_params }) });
    return answer.json<Row>();
  }

  const day = '2026-11-23';
  const visit = (id: number, page: string | null = '/') => ({ id, day, page, tags: ['a', "b'c"] });

  describe('connecting', () => {
    test('both kinds of ping answer', async () => {
      expect(await client.ping()).toMatchObject({ success: true });
      expect(await client.ping({ select: true })).toMatchObject({ success: true });
    });

    test('a wrong password is refused with the code for it', async () => {
      const url = new URL(target.url);
      url.password = 'guessed';
      const stranger = connect(url.href);
      await expect(stranger.query({ query: 'SELECT 1' })).rejects.toMatchObject({
        code: '516',
        type: 'AUTHENTICATION_FAILED',
      });
      await stranger.close();
    });

    test('a database that is not there is refused', async () => {
      const url = new URL(target.url);
      url.pathname = '/nowhere';
      const lost = connect(url.href);
      await expect(lost.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '81' });
      await lost.close();
    });

    test('answers can be compressed, and so can inserts', async () => {
      const small = createClient({ url: target.url, compression: { request: true, response: true } });
      await small.insert({ table: 'visits', values: [visit(1)], format: 'JSONEachRow' });
      const answer = await small.query({ query: 'SELECT id FROM visits', format: 'JSONEachRow' });
      expect(await answer.text()).toMatch(/1/);
      await small.close();
    });
  });

  describe('inserting', () => {
    test('an array of rows comes back as it was', async () => {
      const awkward = ['', 'ü😀', "'; DROP TABLE visits; --", 'a\tb\nc\\d', '{"x":1}', null];
      await client.insert({
        table: 'visits',
        values: awkward.map((page, id) => visit(id, page)),
        format: 'JSONEachRow',
      });
      const found = await rows<{ page: string | null; tags: string[] }>('SELECT page, tags FROM visits ORDER BY id');
      expect(found.map(({ page }) => page)).toEqual(awkward);
      expect(found[0]?.tags).toEqual(['a', "b'c"]);
    });

    test('a stream of rows arrives whole', async () => {
      const values = Readable.from(Array.from({ length: 20_000 }, (_, id) => visit(id, `/page/${id}`)));
      await client.insert({ table: 'visits', values, format: 'JSONEachRow' });
      expect(await rows('SELECT count() AS n, uniqExact(page) AS pages FROM visits')).toEqual([
        { n: '20000', pages: '20000' },
      ]);
    });

    test('a row that cannot be read refuses the insert as a whole', async () => {
      const values = Readable.from([visit(1), { ...visit(2), id: 'oops' }]);
      const insert = client.insert({ table: 'visits', values, format: 'JSONEachRow' });
      await expect(insert).rejects.toMatchObject({ type: expect.stringMatching(/INCORRECT_DATA|CANNOT_PARSE/) });
      expect(await rows('SELECT count() AS n FROM visits')).toEqual([{ n: '0' }]);
    });

    test('an insert without rows is no error', async () => {
      await client.insert({ table: 'visits', values: Readable.from([]), format: 'JSONEachRow' });
      expect(await rows('SELECT count() AS n FROM visits')).toEqual([{ n: '0' }]);
    });

    test('from a query', async () => {
      await client.insert({ table: 'visits', values: [visit(1), visit(2)], format: 'JSONEachRow' });
      await client.command({ query: 'INSERT INTO visits SELECT id + 10, day, page, tags FROM visits' });
      expect(await rows('SELECT id FROM visits ORDER BY id')).toEqual([
        { id: '1' },
        { id: '2' },
        { id: '11' },
        { id: '12' },
      ]);
    });
  });

  describe('asking', () => {
    test('parameters of every type we use keep their values', async () => {
      const query = `SELECT {text:String} AS text, {none:Nullable(String)} AS none, {big:UInt64} AS big, {date:Date} AS date,
        {list:Array(String)} AS list, {yes:Bool} AS yes, {column:Identifier} + 1 AS next FROM numbers(1)`;
      const text = `a'b"c\\d\te\nf\`g; -- {x:String} ü😀`;
      const values = {
        text,
        none: null,
        big: '18446744073709551615',
        date: day,
        list: [text, ''],
        yes: true,
        column: 'number',
      };
      expect(await rows(query, values)).toEqual([
        { text, none: null, big: '18446744073709551615', date: day, list: [text, ''], yes: true, next: '1' },
      ]);
    });

    test('a parameter that is not given is refused, even if another request gave one of that name', async () => {
      await rows('SELECT {who:String} AS who', { who: 'me' });
      await expect(rows('SELECT {who:String} AS who')).rejects.toMatchObject({ code: '456' });
      await expect(rows('SELECT {who:String} AS who, {b:String} AS b', { b: '' })).rejects.toMatchObject({
        code: '456',
      });
    });

    test('long lists of parameters are taken from a form', async () => {
      const list = Array.from({ length: 5000 }, (_, index) => `page-${index}`);
      const answer = await client.query({
        query: 'SELECT length({list:Array(String)}) AS n',
        query_params: { list },
        use_multipart_params: true,
        format: 'JSONEachRow',
      });
      expect(await answer.json()).toEqual([{ n: '5000' }]);
    });

    test('at the same time, each with its own parameters and settings', async () => {
      const ask = async (number: number) => {
        const answer = await client.query({
          query: `SELECT {n:UInt32} AS n, toUInt32(getSetting('max_block_size')) AS size, sum(number) AS total FROM numbers(10000)`,
          query_params: { n: number },
          clickhouse_settings: { max_block_size: String(1000 + (number % 3)) },
          format: 'JSONEachRow',
        });
        return answer.json();
      };
      const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => ask(index)));
      expect(answers).toEqual(
        Array.from({ length: 60 }, (_, index) => [{ n: index, size: 1000 + (index % 3), total: '49995000' }]),
      );
    });

    test('as JSON with its statistics, as CSV, and as a stream of rows', async () => {
      await client.insert({ table: 'visits', values: [visit(1, 'x'), visit(2, 'y')], format: 'JSONEachRow' });
      const json = await client.query({ query: 'SELECT page FROM visits ORDER BY id', format: 'JSON' });
      expect(await json.json()).toMatchObject({
        data: [{ page: 'x' }, { page: 'y' }],
        rows: 2,
        meta: [{ name: 'page' }],
      });
      const csv = await client.query({ query: 'SELECT id, page FROM visits ORDER BY id', format: 'CSV' });
      expect(await csv.text()).toBe('1,"x"\n2,"y"\n');
      const stream = await client.query({ query: 'SELECT number FROM numbers(50000)', format: 'JSONEachRow' });
      let seen = 0;
      for await (const part of stream.stream()) seen += part.length;
      expect(seen).toBe(50_000);
    });

    test('settings belong to the request that brings them', async () => {
      const query = `SELECT toUInt64(1) AS n`;
      const clickhouse_settings = { output_format_json_quote_64bit_integers: 0 } as const;
      const plain = await client.query({ query, format: 'JSONEachRow', clickhouse_settings });
      expect(await plain.json()).toEqual([{ n: 1 }]);
      expect(await rows(query)).toEqual([{ n: '1' }]);
      await client.command({ query: 'SET max_block_size = 77' });
      expect(await rows(`SELECT getSetting('max_block_size') = 77 AS kept`)).toEqual([{ kept: 0 }]);
    });

    test('a query that takes longer than its limit is ended', async () => {
      const slow = client.query({
        query: 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)',
        clickhouse_settings: { max_execution_time: 1 },
      });
      await expect(slow).rejects.toMatchObject({ code: '159' });
    });
  });

  describe('errors', () => {
    test.each([
      ['SELEC 1', '62', 'SYNTAX_ERROR'],
      ['SELECT nope FROM visits', '47', 'UNKNOWN_IDENTIFIER'],
      ['SELECT 1 FROM nowhere', '60', 'UNKNOWN_TABLE'],
      ['SELECT throwIf(1)', '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
      ['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR'],
    ])('%s has its code and its name', async (query, code, type) => {
      await expect(client.query({ query })).rejects.toMatchObject({ code, type });
    });

    test('come with their code in the header, and the connection goes on', async () => {
      const { url, authorization } = split(target.url);
      const answer = await fetch(`${url}/?query=SELECT+nope`, { headers: { authorization } });
      expect(answer.status).toBe(404);
      expect(answer.headers.get('x-clickhouse-exception-code')).toBe('47');
      expect(await answer.text()).toMatch(/^Code: 47\. DB::Exception: .*\(UNKNOWN_IDENTIFIER\)/s);
      expect(await rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    test('an unknown setting is refused', async () => {
      const settings = { nonsense_setting: '1' } as Record<string, string>;
      await expect(client.query({ query: 'SELECT 1', clickhouse_settings: settings })).rejects.toMatchObject({
        code: '115',
      });
    });

    test('a GET may only read', async () => {
      const { url, authorization } = split(target.url);
      const answer = await fetch(`${url}/?query=DROP+TABLE+visits`, { headers: { authorization } });
      expect(answer.headers.get('x-clickhouse-exception-code')).toBe('164');
    });
  });

  describe('storing', () => {
    test('aggregate states add up', async () => {
      await client.command({ query: 'DROP TABLE IF EXISTS hourly' });
      await client.command({
        query: `CREATE TABLE hourly (hour UInt8, views SimpleAggregateFunction(sum, UInt64), people AggregateFunction(uniqCombined, UInt64))
          ENGINE = AggregatingMergeTree ORDER BY hour SETTINGS ${DURABLE_TABLE}`,
      });
      for (const from of [0, 50]) {
        const query = `INSERT INTO hourly SELECT 7, count(), uniqCombinedState(number + {from:UInt64}) FROM numbers(100)`;
        await client.command({ query, query_params: { from } });
      }
      const query = 'SELECT sum(views) AS views, uniqCombinedMerge(people) AS people FROM hourly GROUP BY hour';
      expect(await rows(query)).toEqual([{ views: '200', people: '150' }]);
      await client.command({ query: 'DROP TABLE hourly' });
    });

    test('a day is swapped for a rebuilt one', async () => {
      await client.insert({ table: 'visits', values: [visit(1), visit(2)], format: 'JSONEachRow' });
      await client.command({ query: 'DROP TABLE IF EXISTS rebuilt' });
      await client.command({ query: 'CREATE TABLE rebuilt AS visits' });
      await client.insert({ table: 'rebuilt', values: [visit(7)], format: 'JSONEachRow' });
      await client.command({ query: `ALTER TABLE visits REPLACE PARTITION '${day}' FROM rebuilt` });
      expect(await rows('SELECT id FROM visits')).toEqual([{ id: '7' }]);
      await client.command({ query: 'DROP TABLE rebuilt' });
    });

    test('rows are deleted one by one, and by their age', async () => {
      const old = { ...visit(3), day: '2020-01-01' };
      await client.insert({ table: 'visits', values: [visit(1), visit(2), old], format: 'JSONEachRow' });
      await client.command({ query: 'DELETE FROM visits WHERE id = 1' });
      expect(await rows('SELECT id FROM visits ORDER BY id')).toEqual([{ id: '2' }, { id: '3' }]);
      await client.command({
        query: 'ALTER TABLE visits MODIFY TTL day + INTERVAL 1 YEAR SETTINGS mutations_sync = 2',
      });
      await client.command({ query: 'OPTIMIZE TABLE visits FINAL' });
      expect(await rows('SELECT id FROM visits')).toEqual([{ id: '2' }]);
    });

    test('the settings for durable tables are in the table', async () => {
      const [table] = await rows<{ made: string }>(
        `SELECT create_table_query AS made FROM system.tables WHERE name = 'visits'`,
      );
      expect(table?.made).toMatch(/fsync_after_insert = 1, fsync_part_directory = 1/);
    });
  });
});

function connect(url: string): ClickHouseClient {
  return createClient({
    url,
    // Its default has changed between versions of ClickHouse; said, it is the same everywhere, and no number is rounded.
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    // What goes wrong here is meant to; the client would write it to the console.
    log: { level: ClickHouseLogLevel.OFF },
  });
}

function split(address: string): { url: string; authorization: string } {
  const { origin, username, password } = new URL(address);
  return { url: origin, authorization: `Basic ${btoa(`${username}:${decodeURIComponent(password)}`)}` };
}

async function openEmbedded(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = await createTestFolder();
  const running = await startClickHouse({ dir: join(folder.path, 'clickhouse') });
  return {
    url: running.url,
    async close() {
      await running.stop();
      await folder.remove();
    },
  };
}

async function openServer(address: string): Promise<{ url: string; close(): Promise<void> }> {
  const database = `test_${randomBytes(8).toString('hex')}`;
  const administrator = connect(address);
  await administrator.command({ query: `CREATE DATABASE ${database}` });
  const url = new URL(address);
  url.pathname = `/${database}`;
  return {
    url: url.href,
    async close() {
      await administrator.command({ query: `DROP DATABASE ${database}` });
      await administrator.close();
    },
  };
}
