/** The vendor's root key, put into the bundle by the build. It alone decides which gateway key may be sealed to. */
import { decodeBase64url } from '@avow/protocol/base64url';

/** base64url of 32 raw bytes. */
declare const AVOW_ROOT_PUBLIC_KEY: string;

export function pinnedRoot(): Uint8Array {
  const key = decodeBase64url(AVOW_ROOT_PUBLIC_KEY);
  if (key?.length !== 32) throw new Error('this bundle was built without a root key');
  return key;
}
