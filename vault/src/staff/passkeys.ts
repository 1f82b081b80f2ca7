/** Passkeys (WebAuthn level 3). The person is verified on their own device: a passkey alone is enough to sign in. */
import { isIP } from 'node:net';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Transaction } from '../people/people.ts';
import type { IsoDay } from '../platform/day.ts';
import type { Ceremony } from './challenges.ts';
import './tables.ts';

export interface NewPasskey {
  id: string;
  publicKey: Uint8Array;
  counter: number;
  transports: string[];
  host: string;
}

/** The relying party's id: a host's name. Null at an address without one, where browsers know no passkeys. */
export function passkeyHost(origin: string): string | null {
  const { hostname } = new URL(origin);
  return isIP(hostname.replace(/^\[|\]$/g, '')) ? null : hostname;
}

export async function offerPasskey(
  tx: Transaction,
  place: { origin: string; host: string; vendor: string },
  member: { staffId: string; name: string; email: string },
): Promise<{ ceremony: Ceremony; options: object }> {
  const { origin, host, vendor } = place;
  const own = await tx
    .selectFrom('staff_passkeys')
    .select(['id', 'transports'])
    .where('staff_id', '=', member.staffId)
    .execute();
  const options = await generateRegistrationOptions({
    rpName: vendor,
    rpID: host,
    userName: member.email,
    userDisplayName: member.name,
    userID: new TextEncoder().encode(member.staffId),
    attestationType: 'none',
    excludeCredentials: own,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { ceremony: { challenge: options.challenge, origin, host }, options };
}

/** Null where the answer is not what was asked for. */
export async function acceptPasskey(ceremony: Ceremony, response: object): Promise<NewPasskey | null> {
  const { challenge, origin, host } = ceremony;
  const verified = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) return null;
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  return { id, publicKey, counter, transports, host };
}

export async function askForPasskey(place: {
  origin: string;
  host: string;
}): Promise<{ ceremony: Ceremony; options: object }> {
  const options = await generateAuthenticationOptions({ rpID: place.host, userVerification: 'required' });
  return { ceremony: { challenge: options.challenge, ...place }, options };
}

/** Whose passkey it is; null where it is unknown or does not verify. */
export async function checkPasskey(
  tx: Transaction,
  { challenge, origin, host }: Ceremony,
  response: object,
  today: IsoDay,
): Promise<{ staffId: string } | null> {
  const answer = response as AuthenticationResponseJSON;
  const row = await tx
    .selectFrom('staff_passkeys')
    .selectAll()
    .where('id', '=', String(answer.id))
    .where('host', '=', host)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const verified = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    credential: { id: row.id, publicKey: new Uint8Array(row.public_key), counter: row.counter },
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) return null;
  const counter = verified.authenticationInfo.newCounter;
  await tx.updateTable('staff_passkeys').set({ counter, last_used: today }).where('id', '=', row.id).execute();
  return { staffId: row.staff_id };
}

/** False where somebody has it already. */
export async function keepPasskey(
  tx: Transaction,
  passkey: NewPasskey,
  whose: { staffId: string; label: string; day: IsoDay },
): Promise<boolean> {
  const { id, publicKey, counter, transports, host } = passkey;
  const kept = await tx
    .insertInto('staff_passkeys')
    .values({
      id,
      staff_id: whose.staffId,
      public_key: Buffer.from(publicKey),
      counter,
      transports,
      host,
      label: whose.label,
      created: whose.day,
      last_used: null,
    })
    .onConflict((row) => row.column('id').doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}
