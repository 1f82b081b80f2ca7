/** What the flows send, and through what: the browser's own client, on the Node sealer. */
import type { PersonRegistration } from '@avow/protocol/forms/registration';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import { createSealedFetch, type SealedCall } from '@avow/protocol/sealing/sealed-fetch';
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

export function sealedClient(house: TestHouse): SealedCall {
  const rootPublicKey = Buffer.from(house.keys.rootPublicKey, 'base64url');
  return createSealedFetch({
    sealer: createNodeSealer(),
    relay: `${house.publicUrl}/relay`,
    keys: createVerifiedKeys({ url: `${house.publicUrl}/keys.json`, rootPublicKey }),
    authority: house.vaultName,
  });
}
