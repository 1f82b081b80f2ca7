/** The signing half of key sets; needs the offline root key. */
import { type KeyObject, sign } from 'node:crypto';
import { keySetBytes, type SignedKeySet } from '../key-set.ts';

/** Signs a set with the root key (Ed25519). `unsigned.previous` is `await keySetHash(…)` of the set before, '' for the first. */
export function signKeySet(unsigned: Omit<SignedKeySet, 'signature'>, rootPrivateKey: KeyObject): SignedKeySet {
  return { ...unsigned, signature: sign(null, keySetBytes(unsigned), rootPrivateKey).toString('base64url') };
}
