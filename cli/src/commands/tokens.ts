/** `avow tokens`: what programs need to ask the vault's API. A token is shown once; only its hash is kept. */
import type { Permission } from '@avow/protocol/staff/roles';
import { addDays, isoDay } from '@avow/vault/platform/day';
import {
  type ApiToken,
  issueApiToken,
  listApiTokens,
  revokeApiToken,
  TOKEN_PERMISSIONS,
} from '@avow/vault/platform/http/api-tokens';
import { Command, InvalidArgumentError, Option } from 'commander';
import { onOneLine, remark, say } from '../say.ts';
import { type VaultContext, type VaultHandle, withVault } from '../vault-handle.ts';

interface CreateFlags {
  label: string;
  permission: Permission[];
  days?: number;
  json?: true;
}

export function tokensCommand(context: VaultContext): Command {
  const tokens = new Command('tokens').description(
    'API tokens: for programs that ask the vault (see /api/openapi.json)',
  );
  tokens
    .command('create')
    .description('make a token and show it, once')
    .requiredOption('--label <text>', 'what it is for, to know it again')
    .addOption(
      new Option('--permission <names...>', 'what it may do').choices(TOKEN_PERMISSIONS).default(['visits:read']),
    )
    .option('--days <n>', 'how many days it is valid; without: until it is revoked', daysOf)
    .option('--json', 'as JSON')
    .action((flags: CreateFlags) => withVault(context, (vault) => create(vault, flags)));
  tokens
    .command('list')
    .description('all tokens, without their secret')
    .option('--json', 'as JSON')
    .action((flags: { json?: true }) => withVault(context, (vault) => list(vault, flags)));
  tokens
    .command('revoke')
    .description('from now on the token is not known any more')
    .argument('<id>', 'as "avow tokens list" shows it')
    .action((id: string) => withVault(context, (vault) => revoke(vault, id)));
  return tokens;
}

function daysOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 to 9999');
  return Number(text);
}

async function create({ db }: VaultHandle, { label, permission, days, json }: CreateFlags): Promise<void> {
  const today = isoDay(new Date());
  const validThrough = days === undefined ? null : addDays(today, days);
  const { id, token } = await issueApiToken(db, { label, permissions: permission, validThrough, today });
  if (json) return say(JSON.stringify({ id, token, permissions: permission, validThrough }));
  say(token);
  remark('Keep it now: it cannot be shown again. Programs send it as "Authorization: Bearer <token>".');
}

async function list({ db }: VaultHandle, { json }: { json?: true }): Promise<void> {
  const tokens = await listApiTokens(db);
  if (json) return say(JSON.stringify(tokens));
  if (tokens.length === 0) return say('There are no API tokens.');
  for (const token of tokens) say(lineOf(token));
}

function lineOf({ id, label, permissions, created, validThrough, lastUsed }: ApiToken): string {
  const until = validThrough ? `valid through ${validThrough}` : 'valid until revoked';
  const used = lastUsed ? `last used ${lastUsed}` : 'never used';
  return [id, onOneLine(label), permissions.join(' '), `created ${created}`, until, used].join('  ');
}

async function revoke({ db }: VaultHandle, id: string): Promise<void> {
  const known = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) && (await revokeApiToken(db, id));
  if (known) return say('Revoked.');
  remark('avow: there is no API token with that id');
  process.exitCode = 1;
}
