/** The signing half of the Improvement Programme's configuration; needs the offline root key. */
import { type KeyObject, sign } from 'node:crypto';
import { configurationBytes, type SignedConfiguration } from '../improvement/configuration.ts';

/** Signs with the root key (Ed25519). `previous` is `await configurationHash(…)` of the one before, '' for the first. */
export function signConfiguration(
  unsigned: Omit<SignedConfiguration, 'signature'>,
  rootPrivateKey: KeyObject,
): SignedConfiguration {
  const signature = sign(null, configurationBytes(unsigned), rootPrivateKey).toString('base64url');
  return { ...unsigned, signature };
}
