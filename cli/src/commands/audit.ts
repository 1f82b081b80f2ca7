/** `avow audit log`: what staff did, and whether the record of it still holds. */
import { verifyAuditLog } from '@avow/vault/platform/audit/verify-audit-log';
import { Command } from 'commander';
import { remark, say } from '../say.ts';
import { type VaultContext, type VaultHandle, withVault } from '../vault-handle.ts';

interface LogFlags {
  verify?: true;
  last: string;
  json?: true;
}

const WHY = {
  changed: 'its contents were changed',
  missing: 'it is missing',
  'not chained': 'it does not follow the entry before it',
  'end missing': 'the log ends before the entry that the keyring remembers',
} as const;

export function auditCommand(context: VaultContext): Command {
  const audit = new Command('audit').description('evidence of what was done');
  audit
    .command('log')
    .description('what staff did; persons are shown in the console only')
    .option('--verify', 'check the chain from its first entry; exit code 1 when it does not hold')
    .option('--last <n>', 'how many entries to show', '20')
    .option('--json', 'as JSON')
    .action((flags: LogFlags) =>
      withVault(context, (vault) => (flags.verify ? verify(vault, flags) : show(vault, flags))),
    );
  return audit;
}

async function verify(vault: VaultHandle, { json }: LogFlags): Promise<void> {
  const progress = process.stderr.isTTY && !json;
  const result = await verifyAuditLog(vault, (checked) => {
    if (progress) process.stderr.write(`\r${checked} entries checked`);
  });
  if (progress) process.stderr.write('\r\x1b[K');
  if (!result.holds) process.exitCode = 1;
  if (json) return say(JSON.stringify(result));
  if (!result.holds) return remark(`avow: the audit log breaks at entry ${result.number}: ${WHY[result.why]}`);
  say(`The audit log holds: ${result.entries === 1 ? 'one entry' : `${result.entries} entries`}.`);
  say(`Its last hash is ${result.head}. Keep it elsewhere, to compare with a later run.`);
}

async function show({ db }: VaultHandle, { last, json }: LogFlags): Promise<void> {
  const rows = await db
    .selectFrom('audit_log')
    .select(['number', 'day', 'staff', 'act', 'purpose', 'about'])
    .orderBy('number', 'desc')
    .limit(Math.max(1, Number(last) || 20))
    .execute();
  if (json) return say(JSON.stringify(rows));
  for (const { number, day, staff, act, purpose, about } of rows.toReversed()) {
    say([String(number).padStart(6), day, act, purpose, about, `by ${staff}`].filter(Boolean).join('  '));
  }
}
