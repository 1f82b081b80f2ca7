import { fileURLToPath } from 'node:url';
import { loadConfig } from '@avow/config/config';
import { expect, test } from 'vitest';
import { publicAddress } from './public-address.ts';

const config = await loadConfig(fileURLToPath(new URL('../../../examples/vendor/avow.config.ts', import.meta.url)));
const behindProxy = { ...config, edge: { ...config.edge, publicUrl: 'https://www.example.com/' } };

test('without a public address, mails lead to this machine and the port that was chosen', () => {
  expect(publicAddress(config, 9123, {})).toBe('http://localhost:9123');
});

test('another port behind the same proxy does not change where mails lead', () => {
  expect(publicAddress(behindProxy, 9123, {})).toBe('https://www.example.com');
});

test('the environment has the last word', () => {
  const env = { AVOW_PUBLIC_URL: 'https://shop.example/' };
  expect(publicAddress(behindProxy, 9123, env)).toBe('https://shop.example');
  expect(publicAddress(config, 9123, { AVOW_PUBLIC_URL: '' })).toBe('http://localhost:9123');
});
