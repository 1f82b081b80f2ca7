import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import type { FoundPerson, OpenedPerson, PeopleRoutes } from '@avow/protocol/staff/people';
import { ROLES, type Role } from '@avow/protocol/staff/roles';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestFeatures, type TestFeatures } from '../test-features.ts';
import { registerPerson, signedInPerson } from '../test-people.ts';
import { openTestStaff, type TestStaff } from '../test-staff.ts';

type Browser = Awaited<ReturnType<TestStaff['member']>>;

let house: TestFeatures;
let staff: TestStaff;
let ada: Browser;
let ben: Browser;
let ida: string;

const FOR = { purpose: 'customer-service-issue', ticket: 'CS-4711' } as const;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
  staff = await openTestStaff(house, { routes: house.support.staffRoutes });
  [ada, ben] = [await staff.member('support'), await staff.member('support')];
  ida = await registerPerson(house, 'ida@example.org');
});
afterAll(() => house.close());
beforeEach(() => house.newMails().then(() => {}));

const find = async (text: string) =>
  (await ada.answer<{ found: FoundPerson | null }>('POST', '/people/find', { text })).found;
const open = (browser = ada, personId = ida) =>
  browser.answer<OpenedPerson>('POST', '/people/open', { personId, ...FOR });

async function accessCount(personId = ida): Promise<number> {
  const rows = await house.db.selectFrom('staff_access').select('id').where('person_id', '=', personId).execute();
  return rows.length;
}

describe('looking somebody up (U4, U5)', () => {
  test('by the whole address or a whole serial tells no more than may be told without a purpose', async () => {
    const serial = await house.serial();
    await house.claim(ida, serial);
    const before = await accessCount();
    for (const text of ['IDA@example.org ', serial.toLowerCase()]) {
      const found = await find(text);
      expect(found).toEqual({
        personId: ida,
        day: house.today(),
        country: 'DE',
        language: 'en',
        products: 1,
        by: text.includes('@') ? 'e-mail' : 'serial',
      });
    }
    expect(await accessCount()).toBe(before);
  });

  test.each([
    'ida@example',
    'ida',
    '%',
    'ida@example.or_',
    '*@example.org',
    'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA',
    "' OR 1=1 --",
  ])('%j finds nobody', async (text) => {
    expect(await find(text)).toBeNull();
  });

  test('there is no route that tells of more than one person', () => {
    const answers = house.support.staffRoutes.filter(({ method }) => method === 'GET').map(({ path }) => path);
    expect(answers.sort()).toEqual(['/people/questions', '/people/requests']);
  });
});

describe('opening a record (U5)', () => {
  test('is on record with purpose, ticket and whoever opened it, before anything is seen', async () => {
    const before = await accessCount();
    const opened = await open();
    expect(await accessCount()).toBe(before + 1);
    expect(opened).toMatchObject({ personId: ida, ...FOR, mails: expect.any(Array) });
    expect(opened.fields.find(({ field }) => field === 'email')?.value).toBe('ida@example.org');
    expect(opened.accesses[0]).toEqual({ day: house.today(), purpose: FOR.purpose, staff: 'Ada support' });
    const log = await house.db.selectFrom('audit_log').selectAll().where('access_id', '=', opened.access).execute();
    expect(log).toMatchObject([{ act: 'person-opened', staff: ada.staffId, purpose: FOR.purpose }]);
    expect(JSON.stringify(log)).not.toContain('CS-4711');
  });

  test('shows mails by purpose and state, and none of their contents', async () => {
    const { mails } = await open();
    expect(mails.length).toBeGreaterThan(0);
    for (const mail of mails) expect(Object.keys(mail).sort()).toEqual(['day', 'purpose', 'state']);
  });

  test('again under the same access is the same access', async () => {
    const { access } = await open();
    const before = await accessCount();
    expect((await ada.answer<OpenedPerson>('POST', '/people/record', { access })).access).toBe(access);
    expect(await accessCount()).toBe(before);
  });

  test.each([
    [{ purpose: 'curiosity', ticket: '' }, 'purpose'],
    [{ ticket: '' }, 'purpose'],
    [{ purpose: FOR.purpose }, 'ticket'],
    [{ ...FOR, staffId: randomUUID() }, 'staffId'],
    [{ ...FOR, by: 'operator' }, 'by'],
  ])('with %j is refused, and nothing is recorded', async (reason, field) => {
    const before = await accessCount();
    const answer = await ada.request('POST', '/people/open', { personId: ida, ...reason });
    expect([answer.status, await answer.json()]).toMatchObject([422, { error: { fields: { [field]: {} } } }]);
    expect(await accessCount()).toBe(before);
  });

  test('of nobody is not there', async () => {
    expect(await ada.refusal('POST', '/people/open', { personId: randomUUID(), ...FOR })).toBe('404 not_found');
  });
});

