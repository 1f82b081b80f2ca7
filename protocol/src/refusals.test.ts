import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorBody, REFUSALS, type RefusalCode, refusalStatus } from './refusals.ts';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
/** The rows of the page: code, status, when, what to do. */
const rows = [...page.matchAll(/^\| `([a-z_]+)` \| (\d{3}) \| (.+) \| (.+) \|$/gm)];
const codes = Object.keys(REFUSALS) as RefusalCode[];

describe('docs/errors.md', () => {
  it('explains every code, and no other, once', () => {
    expect(rows.map(([, code]) => code).sort()).toEqual([...codes].sort());
  });

  it('names the status of each', () => {
    const documented = Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]));
    expect(documented).toEqual(Object.fromEntries(codes.map((code) => [code, REFUSALS[code].status])));
  });

  it('says of each when it appears and what to do', () => {
    for (const [, code, , when, advice] of rows) {
      expect(`${code}: ${when}`).toMatch(/\w{3,}.*[.]$/);
      expect(`${code}: ${advice}`).toMatch(/\w{3,}.*[.?)]$/);
    }
  });
});

describe('a refusal', () => {
  it('has a sentence in both languages, and not the same one', () => {
    for (const code of codes) {
      const { en, de } = REFUSALS[code];
      expect(en.length, code).toBeGreaterThan(10);
      expect(de.length, code).toBeGreaterThan(10);
      expect(en).not.toBe(de);
    }
  });

  it('becomes an error body with a message for each field', () => {
    const refusal = { refused: 'invalid_fields', fields: { 'address.postalCode': 'postal_code_malformed' } } as const;
    expect(refusalStatus(refusal)).toBe(422);
    expect(errorBody(refusal, 'de')).toEqual({
      error: {
        code: 'invalid_fields',
        message: REFUSALS.invalid_fields.de,
        fields: { 'address.postalCode': { code: 'postal_code_malformed', message: REFUSALS.postal_code_malformed.de } },
      },
    });
    expect(errorBody({ refused: 'internal' }, 'en')).toEqual({
      error: { code: 'internal', message: REFUSALS.internal.en },
    });
  });
});
