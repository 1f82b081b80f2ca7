import { createTestDatabase } from '@avow/engines/testing';
import { staffAccesses } from '@avow/vault/people/staff-access';
import { openTestFeatures, type TestFeatures } from '@avow/vault/test-features';
import { signedInPerson } from '@avow/vault/test-people';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { peopleCommand } from './people.ts';

let house: TestFeatures;
let personId: string;
let requestId: string;
let output = '';

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
  const ida = await signedInPerson(house, 'ida@example.org', { language: 'de' });
  personId = ida.personId;
  const asked = { field: 'familyName', wanted: 'O’Sonnemann', message: 'Danke.\nIda' };
  await house.answer('POST /me/correction-requests', asked, { bearer: ida.bearer });
  const [mail] = await house.newMails();
  requestId = /people request (\S+) /.exec(mail?.content.paragraphs.join('\n') ?? '')?.[1] ?? '';
});

afterAll(() => house.close());

beforeEach(() => {
  output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});

afterEach(() => vi.restoreAllMocks());

async function run(...words: string[]): Promise<string> {
  const { config, db, keyringDb, vaultUrl, keyring, people } = house;
  const command = peopleCommand({
    openVault: async () => ({ config, db, keyringDb, vaultUrl, keyring, people, close: async () => {} }),
  });
  for (const one of [command, ...command.commands]) one.exitOverride();
  output = '';
  await command.parseAsync(words, { from: 'user' });
  return output;
}

test('a request is not read without a purpose', async () => {
  await expect(run('request', requestId)).rejects.toThrow('--purpose');
  expect(await staffAccesses(house.db, personId)).toEqual([]);
});

test.each(['x', '00000000-0000-4000-8000-000000000000'])(
  'the id %j leads to nothing and is nobody’s access',
  async (id) => {
    expect(await run('request', id, '--purpose', 'customer-service-issue')).toBe(
      'There is no open request with that id.\n',
    );
    expect(JSON.parse(await run('request', id, '--purpose', 'customer-service-issue', '--json'))).toEqual({
      found: false,
    });
  },
);

test('the id of the mail leads staff to what is wanted, on record, and whom to answer in which language (W8, U5)', async () => {
  const text = await run('request', requestId, '--purpose', 'clarify-inaccurate-information');
  expect(text).toContain('answer to ida@example.org (de)');
  expect(text).toContain('held      Sonnemann');
  expect(text).toContain('wanted    O’Sonnemann');
  expect(text).toContain('message   Danke. Ida');
  expect(await staffAccesses(house.db, personId)).toMatchObject([
    { purpose: 'clarify-inaccurate-information', command: 'avow people request' },
  ]);
});

test('a closed request is forgotten', async () => {
  const words = ['request', requestId, '--purpose', 'customer-service-issue', '--json'];
  expect(JSON.parse(await run(...words, '--close'))).toMatchObject({
    found: true,
    field: 'familyName',
    language: 'de',
  });
  expect(JSON.parse(await run(...words))).toEqual({ found: false });
  expect(await house.db.selectFrom('correction_requests').selectAll().execute()).toEqual([]);
});
