/** For tests: a signed configuration with something of everything. */
import type { SignedConfiguration } from './configuration.ts';

const sentence = (text: string) => ({ en: text, de: text });

export const UNSIGNED: Omit<SignedConfiguration, 'signature'> = {
  version: 1,
  previous: '',
  created: '2026-11-24',
  fieldList: 1,
  charts: [
    { id: 'weekly-actives', facet: 'base', title: sentence('Weekly actives'), why: sentence('To plan servers.') },
    { id: 'retention', facet: 'age', title: sentence('Retention'), why: sentence('To see whether it is kept.') },
    { id: 'applications', facet: 'apps', title: sentence('Applications'), why: sentence('To see what is installed.') },
    { id: 'use', facet: 'starts', title: sentence('Use'), why: sentence('To see what is used.') },
  ],
  products: [
    {
      id: 'suite',
      name: 'Suite',
      versions: ['8.0', '8.1'],
      applications: ['backup', 'disc', 'photo', 'sound'].map((id) => ({ id, name: id })),
    },
    {
      id: 'large',
      name: 'Large',
      versions: ['1.0'],
      applications: 'abcdefghijklmn'.split('').map((id) => ({ id, name: id })),
    },
  ],
  osVersions: { windows: ['10', '11'], macos: ['14', '15'], linux: ['6'] },
  countries: ['DE', 'FR', 'US'],
  schedule: { messages: 30, windowHours: 96, keepWeeks: 4 },
  thresholds: { public: 50, operator: 20, epsilon: 1 },
};
