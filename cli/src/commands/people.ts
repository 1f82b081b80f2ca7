/** `avow people find`: whether somebody is registered, and, for a declared purpose and on record, their data (U5). */

import { normaliseEmail } from '@avow/vault/people/normalise-email';
import type { PersonRecord } from '@avow/vault/people/people';
import { BY_OPERATOR, readForStaff, STAFF_PURPOSES, type StaffPurpose } from '@avow/vault/people/staff-access';
import { isoDay } from '@avow/vault/platform/day';
import { findOwner, registrationsOf } from '@avow/vault/products/queries';
import { createSerialRecogniser } from '@avow/vault/products/recognise-serial';
import { Command, Option } from 'commander';
import { onOneLine, remark, say } from '../say.ts';
import { type VaultContext, type VaultHandle, withVault } from '../vault-handle.ts';
import { peopleRequestCommand } from './people-request.ts';

interface FindOptions {
  purpose?: StaffPurpose;
  ticket?: string;
  json?: true;
}

/** What may be told of a person without a purpose. */
interface Found {
  id: string;
  day: string;
  country: string;
  products: number;
}

export function peopleCommand(context: VaultContext): Command {
  const people = new Command('people').description(
    'look somebody up (exact look-ups only: there is no list of persons)',
  );
  people
    .command('find')
    .description('find a person by e-mail address or serial number')
    .argument('<email|serial>', 'the whole address or the whole serial number')
    .addOption(
      new Option('--purpose <purpose>', 'also show the personal fields; the access is recorded').choices(
        STAFF_PURPOSES,
      ),
    )
    .option('--ticket <text>', 'the ticket it belongs to, for the record')
    .option('--json', 'as JSON')
    .action((text: string, options: FindOptions) => withVault(context, (vault) => find(vault, text, options)));
  people.addCommand(peopleRequestCommand(context));
  return people;
}

async function find(vault: VaultHandle, text: string, { purpose, ticket, json }: FindOptions): Promise<void> {
  const found = await findPerson(vault, text);
  if (!found) return json ? say(JSON.stringify({ found: false })) : say('Nobody is registered with that.');

  const record = purpose
    ? await readForStaff(vault, {
        purpose,
        ticket: ticket ?? null,
        by: BY_OPERATOR,
        personId: found.id,
        command: 'avow people find',
        day: isoDay(new Date()),
      })
    : null;
  if (json) return say(JSON.stringify({ found: true, ...found, ...(record && { purpose, fields: record.fields }) }));
  say(`person      ${found.id}`);
  say(`registered  ${found.day}`);
  say(`country     ${found.country}`);
  say(`products    ${found.products}`);
  if (record) showFields(record);
  else remark(`Personal fields are shown with --purpose (${STAFF_PURPOSES.join(', ')}); each access is recorded.`);
}

async function findPerson({ config, db, keyring, people }: VaultHandle, text: string): Promise<Found | null> {
  const id = text.includes('@')
    ? await people.findByEmail(db, normaliseEmail(text))
    : await findOwnerOfSerial({ config, db, keyring }, text);
  if (!id) return null;
  const person = await db.selectFrom('persons').select(['day', 'country']).where('id', '=', id).executeTakeFirst();
  if (!person) return null;
  return { id, ...person, products: (await registrationsOf(db, id)).length };
}

async function findOwnerOfSerial(
  { config, db, keyring }: Pick<VaultHandle, 'config' | 'db' | 'keyring'>,
  text: string,
): Promise<string | null> {
  const serial = await createSerialRecogniser(config, keyring)(text);
  return serial.ok ? ((await findOwner(db, serial.index))?.person_id ?? null) : null;
}

function showFields({ fields }: PersonRecord): void {
  say('');
  const width = Math.max(...Object.keys(fields).map((path) => path.length));
  for (const [path, { value, act, day }] of Object.entries(fields)) {
    say(`${path.padEnd(width)}  ${onOneLine(value)}  (${act}, ${day})`);
  }
}
