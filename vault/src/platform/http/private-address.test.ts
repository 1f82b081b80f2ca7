import { describe, expect, test } from 'vitest';
import { servesHost } from './host-check.ts';
import { isPrivateAddress, PublicAddress, requirePrivate } from './private-address.ts';

describe('the vault listens on', () => {
  test.each(['127.0.0.1', '::1', 'localhost', '10.1.2.3', '172.31.0.9', '192.168.178.2', '100.100.1.1', 'fd00::5'])(
    '%s',
    (host) => expect(requirePrivate(host)).resolves.toBeUndefined(),
  );

  test('every address of a machine that has private ones only', () =>
    expect(requirePrivate('0.0.0.0', () => ['127.0.0.1', '10.0.0.7', 'fe80::1%eth0'])).resolves.toBeUndefined());
});

describe('the vault refuses to listen on', () => {
  test.each(['8.8.8.8', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8'])('%s', (host) =>
    expect(requirePrivate(host)).rejects.toThrow(PublicAddress),
  );

  test('every address of a machine that has a public one', () =>
    expect(requirePrivate('::', () => ['127.0.0.1', '203.0.113.9'])).rejects.toThrow('203.0.113.9'));
});

test('what is no address is not private', () => {
  for (const text of ['', 'localhost', '127.0.0.1.example', '300.1.1.1']) expect(isPrivateAddress(text)).toBe(false);
});

describe('the Host header', () => {
  test.each(['localhost:8090', '127.0.0.1:8090', '[::1]:8090', 'LOCALHOST', '192.168.1.4:1', 'vault.internal:8090'])(
    '%s is served',
    (header) => expect(servesHost(header, 'vault.internal')).toBe(true),
  );

  test.each([
    '',
    'evil.example:8090',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '8.8.8.8',
    'a@localhost',
    '[::1',
  ])('%s is not', (header) => expect(servesHost(header, 'vault.internal')).toBe(false));
});
