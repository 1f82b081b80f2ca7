import type { AuditAct } from '@avow/protocol/staff/audit';
import { inLanguage } from '../texts/in-language.ts';

const { number, plural } = inLanguage('en');

const acts: Record<AuditAct, string> = {
  'signed-in': 'Signed in',
  'signed-out': 'Signed out',
  'locked-out': 'Locked out after wrong attempts',
  'session-ended': 'Session ended',
  'account-made': 'Account made',
  'account-changed': 'Account changed',
  'account-renewed': 'Account set up anew',
  'account-disabled': 'Account disabled',
  'account-enabled': 'Account enabled again',
  'account-erased': 'Account erased',
  'roles-changed': 'Roles changed',
  'passkey-added': 'Passkey added',
  'passkey-removed': 'Passkey removed',
  'password-changed': 'Password changed',
  'authenticator-changed': 'Authenticator app changed',
  'recovery-codes-made': 'New recovery codes made',
  'recovery-code-used': 'Recovery code used',
  invited: 'Invited',
  'invitation-withdrawn': 'Invitation withdrawn',
  'renewal-link-made': 'Link for a new start made',
  'token-made': 'API token made',
  'token-revoked': 'API token revoked',
  'person-opened': 'Person opened',
  'person-corrected': 'Person corrected',
  'email-proposed': 'New address proposed for a person',
  'person-asked': 'Person asked to clarify',
  'case-closed': 'Request or answer closed',
  'serials-asked-for': 'Serials asked for',
  'visits-import-asked-for': 'Visits import asked for',
  'visits-import-removed': 'Visits import removed',
  'visits-export-asked-for': 'Single events asked for',
  'job-file-fetched': 'File of a job fetched',
  'job-file-destroyed': 'File of a job destroyed',
  'hold-settled': 'Hold settled',
  'transfer-ended': 'Transfer code ended',
  'mail-sent-again': 'Mail sent again',
};

export const en = {
  title: 'Audit log',
  what: 'Who did what, on which day. Each entry carries the fingerprint of the one before, so that nothing can be changed or removed unnoticed.',
  verified: 'Verified: the chain is whole from its first entry.',
  broken:
    'The chain is broken: entries were changed or removed. Run avow audit log --verify; it names the first entry that does not fit.',
  panel: 'Entries',
  shown: (shown: number, loaded: number) =>
    shown === loaded
      ? plural(loaded, { one: '# entry, newest first', other: '# entries, newest first' })
      : `${number(shown)} of the newest ${number(loaded)} entries`,
  older: 'Load older entries',
  search: 'Name, ticket, what it was about',
  act: 'Act',
  everyAct: 'Every act',
  clear: 'Clear the filters',
  none: 'Nothing was done yet',
  noneHint: 'The first sign-in makes the first entry.',
  noneFound: 'No entry among those loaded fits the filters',
  noneFoundHint: 'Load older entries, or clear the filters.',
  operator: 'Operator, on the server itself',
  nobody: 'Somebody who tried to sign in',
  openId: 'The identity provider',
  gone: 'former member of staff',
  about: (about: string) => about.replace(/^former(?=:|$)/, 'former member of staff'),
  column: { number: 'No.', day: 'Day', staff: 'Who', act: 'What', about: 'About', why: 'Purpose', hash: 'Fingerprint' },
  acts,
};
