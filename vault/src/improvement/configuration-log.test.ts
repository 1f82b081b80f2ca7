import { join } from 'node:path';
import { createTestDatabase } from '@avow/engines/testing';
import type { ConfigurationContent } from '@avow/protocol/improvement/configuration';
import { verifyConfigurationLog } from '@avow/protocol/improvement/configuration';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRootKey } from '../platform/keys/signing-keys.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { changesBetween } from './compare-configurations.ts';
import { ConfigurationNotUsable, proposeConfiguration, signedConfigurations, signNext } from './configuration-log.ts';
import { CONFIGURATION } from './test-reports.ts';

let vault: TestVault;
beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});
afterAll(() => vault.close());

const { charts, products, osVersions, countries, schedule, thresholds } = CONFIGURATION;
const content: ConfigurationContent = { charts, products, osVersions, countries, schedule, thresholds };
const [suite, ...others] = products;
const withSuite = (change: Partial<NonNullable<typeof suite>>): ConfigurationContent => ({
  ...content,
  products: suite ? [{ ...suite, ...change }, ...others] : [],
});

describe('a change of the configuration', () => {
  const sentence = { en: 'x', de: 'x' };
  test.each<[string, Partial<ConfigurationContent>, boolean]>([
    ['another chart', { charts: [...charts, { id: 'more', facet: 'base', title: sentence, why: sentence }] }, true],
    ['another reason', { charts: charts.map((chart) => ({ ...chart, why: sentence })) }, true],
    ['a country that is named from now on', { countries: ['AT', ...countries] }, true],
    ['another product', { products: [...products, { id: 'new', name: 'New', versions: [], applications: [] }] }, true],
    ['more messages', { schedule: { ...schedule, messages: 40 } }, true],
    ['a lower threshold', { thresholds: { ...thresholds, operator: 10 } }, true],
    ['less noise', { thresholds: { ...thresholds, epsilon: 2 } }, true],
    ['a new version', withSuite({ versions: ['8.0', '8.1', '8.2'] }), false],
    [
      'a new application',
      withSuite({ applications: [...(suite?.applications ?? []), { id: 'new', name: 'New' }] }),
      false,
    ],
    ['a new operating system', { osVersions: { ...osVersions, windows: ['10', '11', '12'] } }, false],
    ['a chart less', { charts: charts.slice(1) }, false],
    ['a country less', { countries: countries.slice(1) }, false],
    ['a higher threshold', { thresholds: { ...thresholds, public: 100 } }, false],
  ])('%s: asks the participants anew or not (S2, S3)', (_what, change, widens) => {
    const changes = changesBetween(content, { ...content, ...change });
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.some((one) => one.widens)).toBe(widens);
  });

  test('that is none is none', () => {
    expect(changesBetween(content, structuredClone(content))).toEqual([]);
  });
});

describe('the log of configurations', () => {
  test('grows by what the root key signs, and the field list rises only with what is wider', async () => {
    const { db, keysDir } = vault;
    const rootKey = await createRootKey(join(keysDir, 'root.key'));
    const propose = (next: ConfigurationContent) => proposeConfiguration(db, next, '2026-11-24');
    const sign = async (next: ConfigurationContent) => {
      const proposal = await propose(next);
      if (!proposal.next) throw new Error('nothing to sign');
      return signNext(db, proposal.next, rootKey);
    };
    expect(await sign(content)).toMatchObject({ version: 1, fieldList: 1, previous: '' });
    expect(await propose(content)).toMatchObject({ next: null, changes: [] });
    expect(await sign(withSuite({ versions: ['8.2'] }))).toMatchObject({ version: 2, fieldList: 1 });
    expect(await sign({ ...content, countries: ['AT', ...countries] })).toMatchObject({ version: 3, fieldList: 2 });
    const tooFew = { ...content, schedule: { ...schedule, messages: 3 } };
    await expect(sign(tooFew)).rejects.toThrow(ConfigurationNotUsable);
    const log = await signedConfigurations(db);
    expect(await verifyConfigurationLog(log, Buffer.from(rootKey.publicKey, 'base64url'))).toHaveLength(3);
  });
});
