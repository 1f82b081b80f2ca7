import { describe, expect, test } from 'vitest';
import { createAddressReader, networkOf, UNKNOWN_ADDRESS } from './client-address.ts';

describe('without trusted proxies', () => {
  const read = createAddressReader([]);

  test('a forged X-Forwarded-For is ignored', () => {
    expect(read('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
  });

  test('IPv4 that arrives on an IPv6 socket is IPv4', () => {
    expect(read('::ffff:203.0.113.7', undefined)).toBe('203.0.113.7');
  });

  test('a socket that is already closed gives the unknown address', () => {
    expect(read(undefined, '198.51.100.1')).toBe(UNKNOWN_ADDRESS);
  });
});

describe('with trusted proxies', () => {
  const read = createAddressReader(['10.0.0.0/8', '2001:db8:1::/48', '192.0.2.9']);

  test('the address that the trusted proxy saw is believed', () => {
    expect(read('10.1.2.3', '198.51.100.1')).toBe('198.51.100.1');
  });

  test('what the requester put in front is not', () => {
    expect(read('10.1.2.3', '127.0.0.1, 203.0.113.7')).toBe('203.0.113.7');
  });

  test('a chain of trusted proxies is followed to the first stranger', () => {
    expect(read('10.1.2.3', '1.1.1.1, 203.0.113.7, 192.0.2.9, 2001:db8:1::5')).toBe('203.0.113.7');
  });

  test('a requester who is no proxy cannot use the header', () => {
    expect(read('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
  });

  test('an IPv4 proxy does not trust through an IPv6 block', () => {
    expect(createAddressReader(['::/0'])('10.1.2.3', '198.51.100.1')).toBe('10.1.2.3');
  });

  test.each(['', 'unknown', '1', '0x7f.1', '999.1.1.1', '<script>', ','])(
    'unreadable entry %j stops the walk',
    (entry) => {
      expect(read('10.1.2.3', `198.51.100.1, ${entry}`)).toBe('10.1.2.3');
    },
  );

  test('ports and brackets are understood', () => {
    expect(read('10.1.2.3', '198.51.100.1:4711')).toBe('198.51.100.1');
    expect(read('10.1.2.3', '[2001:db8:2::1]:4711')).toBe('2001:db8:2::1');
  });

  test('a block that cannot be read is told at the start', () => {
    expect(() => createAddressReader(['10.0.0.0/33'])).toThrow('10.0.0.0/33');
    expect(() => createAddressReader(['proxy.example'])).toThrow('proxy.example');
  });
});

test('one IPv6 connection is one network, however many addresses it makes up', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(networkOf('2001:db8:1:2::9')).toBe('2001:db8:1:2::/64');
  expect(networkOf('2001:db8:1:3::9')).not.toBe('2001:db8:1:2::/64');
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
});
