import { expect, test } from 'vitest';
import { readSearch } from './search.ts';
import { isZone, splitsHours, zoneChoices } from './zones.ts';

test.each([
  ['America/New_York', true],
  ['UTC', true],
  ['Asia/Kolkata', true],
  ['+02:00', false],
  ['Nowhere/Atlantis', false],
  ['', false],
  [7, false],
])('%j is the name of a zone: %j', (text, expected) => {
  expect(isZone(text)).toBe(expected);
  expect(readSearch({ zone: text }).zone).toBe(expected ? text : undefined);
});

test.each([
  ['America/New_York', 'Europe/Berlin', false],
  ['Asia/Kolkata', 'Europe/Berlin', true],
  ['Asia/Kathmandu', 'Asia/Kolkata', true],
  ['Asia/Kolkata', 'Asia/Kolkata', false],
])('the hours of %s split those of %s: %j', (zone, house, expected) => {
  for (const day of ['2026-01-15', '2026-07-15']) {
    expect(splitsHours(zone, house, new Date(`${day}T12:34:00Z`))).toBe(expected);
  }
});

test('the zone of the house is offered first, each zone once', () => {
  const choices = zoneChoices('Europe/Vienna');
  expect(choices[0]).toBe('Europe/Vienna');
  expect(new Set(choices).size).toBe(choices.length);
  expect(choices).toContain('Pacific/Auckland');
});