describe('an access', () => {
  test('is good for whoever has it, and for nobody else, whoever asks for whatever (object-level)', async () => {
    const persons = [ida, await registerPerson(house, 'other@example.org')];
    const members = [ada, ben];
    const accesses = await Promise.all(
      members.flatMap((member, owner) => persons.map(async (id) => ({ owner, id, ...(await open(member, id)) }))),
    );
    const routes = fc.constantFrom(
      ['/people/record', {}],
      ['/people/corrections', { changes: { givenName: 'Eve' } }],
      ['/people/questions', { field: 'givenName', question: 'Is it?' }],
      ['/people/email-proposals', { email: 'eve@example.org' }],
      ['/people/questions/close', { id: randomUUID() }],
      ['/people/requests/answer', { id: randomUUID(), outcome: 'declined', answer: 'No.' }],
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(1), fc.nat(accesses.length - 1), routes, async (asker, at, [path, more]) => {
        const wanted = accesses[at] as (typeof accesses)[number];
        fc.pre(wanted.owner !== asker);
        const body = { access: wanted.access, ...(more as object) };
        expect(await (members[asker] as Browser).refusal('POST', path as string, body)).toBe('404 not_found');
      }),
      { numRuns: 60 },
    );
    expect((await open()).fields.find(({ field }) => field === 'givenName')?.value).toBe('Ida');
  });

  test('ends with its day', async () => {
    const { access } = await open();
    house.passDays(1);
    expect(await ada.refusal('POST', '/people/record', { access })).toBe('404 not_found');
    house.passDays(-1);
  });

  test('made up leads nowhere', async () => {
    expect(await ada.refusal('POST', '/people/record', { access: randomUUID() })).toBe('404 not_found');
  });
});

describe('a correction by staff (W8)', () => {
  const correct = (access: string, changes: Record<string, string>) =>
    ada.request('POST', '/people/corrections', { access, changes });

  test('keeps history with who made it, and the person is told by mail', async () => {
    const { access } = await open();
    await house.newMails();
    const answer = (await (await correct(access, { familyName: 'Sonnenmann' })).json()) as {
      changed: string[];
      person: OpenedPerson;
    };
    expect(answer.changed).toEqual(['familyName']);
    expect(answer.person.changes[0]).toMatchObject({
      field: 'familyName',
      before: 'Sonnemann',
      after: 'Sonnenmann',
      by: 'staff',
    });
    const [mail] = await house.newMails();
    expect(mail).toMatchObject({
      to: 'ida@example.org',
      content: { subject: 'Your data at Nordlicht Software was corrected' },
    });
    expect(mail?.content.paragraphs.join(' ')).toContain('Last name');
    expect(mail?.content.paragraphs.join(' ')).not.toContain('Sonnenmann');
    const log = await house.db
      .selectFrom('audit_log')
      .select(['act', 'about'])
      .orderBy('number', 'desc')
      .executeTakeFirst();
    expect(log).toEqual({ act: 'person-corrected', about: access });
  });

  test.each([
    [{ email: 'eve@example.org' }, 'email'],
    [{ 'address.postalCode': '1' }, 'address.postalCode'],
    [{ country: 'XX' }, 'country'],
    [{ by: 'person' }, 'by'],
    [{ id: randomUUID() }, 'id'],
  ])('of %j is refused, and changes nothing', async (changes, field) => {
    const { access } = await open();
    const answer = await correct(access, changes);
    expect(await answer.json()).toMatchObject({ error: { fields: { [field]: {} } } });
    expect(await house.newMails()).toEqual([]);
  });

  test('that changes nothing is told to nobody', async () => {
    const { access, fields } = await open();
    const givenName = fields.find(({ field }) => field === 'givenName')?.value ?? '';
    expect(await (await correct(access, { givenName })).json()).toMatchObject({ changed: [] });
    expect(await house.newMails()).toEqual([]);
  });
});

