/** For tests: a suite of four applications in a folder of its own, with keys of its own and a clock that can be set. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  configurationBytes,
  configurationHash,
  type SignedConfiguration,
} from '@avow/protocol/improvement/configuration';
import type { SuiteManifest } from './manifest.ts';
import { type Home, homeOf } from './place/home.ts';
import { openSuite, type Suite, type SuiteOptions } from './suite.ts';

export const APPLICATIONS = ['backup', 'disc', 'photo', 'sound'].map((id, number) => ({ id, name: id, number }));

const sentence = (text: string) => ({ en: text, de: text });

const FIRST: Omit<SignedConfiguration, 'signature'> = {
  version: 1,
  previous: '',
  created: '2026-11-02',
  fieldList: 1,
  charts: [
    { id: 'weekly-actives', facet: 'base', title: sentence('Weekly actives'), why: sentence('To plan.') },
    { id: 'retention', facet: 'age', title: sentence('Retention'), why: sentence('To see whether it is kept.') },
    { id: 'applications', facet: 'apps', title: sentence('Applications'), why: sentence('To see what is installed.') },
    { id: 'use', facet: 'starts', title: sentence('Use'), why: sentence('To see what is used.') },
  ],
  products: [
    { id: 'suite', name: 'Suite', versions: ['8.1'], applications: APPLICATIONS.map(({ id, name }) => ({ id, name })) },
  ],
  osVersions: { windows: ['10', '11'], macos: ['15'], linux: ['5', '6'] },
  countries: ['DE', 'FR', 'US'],
  schedule: { messages: 16, windowHours: 96, keepWeeks: 4 },
  thresholds: { public: 50, operator: 20, epsilon: 1 },
};

export interface TestVendor {
  rootKey: KeyObject;
  rootPublicKey: string;
  receiptKey: KeyObject;
  receiptPublicKey: string;
  /** Every signed configuration, oldest first. */
  log: SignedConfiguration[];
  /** Signs and publishes the next one. */
  publish(changes: Partial<SignedConfiguration>): Promise<SignedConfiguration>;
}

function keyPair(): [KeyObject, string] {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return [privateKey, publicKey.export({ format: 'jwk' }).x ?? ''];
}

export function createVendor(): TestVendor {
  const [rootKey, rootPublicKey] = keyPair();
  const [receiptKey, receiptPublicKey] = keyPair();
  const signed = (unsigned: Omit<SignedConfiguration, 'signature'>): SignedConfiguration => ({
    ...unsigned,
    signature: sign(null, configurationBytes(unsigned), rootKey).toString('base64url'),
  });
  const log = [signed(FIRST)];
  return {
    rootKey,
    rootPublicKey,
    receiptKey,
    receiptPublicKey,
    log,
    async publish(changes) {
      const { signature: _, ...before } = log.at(-1) ?? signed(FIRST);
      const previous = await configurationHash({ ...before, signature: _ });
      const next = signed({ ...before, ...changes, version: before.version + 1, previous });
      log.push(next);
      return next;
    },
  };
}

export interface TestSuite {
  suite: Suite;
  home: Home;
  manifest: SuiteManifest;
  /** Changes what `clock` tells. */
  setTime(iso: string): void;
  /** The same machine, with other options or another manifest. */
  again(options?: SuiteOptions, manifest?: Partial<SuiteManifest>): Suite;
  remove(): void;
}

/** Surroundings of a person, whoever runs the tests. */
export const PERSON_ENV = { HOME: '/home/ada', LANG: 'de_DE.UTF-8' };

/** It is Tuesday, 3 November 2026; the first counted week is W46. Nothing listens at `edge` unless a test says where. */
export function createTestSuite(vendor: TestVendor, edge = 'http://127.0.0.1:9'): TestSuite {
  const folder = mkdtempSync(join(tmpdir(), 'avow-sdk-'));
  let time = new Date('2026-11-03T12:00:00Z');
  const manifest: SuiteManifest = {
    suite: 'suite',
    name: 'Suite',
    version: '8.1',
    edge,
    vaultName: 'vault.example',
    rootPublicKey: vendor.rootPublicKey,
    receiptPublicKey: vendor.receiptPublicKey,
    statementVersion: 8,
    discVersion: 'D-8.1.0',
    softwareVersion: '8.1.0.311',
    applications: APPLICATIONS,
    installed: ['disc', 'photo'],
    installedAt: '2026-11-02T09:41:07Z',
    configuration: vendor.log[0] ?? { ...FIRST, signature: '' },
  };
  const again = (options: SuiteOptions = {}, changes: Partial<SuiteManifest> = {}) =>
    openSuite(
      { ...manifest, ...changes },
      {
        folder: join(folder, 'home'),
        policyFile: join(folder, 'policy'),
        env: PERSON_ENV,
        clock: () => time,
        pause: async () => {},
        compareClocks: false,
        ...options,
      },
    );
  return {
    suite: again(),
    home: homeOf('suite', join(folder, 'home')),
    manifest,
    setTime(iso) {
      time = new Date(iso);
    },
    again,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
