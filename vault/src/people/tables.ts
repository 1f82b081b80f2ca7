/** What is kept about persons. Values are encrypted with the person's data key; country, language and day stay readable for counting. */
import type { StaffPurpose } from './staff-access.ts';

interface PersonsTable {
  id: string;
  data_key_id: string;
  country: string;
  language: string;
  day: string;
}

interface PersonEmailsTable {
  email_index: Buffer;
  person_id: string;
}

interface PersonFieldsTable {
  person_id: string;
  path: string;
  value: Buffer;
  act: string;
  day: string;
}

interface PersonChangesTable {
  person_id: string;
  path: string;
  number: number;
  before: Buffer;
  after: Buffer;
  by: 'person' | 'staff';
  act: string;
  day: string;
}

interface PersonConsentsTable {
  person_id: string;
  number: number;
  given: boolean;
  words: Buffer;
  words_hash: Buffer;
  language: string;
  statement_version: number;
  day: string;
}

interface PersonTombstonesTable {
  person_hash: Buffer;
  day: string;
}

interface DoomedKeysTable {
  data_key_id: string;
}

interface DayTokensTable {
  hash: Buffer;
  act: string;
  sealed: Buffer;
  valid_through: string;
}

interface MinuteTokensTable {
  hash: Buffer;
  act: string;
  sealed: Buffer;
  expires: Date;
}

interface SessionsTable {
  hash: Buffer;
  sealed: Buffer;
  idle_until: Date;
  ends: Date;
}

interface SignedOutTable {
  person_hash: Buffer;
  ends_before: Date;
}

interface StaffAccessTable {
  id: string;
  day: string;
  purpose: StaffPurpose;
  person_id: string;
  command: string;
  roles: string[];
  staff: string;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    persons: PersonsTable;
    person_emails: PersonEmailsTable;
    person_fields: PersonFieldsTable;
    person_changes: PersonChangesTable;
    person_consents: PersonConsentsTable;
    person_tombstones: PersonTombstonesTable;
    doomed_keys: DoomedKeysTable;
    day_tokens: DayTokensTable;
    minute_tokens: MinuteTokensTable;
    sessions: SessionsTable;
    signed_out: SignedOutTable;
    staff_access: StaffAccessTable;
  }
}
