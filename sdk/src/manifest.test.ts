import { expect, test } from 'vitest';
import { checkManifest, ManifestProblem } from './manifest.ts';
import { createTestSuite, createVendor } from './test-suite.ts';

const machine = createTestSuite(createVendor());
const { manifest } = machine;
machine.remove();

test('a usable manifest comes back as it is', () => expect(checkManifest({ ...manifest })).toEqual(manifest));

test.each([
  ['suite', '../elsewhere'],
  ['version', '8'],
  ['edge', 'https://example.org/'],
  ['edge', 'ftp://example.org'],
  ['rootPublicKey', 'short'],
  ['receiptPublicKey', undefined],
  ['applications', [{ id: 'a', name: 'A', number: 65_536 }]],
  ['applications', [1, 2].map((n) => ({ id: `a${n}`, name: 'A', number: 7 }))],
  ['installed', ['unheard-of']],
  ['installedAt', 'yesterday'],
  ['configuration', {}],
  ['legacySerialPattern', '('],
])('%s cannot be %j', (field, value) => {
  expect(() => checkManifest({ ...manifest, [field]: value })).toThrow(ManifestProblem);
});

test.each([null, 5, 'text', []])('%j is none', (value) => expect(() => checkManifest(value)).toThrow(ManifestProblem));
