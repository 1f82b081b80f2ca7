import { expect, test } from 'vitest';
import example from '../../examples/vendor/avow.config.ts';
import { parseConfig } from './config.ts';

function hostsOf(...hosts: string[]): string[] | undefined {
  const [main, ...others] = example.sites;
  if (!main) throw new Error('no site');
  return parseConfig({ ...example, sites: [{ ...main, hosts }, ...others] }, '/').sites[0]?.hosts;
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
