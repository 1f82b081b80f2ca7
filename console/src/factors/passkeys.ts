/** Passkeys in this browser: whether they work here, making one, signing with one. What goes wrong is a value, in words of ours. */
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';

export type PasskeyProblem = 'cancelled' | 'already there' | 'not verified' | 'wrong address' | 'failed';

export type PasskeyOutcome = { response: object } | { problem: PasskeyProblem };

/** `by address`: the page was opened under an IP address, and passkeys belong to names. */
export function passkeysHere(): 'yes' | 'by address' | 'no' {
  const { hostname } = location;
  if (/^[\d.]+$/.test(hostname) || hostname.startsWith('[')) return 'by address';
  return browserSupportsWebAuthn() ? 'yes' : 'no';
}

/** The same page under a name that stands for this machine; null where there is none. */
export function sameUnderName(): string | null {
  if (location.hostname !== '127.0.0.1' && location.hostname !== '[::1]') return null;
  const address = new URL(location.href);
  address.hostname = 'localhost';
  return address.href;
}

async function attempt(ask: () => Promise<object>): Promise<PasskeyOutcome> {
  try {
    return { response: await ask() };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function problemOf(error: unknown): PasskeyProblem {
  if (error instanceof WebAuthnError) {
    switch (error.code) {
      case 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED':
        return 'already there';
      case 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT':
        return 'not verified';
      case 'ERROR_INVALID_DOMAIN':
      case 'ERROR_INVALID_RP_ID':
        return 'wrong address';
    }
  }
  // Cancelled, ran out of time, or no passkey of this house: browsers do not tell which.
  const named = error instanceof Error && error.name;
  return named === 'NotAllowedError' || named === 'AbortError' ? 'cancelled' : 'failed';
}

/** `options` as the vault gave them: opaque in the contract, WebAuthn's own JSON. */
export function makePasskey(options: object): Promise<PasskeyOutcome> {
  return attempt(() => startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }));
}

export function signWithPasskey(options: object): Promise<PasskeyOutcome> {
  return attempt(() => startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }));
}
