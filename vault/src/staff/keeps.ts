/** Staff's lines of the record of processing. Staff are persons too: what names them is sealed with a key of their own. */
import type { Kept } from '../platform/feature.ts';

const WITH_ACCOUNT = { en: 'as long as the account exists', de: 'solange es das Konto gibt' };
const MINUTES = { en: 'minutes', de: 'Minuten' };

type Row = Omit<Kept, 'database' | 'promises' | 'shuffled'>;

const row = (kept: Row): Kept => ({ ...kept, database: 'vault', promises: ['U5'], shuffled: false });

export const STAFF_KEEPS: readonly Kept[] = [
  row({
    table: 'staff_members',
    why: 'who of the vendor’s people may do what: name, address and secrets encrypted, of the password a hash only',
    keptFor: WITH_ACCOUNT,
    readers: ['administrator', 'privacy officer'],
  }),
  row({
    table: 'staff_passkeys',
    why: 'public halves of the keys with which staff sign in',
    keptFor: WITH_ACCOUNT,
    readers: ['nobody'],
  }),
  row({
    table: 'staff_recovery_codes',
    why: 'keyed hashes of the codes that stand in for a lost authenticator or passkey',
    keptFor: { en: 'until they are used or replaced', de: 'bis sie benutzt oder ersetzt werden' },
    readers: ['nobody'],
  }),
  row({
    table: 'staff_openid',
    why: 'who of the staff is who at the vendor’s identity provider, by keyed hash',
    keptFor: WITH_ACCOUNT,
    readers: ['nobody'],
  }),
  row({
    table: 'staff_invitations',
    why: 'one-time links that make or renew an account: of the link a hash, the address encrypted',
    keptFor: { en: '7 days at most', de: 'höchstens 7 Tage' },
    readers: ['administrator'],
  }),
  row({
    table: 'staff_sessions',
    why: 'who of the staff is signed in, since when and with which browser; in no backup',
    keptFor: { en: 'until they end, some hours', de: 'bis sie enden, einige Stunden' },
    readers: ['administrator'],
  }),
  row({
    table: 'staff_challenges',
    why: 'what was begun between two steps of signing in, readable only with its secret; in no backup',
    keptFor: MINUTES,
    readers: ['nobody'],
  }),
  row({
    table: 'staff_attempts',
    why: 'how often somebody tried to sign in lately, by keyed hash of the address that was typed; in no backup',
    keptFor: MINUTES,
    readers: ['nobody'],
  }),
];
