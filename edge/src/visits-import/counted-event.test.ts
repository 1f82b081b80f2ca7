import { VISIT_FIELDS } from '@avow/config/visits';
import type { VisitEvent } from '@avow/protocol/visits';
import { describe, expect, test } from 'vitest';
import { describeAsCounted } from './counted-event.ts';
import type { CountedHit } from './rows.ts';

const event = { bot: 'no user agent', browser: '', os: '', country: '', device: 'other', language: '' } as VisitEvent;
const hit: CountedHit = {
  at: 0,
  kind: 'view',
  url: 'https://example.com/',
  referrer: '',
  name: '',
  visitorKey: 's',
  visitKey: '',
  browser: 'edge-chromium',
  os: 'Windows 10',
  device: 'laptop',
  country: 'DE',
  language: 'de-DE',
  bot: '',
};
const everything = { fields: VISIT_FIELDS, geography: 'country' } as const;

describe('what another program has read', () => {
  test('is taken over under our names', () => {
    expect(describeAsCounted(event, hit, everything)).toEqual({
      bot: '',
      browser: 'Microsoft Edge',
      browserVersion: '',
      os: 'Windows',
      osVersion: '10',
      device: 'desktop',
      country: 'DE',
      language: 'de',
    });
  });

  test('is kept as far as the contract of the site allows', () => {
    const described = describeAsCounted(event, hit, { fields: ['referrer'], geography: 'none' });
    expect(described).toEqual({ ...event, bot: '' });
  });

  test('is not believed where it is strange', () => {
    const strange = {
      ...hit,
      browser: '__proto__',
      os: 'x'.repeat(999),
      device: 'toString',
      country: 'de"',
      language: '<b>',
    };
    const described = describeAsCounted(event, strange, everything);
    expect(described).toMatchObject({ browser: '__proto__', device: 'other', country: '', language: '' });
    expect(described.os.length).toBeLessThanOrEqual(60);
  });
});
