/** The vault's half of link signatures (RFC 9421): signs each `POST /link`. */
import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { contentDigest, LINK_COMPONENTS, LINK_LABEL, signatureBase } from '../link-signature.ts';

const keyIds = new WeakMap<KeyObject, string>();

/** The raw public key, base64url. */
function keyIdOf(privateKey: KeyObject): string {
  const known = keyIds.get(privateKey);
  if (known) return known;
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  keyIds.set(privateKey, x);
  return x;
}

/** Headers to send with the request. `privateKey`: Ed25519. Each call makes a new nonce: sign again before sending again. */
export function signLinkRequest(request: {
  method: string;
  url: string;
  body: Uint8Array;
  privateKey: KeyObject;
  now?: Date;
}): Record<string, string> {
  const { host, pathname } = new URL(request.url);
  const digest = contentDigest(request.body);
  const created = Math.floor((request.now ?? new Date()).getTime() / 1000);
  const names = LINK_COMPONENTS.map((name) => `"${name}"`).join(' ');
  const nonce = randomBytes(16).toString('base64url');
  const params = `(${names});created=${created};nonce="${nonce}";keyid="${keyIdOf(request.privateKey)}";alg="ed25519"`;
  const values = [request.method, host, pathname, digest];
  const base = signatureBase(
    LINK_COMPONENTS.map((name, i) => [name, values[i] ?? '']),
    params,
  );
  return {
    'content-digest': digest,
    'signature-input': `${LINK_LABEL}=${params}`,
    signature: `${LINK_LABEL}=:${sign(null, base, request.privateKey).toString('base64')}:`,
  };
}
