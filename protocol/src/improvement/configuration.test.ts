import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from '../base64url.ts';
import { signConfiguration } from '../opening/improvement-signing.ts';
import {
  configurationHash,
  isSignedConfiguration,
  type SignedConfiguration,
  verifyConfigurationLog,
  verifyPublishedConfigurations,
} from './configuration.ts';
import { UNSIGNED } from './test-configuration.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const root = decodeBase64url(publicKey.export({ format: 'jwk' }).x ?? '') ?? new Uint8Array();

const first = signConfiguration(UNSIGNED, privateKey);
async function next(
  before: SignedConfiguration,
  change: Partial<SignedConfiguration> = {},
): Promise<SignedConfiguration> {
  const { signature: _, ...content } = before;
  const previous = await configurationHash(before);
  return signConfiguration({ ...content, version: before.version + 1, previous, ...change }, privateKey);
}
const second = await next(first, { fieldList: 2, countries: ['AT', 'DE', 'FR', 'US'] });

/** Every place in a JSON value. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function replaceAt(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  return Object.assign(copy, { [key]: replaceAt(Reflect.get(value, key), rest, by) });
}

describe('a configuration of the Improvement Programme', () => {
  it('is believed when the root key signed it', async () => {
    expect(await isSignedConfiguration(JSON.parse(JSON.stringify(first)), root)).toBe(true);
    expect(await isSignedConfiguration(first, new Uint8Array(32))).toBe(false);
  });

  it('is not believed when anything in it was changed', async () => {
    const paths = pathsOf(first);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, by) => {
        const changed = replaceAt(first, path, by);
        fc.pre(JSON.stringify(changed) !== JSON.stringify(first));
        expect(await isSignedConfiguration(changed, root)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('carries nothing under the signature that the contract does not name', async () => {
    const { signature: _, ...content } = first;
    const products = content.products.map((product) => ({ ...product, serials: true }));
    for (const more of [{ ...first, more: 1 }, signConfiguration({ ...content, products }, privateKey)]) {
      expect(await isSignedConfiguration(more, root)).toBe(false);
    }
  });

  it.each([
    ['fewer messages than an installation may need', { schedule: { ...UNSIGNED.schedule, messages: 29 } }],
    ['a threshold for the public below the one for staff', { thresholds: { public: 50, operator: 60, epsilon: 1 } }],
    ['a threshold for the public below 50', { thresholds: { public: 49, operator: 20, epsilon: 1 } }],
    ['a threshold for staff below 10', { thresholds: { public: 50, operator: 9, epsilon: 1 } }],
    ['an unsorted list of countries', { countries: ['US', 'DE'] }],
    ['a product twice', { products: [...UNSIGNED.products, ...UNSIGNED.products] }],
    [
      'a version that is finer than major and minor',
      { products: [{ id: 'a', name: 'A', versions: ['8.1.2'], applications: [] }] },
    ],
  ])('is refused with %s', async (_what, change) => {
    expect(await isSignedConfiguration(signConfiguration({ ...UNSIGNED, ...change }, privateKey), root)).toBe(false);
  });
});

describe('the log of configurations', () => {
  it('is whole when each names the one before', async () => {
    expect(await verifyConfigurationLog([first, second], root)).toEqual([first, second]);
    expect(await verifyPublishedConfigurations({ current: second, log: [first, second] }, root)).toEqual(second);
  });

  it('is refused with a gap, another order, another history, or a field list that falls', async () => {
    const other = signConfiguration({ ...UNSIGNED, created: '2026-11-25' }, privateKey);
    const falling = await next(second, { fieldList: 1 });
    for (const log of [[second], [second, first], [other, second], [first, first], [first, second, falling]]) {
      expect(await verifyConfigurationLog(log, root)).toBeNull();
    }
  });

  it('is refused when it does not end with the one in force', async () => {
    expect(await verifyPublishedConfigurations({ current: first, log: [first, second] }, root)).toBeNull();
    expect(await verifyPublishedConfigurations({ current: first, log: [] }, root)).toBeNull();
    expect(await verifyPublishedConfigurations(null, root)).toBeNull();
  });
});
