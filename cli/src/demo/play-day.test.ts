import { parseConfig } from '@avow/config/config';
import { describe, expect, test } from 'vitest';
import { COUNTRIES } from './countries.ts';
import { DAY_MS, type Day, playDay } from './play-day.ts';

const perLanguage = { en: 'x', de: 'x' };
const site = (id: string) => ({
  id,
  name: id,
  hosts: [`${id}.example`],
  accent: { light: '#000', dark: '#fff' },
  tagline: perLanguage,
});
const { sites } = parseConfig(
  {
    vendor: { name: 'V', contactEmail: 'v@example.org', postalAddress: ['V'], vaultName: 'vault.example' },
    sites: [site('one'), site('two'), site('three')],
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
  },
  '/',
);
/** The country can be read from these addresses. */
const addresses = {
  one: (
    random: Day['addresses'] extends { one(random: infer R, country: string): string } ? R : never,
    country: string,
  ) => `10.${COUNTRIES.findIndex(({ code }) => code === country)}.${random.whole(250)}.${random.whole(250)}`,
};
const wednesday = Date.UTC(2026, 5, 10);
const day = (changes: Partial<Day> = {}) =>
  playDay({ seed: 8, start: wednesday, elapsed: 0.5, visitsPerDay: 4_000, sites, addresses, ...changes });
const countOfViews = (arrivals: ReturnType<typeof day>, host = '') =>
  arrivals.filter(({ text }) => !text.includes('"k"') && text.includes(host)).length;

describe('a day of the play', () => {
  test('is the same again for the same seed, and another for another', () => {
    expect(day()).toEqual(day());
    expect(day({ seed: 9 })).not.toEqual(day());
  });

  test('arrives in order and begins on its day', () => {
    const arrivals = day();
    expect(arrivals.length).toBeGreaterThan(4_000);
    arrivals.reduce((before, { now }) => {
      expect(now).toBeGreaterThanOrEqual(before);
      return now;
    }, wednesday);
    expect(arrivals.filter(({ now }) => now >= wednesday + DAY_MS).length).toBeLessThan(arrivals.length / 20);
  });

  test('has a week and grows', () => {
    const working = countOfViews(day(), 'one.example');
    expect(countOfViews(day({ start: wednesday + 4 * DAY_MS }), 'one.example')).toBeLessThan(working * 0.85);
    expect(countOfViews(day({ elapsed: 1 }))).toBeGreaterThan(countOfViews(day({ elapsed: 0.01 })) * 1.3);
  });

  test('has nights where its visitors live', () => {
    const at = (country: string, hour: number) => {
      const mark = `10.${COUNTRIES.findIndex(({ code }) => code === country)}.`;
      return day().filter(({ address, now }) => address.startsWith(mark) && new Date(now).getUTCHours() === hour)
        .length;
    };
    // 3 o'clock in Berlin, and 20 o'clock in Chicago the evening before.
    expect(at('DE', 1)).toBeLessThan(at('DE', 18) / 4);
    expect(at('US', 1)).toBeGreaterThan(at('US', 9) * 2);
  });
});
