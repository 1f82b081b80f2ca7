/** What the flows send, and through what: the browser's own client, on the Node sealer. */
import { encodeRequest } from '@avow/protocol/binary-http';
import { randomToken } from '@avow/protocol/crockford';
import type { PersonRegistration } from '@avow/protocol/forms/registration';
import { padRequest } from '@avow/protocol/padding';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import { createSealedFetch, type SealedCall } from '@avow/protocol/sealing/sealed-fetch';
import type { SealedRequest } from '@avow/protocol/sealing/sealer';
import { createVerifiedKeys } from '@avow/protocol/sealing/verified-keys';
import type { TestHouse } from './house.ts';

export function personRegistration(email: string, more: Partial<PersonRegistration> = {}): PersonRegistration {
  return {
    givenName: 'Ada',
    familyName: 'Brandt',
    email,
    address: { country: 'DE', streetAddress: 'Lindenweg 4', postalCode: '20095', locality: 'Hamburg' },
    language: 'en',
    statementVersion: 8,
    mailing: { subscribed: false, words: 'Yes, send me mail.' },
    ...more,
  };
}

function verifiedKeys(house: TestHouse) {
  const rootPublicKey = Buffer.from(house.keys.rootPublicKey, 'base64url');
  return createVerifiedKeys({ url: `${house.publicUrl}/keys.json`, rootPublicKey });
}

/** `fetch`: of the test, where it has to see what goes over the network. */
export function sealedClient(house: TestHouse, own: typeof fetch = fetch): SealedCall {
  return createSealedFetch({
    sealer: createNodeSealer(),
    relay: `${house.publicUrl}/relay`,
    keys: verifiedKeys(house),
    authority: house.vaultName,
    fetch: own,
  });
}

/** One sealed registration as bytes, to be sent by hand. */
export async function sealRegistration(house: TestHouse, form: PersonRegistration): Promise<SealedRequest> {
  const request = encodeRequest({
    method: 'POST',
    scheme: 'https',
    authority: house.vaultName,
    path: '/registrations',
    headers: [
      ['content-type', 'application/json'],
      ['idempotency-key', randomToken()],
    ],
    body: new TextEncoder().encode(JSON.stringify(form)),
  });
  return createNodeSealer().seal(await verifiedKeys(house)(), padRequest(request));
}
