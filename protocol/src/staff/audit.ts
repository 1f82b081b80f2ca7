/** What the audit log can say that a member of staff, a program or the operator did. */
export const AUDIT_ACTS = [
  'signed-in',
  'signed-out',
  'locked-out',
  'session-ended',
  'account-made',
  'account-changed',
  'account-renewed',
  'account-disabled',
  'account-enabled',
  'roles-changed',
  'passkey-added',
  'passkey-removed',
  'password-changed',
  'authenticator-changed',
  'recovery-codes-made',
  'recovery-code-used',
  'invited',
  'invitation-withdrawn',
  'renewal-link-made',
  'token-made',
  'token-revoked',
  'person-opened',
] as const;

export type AuditAct = (typeof AUDIT_ACTS)[number];