describe('a question to the person (U5)', () => {
  test('arrives by mail without its words, is answered in self-service, and is closed', async () => {
    const { bearer, personId } = await signedInPerson(house, 'asked@example.org');
    const { access } = await open(ada, personId);
    await house.newMails();
    const question = { access, field: 'address', question: 'Is the house number 12 or 21?' };
    await ada.answer('POST', '/people/questions', question);
    const [mail] = await house.newMails();
    expect(mail?.to).toBe('asked@example.org');
    expect(JSON.stringify(mail)).not.toContain('house number');

    const held = await house.answer('GET /me', null, { bearer });
    expect(held.questions).toMatchObject([{ field: 'address', question: question.question, answer: null }]);
    expect(held.accesses).toMatchObject([{ purpose: FOR.purpose, roles: ['support'] }]);
    const questionId = held.questions[0]?.questionId ?? '';
    expect(await ada.answer('GET', '/people/questions')).toMatchObject({ answered: [], unanswered: 1 });
    await house.answer('POST /me/answers', { questionId, answer: 'It is twenty-one.' }, { bearer });
    const [toStaff] = await house.newMails();
    expect(toStaff?.to).toBe('privacy@nordlicht.example');
    expect(JSON.stringify(toStaff)).not.toMatch(/twenty-one|asked@/);

    const { answered } = await ben.answer<PeopleRoutes['GET /people/questions']['answer']>('GET', '/people/questions');
    expect(answered).toEqual([{ id: questionId, day: house.today(), field: 'address', language: 'en' }]);
    const reason = { purpose: 'clarify-inaccurate-information', ticket: '' };
    const opened = await ben.answer<PeopleRoutes['POST /people/questions/open']['answer']>(
      'POST',
      '/people/questions/open',
      { id: questionId, ...reason },
    );
    expect(opened).toMatchObject({ question: question.question, answer: 'It is twenty-one.', person: { personId } });
    await ben.answer('POST', '/people/questions/close', { access: opened.person.access, id: questionId });
    expect((await house.answer('GET /me', null, { bearer })).questions).toEqual([]);
  });

  test('can be answered by the person it was put to, and by nobody else', async () => {
    const { personId } = await signedInPerson(house, 'mine@example.org');
    const { bearer: foreign } = await signedInPerson(house, 'foreign@example.org');
    const { access } = await open(ada, personId);
    await ada.answer('POST', '/people/questions', { access, field: 'givenName', question: 'Is it?' });
    const row = await house.db
      .selectFrom('person_questions')
      .select('id')
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    const sent = { questionId: row.id, answer: 'no' };
    expect(await house.call('POST /me/answers', sent, { bearer: foreign })).toEqual({ refused: 'not_found' });
    expect(await house.call('POST /me/answers', sent)).toEqual({ refused: 'not_signed_in' });
  });

  test.each([
    ['', 'field_required'],
    ['x'.repeat(2001), 'field_too_long'],
    ['\u0000', 'field_malformed'],
  ])('of %j is refused', async (question, code) => {
    const { access } = await open();
    const answer = await ada.request('POST', '/people/questions', { access, field: 'givenName', question });
    expect(await answer.json()).toMatchObject({ error: { fields: { question: { code } } } });
  });

  test('an eleventh while ten are open is refused: nobody is flooded', async () => {
    const personId = await registerPerson(house, 'flooded@example.org');
    const { access } = await open(ada, personId);
    const ask = () => ada.request('POST', '/people/questions', { access, field: 'givenName', question: 'Is it?' });
    for (let n = 0; n < 10; n++) expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(429);
  });

  test('goes with the person', async () => {
    const personId = await registerPerson(house, 'erased@example.org');
    const { access } = await open(ada, personId);
    await ada.answer('POST', '/people/questions', { access, field: 'givenName', question: 'Is it?' });
    await house.db.transaction().execute(async (tx) => {
      for (const feature of house.features) await feature.forgetPerson(tx, personId);
    });
    const left = await house.db.selectFrom('person_questions').select('id').where('person_id', '=', personId).execute();
    expect(left).toEqual([]);
    expect(await ada.refusal('POST', '/people/record', { access })).toBe('404 not_found');
  });
});

