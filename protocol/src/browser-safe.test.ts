import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SOURCE = new URL('./', import.meta.url);
const IMPORT = /^(?:import|export)\s(?!type\b)[^'";]*?from\s+'([^']+)'/gm;

/** Everything a module pulls in, by path from `src/` or name of a package; types do not count. */
function reach(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const file = new URL(entry, SOURCE);
  for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    if (specifier.startsWith('.')) reach(new URL(specifier, file).href.slice(SOURCE.href.length), seen);
    else seen.add(specifier);
  }
  return seen;
}

/** What a page or a suite's own window bundles. */
const FOR_BROWSERS = [
  'sealing/sealed-fetch.ts',
  'sealing/web-sealer.ts',
  'sealing/verified-keys.ts',
  'key-set.ts',
  'crockford.ts',
  'serial.ts',
  'receipt.ts',
  'forms/check.ts',
];

describe('what browsers bundle', () => {
  it.each(FOR_BROWSERS)('%s needs neither Node nor the opening half', (entry) => {
    const reached = [...reach(entry)];
    expect(reached.filter((name) => name.startsWith('node:') || name.startsWith('opening/'))).toEqual([]);
  });

  it('is really looked at: the same check sees what Node and the gateway need', () => {
    expect([...reach('sealing/node-sealer.ts')]).toContain('node:crypto');
    expect([...reach('opening/gateway.ts')]).toContain('opening/hpke-open.ts');
    expect([...reach('sealing/web-sealer.ts')]).toContain('hpke');
  });
});
