import { describe, expect, test } from 'vitest';
import { createRateLimits, readRateLimits } from './rate-limits.ts';

const configured = {
  pages: { perMinute: 600, burst: 120 },
  relay: { perMinute: 60, burst: 3 },
  collect: { perMinute: 600, burst: 200 },
  reports: { perMinute: 60, burst: 3 },
};

describe('a token bucket', () => {
  test('lets a burst pass, then one a second, and says how long to wait', () => {
    let now = 0;
    const limits = createRateLimits(configured, () => now);
    const take = () => limits.take('relay', '203.0.113.7');
    expect([take(), take(), take(), take()]).toEqual([null, null, null, 1]);
    now = 999;
    expect(take()).toBe(1);
    now = 1000;
    expect(take()).toBe(null);
    expect(take()).toBe(1);
    now = 3_600_000;
    expect([take(), take(), take(), take()]).toEqual([null, null, null, 1]);
  });

  test('is one for a whole IPv6 /64 and separate for different addresses and limits', () => {
    const limits = createRateLimits({ ...configured, relay: { perMinute: 1, burst: 1 } }, () => 0);
    expect(limits.take('relay', '2001:db8::1')).toBe(null);
    expect(limits.take('relay', '2001:db8::ffff:1')).toBe(60);
    expect(limits.take('relay', '2001:db8:0:1::1')).toBe(null);
    expect(limits.take('pages', '2001:db8::1')).toBe(null);
  });

  test('loses nothing when the clock is set back', () => {
    let now = 100_000;
    const limits = createRateLimits(configured, () => now);
    expect(limits.take('relay', '203.0.113.7')).toBe(null);
    now = 0;
    expect(limits.take('relay', '203.0.113.7')).toBe(null);
  });

  test('remembers 50,000 networks and no more, so that a flood of addresses cannot fill the memory', () => {
    const limits = createRateLimits({ ...configured, relay: { perMinute: 1, burst: 1 } }, () => 0);
    const address = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
    for (let n = 0; n <= 50_000; n++) limits.take('relay', address(n));
    expect(limits.take('relay', address(50_000))).toBe(60);
    expect(limits.take('relay', address(0))).toBe(null);
  });
});

describe('AVOW_RATE_LIMITS', () => {
  test('overrides what it names', () => {
    expect(readRateLimits('relay=6000/500', configured)).toEqual({
      ...configured,
      relay: { perMinute: 6000, burst: 500 },
    });
    expect(readRateLimits('collect=1/1', configured)).toMatchObject({ collect: { perMinute: 1, burst: 1 } });
    expect(readRateLimits(undefined, configured)).toBe(configured);
  });

  test('lifts all limits with "off"', () => {
    const limits = createRateLimits(readRateLimits('off', configured), () => 0);
    for (let n = 0; n < 1000; n++) expect(limits.take('relay', '203.0.113.7')).toBe(null);
  });

  test.each(['on', 'pages', 'pages=0/1', 'pages=1', 'relay=1/-1', 'all=1/1'])('refuses %j', (text) => {
    expect(() => readRateLimits(text, configured)).toThrow('AVOW_RATE_LIMITS');
  });
});
