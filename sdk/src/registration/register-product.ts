/** Product registration (S1, S7): what the dialog asked, sealed for the private server; sent once however often it is tried. */
import { createHash } from 'node:crypto';
import { randomToken } from '@avow/protocol/crockford';
import { checkForm } from '@avow/protocol/forms/check';
import { PRODUCT_REGISTRATION_FIELDS, type ProductRegistration } from '@avow/protocol/forms/registration';
import { type ErrorBody, errorBody, type Language } from '@avow/protocol/refusals';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import { createSealedFetch } from '@avow/protocol/sealing/sealed-fetch';
import { createVerifiedKeys } from '@avow/protocol/sealing/verified-keys';
import type { SuiteManifest } from '../manifest.ts';
import { utcDay } from '../place/utc-day.ts';
import {
  type Attempt,
  hashOfSerial,
  type KeptRegistration,
  readRegistration,
  writeRegistration,
} from './kept-registration.ts';

/** What the person typed and chose. */
export interface RegistrationDialog {
  givenName: string;
  familyName: string;
  email: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  serial: string;
  /** From the previous owner, where the serial changes hands. */
  transferCode?: string;
  /** The box is unticked until the person ticks it. `words`: exactly what stood beside it. */
  mailing: { subscribed: boolean; words: string };
  language: Language;
}

export type RegistrationResult =
  /** A mail with a link is on its way; the receipt comes with it. */
  | { kind: 'registered' }
  /** Safe with the vendor; the private server is away for the moment, and the mail comes when it is back. */
  | { kind: 'accepted' }
  /** These fields need another look (`error.fields`, by path), or something was in the way. Nothing was registered. */
  | { kind: 'refused'; error: ErrorBody['error'] }
  /** The attempt could not be noted on this machine, so nothing was sent. */
  | { kind: 'not-writable'; cause: unknown };

export interface RegistrationPlace {
  file: string;
  manifest: SuiteManifest;
  rootPublicKey: Uint8Array;
}

function bodyOf(dialog: RegistrationDialog, manifest: SuiteManifest): ProductRegistration {
  const { givenName, familyName, email, country, serial, transferCode, mailing, language } = dialog;
  const { statementVersion, discVersion, softwareVersion } = manifest;
  return {
    givenName,
    familyName,
    email,
    country,
    serial,
    ...(transferCode && { transferCode }),
    ...(discVersion && { discVersion }),
    ...(softwareVersion && { softwareVersion }),
    mailing: { subscribed: mailing.subscribed, words: mailing.words },
    language,
    statementVersion,
  };
}

/** The same words again are the same act, also after a crash; other words are another. No word is kept, only a salted hash. */
function attemptFor(body: ProductRegistration, kept: KeptRegistration | null): Attempt {
  const salt = kept?.attempt.salt ?? randomToken();
  const hash = createHash('sha256').update(salt).update(JSON.stringify(body)).digest('base64url');
  return kept?.attempt.hash === hash ? kept.attempt : { salt, hash, idempotencyKey: randomToken() };
}

/** Never throws for what can be expected: every no is a result. */
export async function registerProduct(
  place: RegistrationPlace,
  dialog: RegistrationDialog,
  now: Date,
): Promise<RegistrationResult> {
  const { file, manifest, rootPublicKey } = place;
  const body = bodyOf(dialog, manifest);
  const { legacySerialPattern } = manifest;
  const legacySerials = legacySerialPattern === undefined ? [] : [new RegExp(`^(?:${legacySerialPattern})$`)];
  const fields = checkForm(PRODUCT_REGISTRATION_FIELDS, body, { legacySerials });
  if (Object.keys(fields).length > 0) {
    return { kind: 'refused', error: errorBody({ refused: 'invalid_fields', fields }, dialog.language).error };
  }

  const kept = readRegistration(file);
  const attempt = attemptFor(body, kept);
  const serialHash = hashOfSerial(dialog.serial);
  const note = (state: KeptRegistration['state']) =>
    writeRegistration(file, {
      state,
      day: utcDay(now),
      serialHash,
      subscribed: dialog.mailing.subscribed,
      attempt,
      receipt: serialHash !== null && kept?.serialHash === serialHash ? kept.receipt : null,
    });
  try {
    note('sending');
  } catch (cause) {
    return { kind: 'not-writable', cause };
  }
  const call = createSealedFetch({
    sealer: createNodeSealer(),
    relay: `${manifest.edge}/relay`,
    keys: createVerifiedKeys({ url: `${manifest.edge}/keys.json`, rootPublicKey }),
    authority: manifest.vaultName,
  });
  const outcome = await call('POST /product-registrations', body, {
    idempotencyKey: attempt.idempotencyKey,
    language: dialog.language,
  });
  if (outcome.kind === 'refused') return { kind: 'refused', error: outcome.error };
  try {
    note('sent');
  } catch {
    // It arrived all the same; the same words again are known by their key.
  }
  return { kind: outcome.kind === 'accepted' ? 'accepted' : 'registered' };
}
