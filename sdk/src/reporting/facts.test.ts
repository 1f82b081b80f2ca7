import { describe, expect, test } from 'vitest';
import { createVendor } from '../test-suite.ts';
import { baseFacet, machineFacts, majorVersion, regionalCountry } from './facts.ts';

describe('what is told of the machine (S3)', () => {
  test.each([
    ['windows', '10.0.19045', '10'],
    ['windows', '10.0.22000', '11'],
    ['windows', '10.0.26200', '11'],
    ['windows', '6.3.9600', '6'],
    ['macos', '23.6.0', '14'],
    ['macos', '24.1.0', '15'],
    ['macos', '25.0.0', '26'],
    ['linux', '6.12.43+deb13-amd64', '6'],
    ['linux', '5.15.0-generic', '5'],
  ] as const)('%s %s is told as %s', (family, release, told) => expect(majorVersion(family, release)).toBe(told));

  test.each([
    [{ LANG: 'de_AT.UTF-8' }, 'AT'],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: 'fr_CH' }, 'CH'],
    [{ LANG: 'sr_RS@latin' }, 'RS'],
    [{ LANG: 'C.UTF-8' }, ''],
    [{ LANG: 'de' }, ''],
    [{}, ''],
  ])('%j is the country %j', (env, country) => expect(regionalCountry('linux', env)).toBe(country));

  const [configuration] = createVendor().log;
  const product = configuration?.products[0];

  test.each([
    ['DE', 'DE'],
    ['AT', 'western-europe'],
    ['ZZ', 'other'],
    ['', 'other'],
    ['Deutschland', 'other'],
  ])('%j leaves as %j', (country, told) => {
    if (!configuration || !product) throw new Error('no configuration');
    const facts = { family: 'linux', osVersion: '4', country } as const;
    expect(baseFacet(facts, '9.9', product, configuration)).toEqual({
      facet: 'base',
      product: 'suite',
      version: 'other',
      os: 'linux',
      osVersion: 'other',
      country: told,
    });
  });

  test('a host that knows the country better is believed', () => {
    expect(machineFacts({ LANG: 'de_DE' }, 'FR').country).toBe('FR');
  });
});
