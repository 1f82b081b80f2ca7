/** `avow people request`: a correction that a person asked of staff (W8). The id came by mail; reading it is on record (U5). */
import { BY_OPERATOR, STAFF_PURPOSES, type StaffPurpose } from '@avow/vault/people/staff-access';
import { isoDay } from '@avow/vault/platform/day';
import { closeRequest, type ReadRequest, readRequest } from '@avow/vault/self-service/read-request';
import { Command, Option } from 'commander';
import { onOneLine, say } from '../say.ts';
import { type VaultContext, type VaultHandle, withVault } from '../vault-handle.ts';

interface RequestOptions {
  purpose: StaffPurpose;
  ticket?: string;
  close?: true;
  json?: true;
}

export function peopleRequestCommand(context: VaultContext): Command {
  return new Command('request')
    .description('read a correction that a person asked for, and close it')
    .argument('<id>', 'the id in the mail')
    .addOption(
      new Option('--purpose <purpose>', 'why you read it; the access is recorded')
        .choices(STAFF_PURPOSES)
        .makeOptionMandatory(),
    )
    .option('--ticket <text>', 'the ticket it belongs to, for the record')
    .option('--close', 'it is dealt with: forget it after showing it')
    .option('--json', 'as JSON')
    .action((id: string, options: RequestOptions) => withVault(context, (vault) => show(vault, id, options)));
}

async function show(
  vault: VaultHandle,
  requestId: string,
  { purpose, ticket, close, json }: RequestOptions,
): Promise<void> {
  const command = 'avow people request';
  const access = { requestId, purpose, ticket: ticket ?? null, by: BY_OPERATOR, command, day: isoDay(new Date()) };
  const request = await readRequest(vault, access);
  if (!request) return json ? say(JSON.stringify({ found: false })) : say('There is no open request with that id.');
  if (json) {
    const { person, ...asked } = request;
    say(JSON.stringify({ found: true, ...asked, answerTo: answerTo(request), language: person.language }));
  } else {
    say(`person    ${request.person.id}`);
    say(`asked on  ${request.day}`);
    say(`answer to ${onOneLine(answerTo(request))} (${request.person.language})`);
    say(`field     ${request.field}`);
    say(`held      ${onOneLine(request.person.fields[request.field]?.value ?? '')}`);
    say(`wanted    ${onOneLine(request.wanted)}`);
    say(`message   ${onOneLine(request.message)}`);
  }
  if (!close) return;
  await closeRequest(vault, requestId);
  if (!json) say('Closed and forgotten.');
}

function answerTo({ person }: ReadRequest): string {
  return person.fields.email?.value ?? '';
}
