/** Members of staff: how they prove who they are, and their sessions. */
import type { Language } from '@avow/protocol/refusals';

interface StaffMembersTable {
  id: string;
  data_key_id: string;
  email_index: Buffer;
  /** Name and e-mail address. */
  sealed: Buffer;
  /** Password hash and TOTP secret. */
  factors: Buffer;
  /** The last step of 30 seconds whose code was used: no code works twice (RFC 6238 section 5.2). */
  totp_step: number;
  roles: string[];
  language: Language;
  created: string;
  last_seen: string | null;
  disabled: boolean;
}

interface StaffPasskeysTable {
  id: string;
  staff_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  /** A passkey belongs to the host it was made at (the relying party's id). */
  host: string;
  label: string;
  created: string;
  last_used: string | null;
}

interface StaffRecoveryCodesTable {
  hash: Buffer;
  staff_id: string;
}

interface StaffInvitationsTable {
  id: string;
  hash: Buffer;
  kind: 'first' | 'invitation' | 'renewal';
  /** Of a renewal. */
  staff_id: string | null;
  /** Of an invitation: the key of its address, which becomes the member's. */
  data_key_id: string | null;
  email: Buffer | null;
  roles: string[];
  language: Language;
  valid_through: string;
}

interface StaffSessionsTable {
  hash: Buffer;
  id: string;
  staff_id: string;
  client: string;
  created: Date;
  last_used: Date;
  ends: Date;
}

interface StaffChallengesTable {
  hash: Buffer;
  act: string;
  sealed: Buffer;
  expires: Date;
}

interface StaffAttemptsTable {
  /** Keyed hash of an e-mail address, whether somebody has it or not. */
  account: Buffer;
  failures: number;
  since: Date;
}

interface StaffOpenIdTable {
  /** Keyed hash of issuer and subject. */
  subject_index: Buffer;
  staff_id: string;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    staff_members: StaffMembersTable;
    staff_passkeys: StaffPasskeysTable;
    staff_recovery_codes: StaffRecoveryCodesTable;
    staff_openid: StaffOpenIdTable;
    staff_invitations: StaffInvitationsTable;
    staff_sessions: StaffSessionsTable;
    staff_challenges: StaffChallengesTable;
    staff_attempts: StaffAttemptsTable;
  }
}