describe('a correction request (W8)', () => {
  test('is listed by field, opened for a purpose, answered by mail and closed', async () => {
    const { bearer, personId } = await signedInPerson(house, 'wishes@example.org');
    const wish = { field: 'email', wanted: 'wishes@new.example', message: 'The old mailbox is closed.' };
    await house.answer('POST /me/correction-requests', wish, { bearer });
    const { requests } = await ada.answer<PeopleRoutes['GET /people/requests']['answer']>('GET', '/people/requests');
    expect(requests).toMatchObject([{ field: 'email', language: 'en' }]);
    expect(JSON.stringify(requests)).not.toMatch(/wishes@|mailbox/);
    const id = requests[0]?.id ?? '';
    const before = await accessCount(personId);
    const opened = await ada.answer<PeopleRoutes['POST /people/requests/open']['answer']>(
      'POST',
      '/people/requests/open',
      { id, ...FOR },
    );
    expect(opened).toMatchObject({ ...wish, person: { personId } });
    expect(await accessCount(personId)).toBe(before + 1);

    await house.newMails();
    const answer = {
      access: opened.person.access,
      id,
      outcome: 'declined',
      answer: 'Please prove the new address in self-service.',
    };
    // Under an access to somebody else there is no such request.
    const elsewhere = await open();
    expect(await ada.refusal('POST', '/people/requests/answer', { ...answer, access: elsewhere.access })).toBe(
      '404 not_found',
    );
    expect(await ada.answer('POST', '/people/requests/answer', answer)).toEqual({ closed: true });
    const [mail] = await house.newMails();
    expect(mail).toMatchObject({ to: 'wishes@example.org' });
    expect(mail?.content.paragraphs).toContain('Please prove the new address in self-service.');
    expect(await ada.refusal('POST', '/people/requests/answer', answer)).toBe('404 not_found');
    expect((await house.answer('GET /me', null, { bearer })).requests).toEqual([]);
  });
});

describe('who may do what', () => {
  test.each(Object.keys(ROLES) as Role[])('%s', async (role) => {
    const browser = await staff.member(role);
    const permissions: readonly string[] = ROLES[role];
    const { access } = await open();
    const asked: [string, object, string][] = [
      ['/people/find', { text: 'nobody@example.org' }, 'people:read'],
      ['/people/open', { personId: ida, ...FOR }, 'people:read'],
      ['/people/record', { access }, 'people:read'],
      ['/people/corrections', { access, changes: { givenName: 'Eve' } }, 'people:write'],
      ['/people/questions', { access, field: 'givenName', question: 'Is it?' }, 'people:write'],
      ['/people/requests/open', { id: randomUUID(), ...FOR }, 'people:read'],
      ['/people/requests/answer', { access, id: randomUUID(), outcome: 'declined', answer: 'x' }, 'people:write'],
      ['/people/questions/open', { id: randomUUID(), ...FOR }, 'people:read'],
      ['/people/questions/close', { access, id: randomUUID() }, 'people:write'],
    ];
    for (const [path, body, needed] of asked) {
      const { status } = await browser.request('POST', path, body);
      // What may be asked is answered, or is not there for them: the access is another's.
      if (permissions.includes(needed)) expect([200, 404], path).toContain(status);
      else expect(status, path).toBe(403);
    }
    for (const path of ['/people/requests', '/people/questions']) {
      expect((await browser.request('GET', path)).status).toBe(permissions.includes('people:read') ? 200 : 403);
    }
  });

  test('nobody without signing in', async () => {
    const nobody = staff.browser();
    for (const { method, path } of house.support.staffRoutes) {
      const { status } = await nobody.request(method, path, method === 'POST' ? {} : undefined);
      expect([401, 403], path).toContain(status);
    }
  });
});
