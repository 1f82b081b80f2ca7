/** Token buckets per network (IPv4 address, IPv6 /64), in memory and bounded. */
import type { AvowConfig } from '@avow/config/config';
import { LRUCache } from 'lru-cache';
import { networkOf } from './client-address.ts';

export type RateLimitConfig = AvowConfig['edge']['rateLimits'];
export type LimitName = keyof RateLimitConfig;

export interface RateLimits {
  /** Takes one token. Returns null when it may pass, else after how many seconds the next token is there. */
  take(limit: LimitName, address: string): number | null;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Who floods from more networks than this gets fresh buckets, at the price of that many networks. */
const MAX_NETWORKS = 50_000;

function createBuckets({ perMinute, burst }: RateLimitConfig[LimitName], clock: () => number) {
  const buckets = new LRUCache<string, Bucket>({ max: MAX_NETWORKS });
  const perMillisecond = perMinute / 60_000;
  return (network: string): number | null => {
    const now = clock();
    const bucket = buckets.get(network) ?? { tokens: burst, at: now };
    // A clock that was set back must not take tokens away.
    const earned = Math.max(0, now - bucket.at) * perMillisecond;
    bucket.tokens = Math.min(burst, bucket.tokens + earned);
    bucket.at = now;
    buckets.set(network, bucket);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perMillisecond / 1000);
    bucket.tokens -= 1;
    return null;
  };
}

/** `config` null lifts all limits (a load test on loopback). `clock` in milliseconds. */
export function createRateLimits(config: RateLimitConfig | null, clock: () => number = Date.now): RateLimits {
  if (config === null) return { take: () => null };
  const buckets = {
    pages: createBuckets(config.pages, clock),
    relay: createBuckets(config.relay, clock),
    collect: createBuckets(config.collect, clock),
    reports: createBuckets(config.reports, clock),
  };
  return { take: (limit, address) => buckets[limit](networkOf(address)) };
}

/**
 * Reads AVOW_RATE_LIMITS: `off`, or `pages=600/120,relay=60/30` (per minute / burst; what is not named stays as configured).
 * Returns null for `off`. Throws on anything else.
 */
export function readRateLimits(text: string | undefined, configured: RateLimitConfig): RateLimitConfig | null {
  if (text === undefined || text === '') return configured;
  if (text === 'off') return null;
  const limits = { ...configured };
  for (const entry of text.split(',')) {
    const match = /^\s*(pages|relay|collect|reports)=([1-9]\d{0,8})\/([1-9]\d{0,8})\s*$/.exec(entry);
    if (!match) throw new Error(`AVOW_RATE_LIMITS: "${entry}" is not of the form pages=600/120.`);
    limits[match[1] as LimitName] = { perMinute: Number(match[2]), burst: Number(match[3]) };
  }
  return limits;
}
