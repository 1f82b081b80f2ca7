/** The shared ground's lines of the record of processing: what is kept of persons in general, and the keys that make it readable. */
import type { Kept } from '../platform/feature.ts';

const UNTIL_ERASED = { en: 'until you erase it', de: 'bis Sie es löschen' };
const UNTIL_USED = { en: 'until it is used or runs out', de: 'bis es benutzt wird oder abläuft' };
const LASTING = { en: 'as long as the system runs', de: 'solange das System läuft' };
const UNTIL_BACKUPS_EXPIRE = {
  en: 'until every backup from before has expired',
  de: 'bis jede Sicherung von davor abgelaufen ist',
};

type Row = Omit<Kept, 'database' | 'shuffled'>;

const aboutPersons = (row: Omit<Row, 'keptFor'>): Kept => ({
  ...row,
  database: 'vault',
  keptFor: UNTIL_ERASED,
  shuffled: true,
});

export const PEOPLE_KEEPS: readonly Kept[] = [
  aboutPersons({
    table: 'persons',
    why: 'who is registered: country, language and day readable for counting, nothing else',
    promises: ['W3', 'S1'],
    readers: ['the person', 'support', 'product'],
  }),
  aboutPersons({
    table: 'person_emails',
    why: 'keyed hash of each e-mail address, to find a person by it and to register nobody twice',
    promises: ['W3', 'S1'],
    readers: ['nobody'],
  }),
  aboutPersons({
    table: 'person_fields',
    why: 'what a person told us, field by field, encrypted',
    promises: ['W1', 'W3', 'S1'],
    readers: ['the person', 'support'],
  }),
  aboutPersons({
    table: 'person_changes',
    why: 'what was corrected, by whom and on which day, encrypted',
    promises: ['W8'],
    readers: ['the person', 'support'],
  }),
  aboutPersons({
    table: 'person_consents',
    why: 'what a person chose about the mailing list, and the words that stood there',
    promises: ['O1', 'S7'],
    readers: ['the person', 'privacy officer'],
  }),
  {
    table: 'person_tombstones',
    database: 'vault',
    why: 'keyed hash of who was erased, so that a restored backup does not bring anybody back',
    promises: ['W8'],
    keptFor: UNTIL_BACKUPS_EXPIRE,
    readers: ['nobody'],
    shuffled: true,
  },
  {
    table: 'doomed_keys',
    database: 'vault',
    why: 'keys whose rows are gone and that are about to be destroyed',
    promises: ['W8'],
    keptFor: { en: 'minutes', de: 'Minuten' },
    readers: ['nobody'],
    shuffled: false,
  },
  {
    table: 'day_tokens',
    database: 'vault',
    why: 'hashes of mailed links that are valid for days',
    promises: ['W8'],
    keptFor: UNTIL_USED,
    readers: ['nobody'],
    shuffled: true,
  },
  {
    table: 'minute_tokens',
    database: 'vault',
    why: 'hashes of mailed links that are valid for minutes',
    promises: ['W8'],
    keptFor: UNTIL_USED,
    readers: ['nobody'],
    shuffled: false,
  },
  {
    table: 'sessions',
    database: 'vault',
    why: 'hashes of sessions of self-service; whose they are, only the session itself can tell',
    promises: ['W8'],
    keptFor: { en: '12 hours at most', de: 'höchstens 12 Stunden' },
    readers: ['nobody'],
    shuffled: false,
  },
  {
    table: 'signed_out',
    database: 'vault',
    why: 'hashes of the ids of persons whose sessions were all ended, because a change of their address was undone',
    promises: ['W8'],
    keptFor: { en: '12 hours at most', de: 'höchstens 12 Stunden' },
    readers: ['nobody'],
    shuffled: false,
  },
  {
    table: 'staff_access',
    database: 'vault',
    why: 'which person staff looked at: day, declared purpose, role; the audit log knows the person by this row only',
    promises: ['U5'],
    keptFor: { en: 'one year, or until you erase your data', de: 'ein Jahr, oder bis Sie Ihre Daten löschen' },
    readers: ['the person', 'privacy officer'],
    shuffled: true,
  },
  {
    table: 'key_sets',
    database: 'vault',
    why: 'every signed key set that was ever published',
    promises: ['W7'],
    keptFor: LASTING,
    readers: ['administrator'],
    shuffled: false,
  },
  {
    table: 'data_keys',
    database: 'keyring',
    why: 'the key of each person, wrapped; destroying it makes everything about the person unreadable',
    promises: ['W7', 'W8'],
    keptFor: UNTIL_ERASED,
    readers: ['nobody'],
    shuffled: true,
  },
  {
    table: 'destroyed_keys',
    database: 'keyring',
    why: 'keyed hashes of destroyed keys, so that a restored keyring does not bring one back',
    promises: ['W8'],
    keptFor: UNTIL_BACKUPS_EXPIRE,
    readers: ['nobody'],
    shuffled: true,
  },
  {
    table: 'vault_secrets',
    database: 'keyring',
    why: 'keys of the gateway, of serials and of receipts, wrapped',
    promises: ['W7'],
    keptFor: LASTING,
    readers: ['nobody'],
    shuffled: false,
  },
  {
    table: 'audit_anchor',
    database: 'keyring',
    why: 'number and hash of the last entry of the audit log, so that its end cannot be cut off unseen',
    promises: ['U5'],
    keptFor: LASTING,
    readers: ['nobody'],
    shuffled: false,
  },
  {
    table: 'keyring_check',
    database: 'keyring',
    why: 'a value that only the right master key opens',
    promises: ['W7'],
    keptFor: LASTING,
    readers: ['nobody'],
    shuffled: false,
  },
];
