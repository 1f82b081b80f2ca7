import type { AuditAct } from '@avow/protocol/staff/audit';

interface AuditLogTable {
  /** 1, 2, 3 …, without a gap. */
  number: number;
  day: string;
  /** Id of a member, `token:<id>`, `operator` (whoever has the vault's machine), `openid` (the identity provider) or `nobody`. */
  staff: string;
  act: AuditAct;
  purpose: string | null;
  /** Whom or what, where that is no person: a member's id, a role, a token's id. */
  about: string | null;
  /** Of `staff_access`, which knows the person. */
  access_id: string | null;
  /** Person and ticket, with the person's key. */
  sealed: Buffer | null;
  previous: Buffer;
  hash: Buffer;
}

interface AuditAnchorTable {
  single: boolean;
  number: number;
  hash: Buffer;
}

declare module '../database.ts' {
  interface KeyringTables {
    audit_anchor: AuditAnchorTable;
  }
  interface VaultTables {
    audit_log: AuditLogTable;
  }
}
