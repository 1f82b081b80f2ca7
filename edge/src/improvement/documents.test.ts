import { sign } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import {
  configurationBytes,
  configurationHash,
  type SignedConfiguration,
} from '@avow/protocol/improvement/configuration';
import type { PublishedTables } from '@avow/protocol/improvement/tables';
import { UNSIGNED } from '@avow/protocol/improvement/test-configuration';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { documentChecks } from '../document-checks.ts';
import { openPublicDocuments } from '../platform/public-documents.ts';
import { createTestKey, emptyTables, startTestEdge, type TestEdge, type TestKey } from '../testing.ts';

let database: TestDatabase;
let edge: TestEdge;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await emptyTables(database.url);
  edge = await startTestEdge(database.url);
});

afterEach(() => edge.close());

function signed(key: TestKey, change: Partial<SignedConfiguration> = {}): SignedConfiguration {
  const content = { ...UNSIGNED, ...change };
  return { ...content, signature: sign(null, configurationBytes(content), key.privateKey).toString('base64url') };
}

async function after(key: TestKey, before: SignedConfiguration, created = '2026-11-25'): Promise<SignedConfiguration> {
  return signed(key, { version: before.version + 1, previous: await configurationHash(before), created });
}

async function publish(log: SignedConfiguration[], revision = log.length): Promise<number | undefined> {
  const content = { current: log.at(-1), log };
  const { documents } = await edge.dial({ want: 0, document: { name: 'improvement-config', revision, content } });
  return documents?.['improvement-config'];
}

describe('the configuration of the Improvement Programme', () => {
  test('is served as the vault published it, with its log', async () => {
    expect((await edge.app.request('/improvement/config.json')).status).toBe(503);
    const first = signed(edge.root);
    expect(await publish([first])).toBe(1);
    const second = await after(edge.root, first);
    expect(await publish([first, second])).toBe(2);
    const served = await edge.app.request('/improvement/config.json');
    expect(await served.json()).toEqual({ current: second, log: [first, second] });
  });

  test('is refused when the root key did not sign it', async () => {
    expect(await publish([signed(createTestKey())])).toBeUndefined();
    expect(await publish([signed(edge.root)], 2)).toBeUndefined();
    expect((await edge.app.request('/improvement/config.json')).status).toBe(503);
  });

  test('has one past: a log that says something else about it is refused, although signed', async () => {
    const first = signed(edge.root);
    const second = await after(edge.root, first);
    await publish([first, second]);
    const other = signed(edge.root, { created: '2026-11-01' });
    const otherSecond = await after(edge.root, other);
    expect(await publish([other, otherSecond, await after(edge.root, otherSecond)])).toBe(2);
    expect(await publish([first])).toBe(2);
  });

  test('is still there after a start, and a changed one on the disk is noticed', async () => {
    await publish([signed(edge.root)]);
    const again = await openPublicDocuments(edge.db, documentChecks(edge.root.publicKey));
    expect(again.revisions()).toEqual({ 'improvement-config': 1 });
    await expect(openPublicDocuments(edge.db, documentChecks(createTestKey().publicKey))).rejects.toThrow(
      'improvement-config',
    );
  });
});

describe('tables of the Improvement Programme', () => {
  const tables = (installations: number, threshold = 50): PublishedTables => ({
    published: '2026-11-24',
    threshold,
    roundedTo: 5,
    epsilon: 1,
    weeks: [
      {
        product: 'suite',
        week: '2026-W40',
        actives: 1_000,
        tables: [
          {
            kind: 'versions',
            product: 'suite',
            week: '2026-W40',
            within: null,
            total: 1_000,
            rows: [{ label: '8.1', installations }],
            other: 0,
          },
        ],
      },
    ],
  });

  async function offer(content: PublishedTables, revision: number): Promise<number | undefined> {
    const { documents } = await edge.dial({ want: 0, document: { name: 'improvement-tables', revision, content } });
    return documents?.['improvement-tables'];
  }

  test('with a number below the threshold are not served, even if the vault sends them', async () => {
    expect(await offer(tables(1_000), 1)).toBe(1);
    expect(await offer(tables(49), 2)).toBe(1);
    expect(await offer(tables(30, 20), 3)).toBe(1);
    expect(await offer(tables(50), 4)).toBe(4);
  });
});
