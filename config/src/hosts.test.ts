import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const perLanguage = { en: 'x', de: 'x' };
const accent = { light: '#000', dark: '#fff' };
const site = (id: string, hosts: string[]) => ({ id, name: id, hosts, accent, tagline: perLanguage });

function hostsOf(...hosts: string[]): string[] | undefined {
  const given = {
    vendor: { name: 'V', contactEmail: 'v@example.org', postalAddress: ['V'], vaultName: 'vault.example' },
    sites: [site('main', hosts), site('labs', ['nordlicht-labs.example'])],
    suites: [
      {
        id: 'suite',
        name: 'Suite',
        version: '8',
        productCode: 8,
        editions: [{ id: 'home', name: 'Home', code: 1 }],
        applications: [],
      },
    ],
    statement: { version: 8, effective: '2026-11-23', files: perLanguage },
    mail: { from: 'v@example.org' },
  };
  return parseConfig(given, '/').sites[0]?.hosts;
}

test.each([
  ['Nordlicht.Example', 'nordlicht.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['nordlicht.example.', 'nordlicht.example'],
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['::1', '::1'],
])('the host %s is kept as browsers send it: %s', (written, sent) => {
  expect(hostsOf(written)).toEqual([sent]);
});

test.each([
  'https://nordlicht.example',
  'nordlicht.example:8080',
  'localhost:80',
  'nordlicht.example/de',
  '*.nordlicht.example',
  'a b',
  '',
])('%j is told to be no host name', (written) =>
  expect(() => hostsOf(written)).toThrow('leave out scheme, port and path'),
);

test('no host belongs to two sites', () => {
  expect(() => hostsOf('NORDLICHT-LABS.example')).toThrow('"nordlicht-labs.example" is one of main and of labs');
});
