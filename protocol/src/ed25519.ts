/** Ed25519 verification on WebCrypto, in browsers and in Node alike. False for anything that is not a valid signature. */
export async function verifyEd25519(
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
  } catch (error) {
    // Bytes that are no point of the curve. A runtime without Ed25519 is no verdict on the signature, so it is not hidden.
    if (error instanceof DOMException && error.name === 'DataError') return false;
    throw error;
  }
}
