import { createTestDatabase } from '@avow/engines/testing';
import type { OpenedPerson, PeopleRoutes } from '@avow/protocol/staff/people';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestFeatures, type TestFeatures, tokenIn } from '../test-features.ts';
import { registerPerson, type SignedIn, signedInPerson } from '../test-people.ts';
import { openTestStaff, type TestStaff } from '../test-staff.ts';

type Proposed = PeopleRoutes['POST /people/email-proposals']['answer'];

let house: TestFeatures;
let ada: Awaited<ReturnType<TestStaff['member']>>;
let ida: SignedIn;
let access: string;
let count = 0;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
  const staff = await openTestStaff(house, { routes: house.support.staffRoutes });
  ada = await staff.member('support');
});
afterAll(() => house.close());
beforeEach(async () => {
  count += 1;
  ida = await signedInPerson(house, `ida${count}@example.org`);
  access = await open();
  await house.newMails();
});

const fresh = () => `new${count}@example.org`;
async function open(): Promise<string> {
  const reason = { purpose: 'customer-service-issue', ticket: 'CS-1' };
  return (await ada.answer<OpenedPerson>('POST', '/people/open', { personId: ida.personId, ...reason })).access;
}
const propose = (email: string) => ada.answer<Proposed>('POST', '/people/email-proposals', { access, email });
const emailOf = async () => (await house.people.get(house.db, ida.personId)).fields.email?.value;
const confirm = (token: string) => house.call('POST /email-changes/confirm', { token });
const object = (token: string) => house.call('POST /email-changes/undo', { token });
const record = () => ada.answer<OpenedPerson>('POST', '/people/record', { access });

/** The two mails: to the new address and to the one in use. */
async function tokens(email: string): Promise<{ prove: string; objection: string }> {
  const mails = await house.newMails();
  expect(mails.map(({ to }) => to).sort()).toEqual([ida.email, email].sort());
  const to = (address: string) => tokenIn(mails.find((mail) => mail.to === address));
  return { prove: to(email), objection: to(ida.email) };
}

describe('a new address that staff propose (U5, W8)', () => {
  test('changes nothing before it is proven; the address in use is told, the act is on record and the person sees it', async () => {
    const email = fresh();
    const { person } = await propose(` ${email} `);
    expect(await emailOf()).toBe(ida.email);
    const held = { address: email, by: 'staff', day: house.today(), objectedOn: null };
    expect(person.proposedEmail).toMatchObject(held);
    const seen = () => house.answer('GET /me', null, { bearer: ida.bearer });
    expect((await seen()).proposedEmail).toMatchObject(held);
    const log = await house.db.selectFrom('audit_log').selectAll().where('about', '=', access).execute();
    expect(log).toMatchObject([{ act: 'email-proposed', staff: ada.staffId, purpose: 'customer-service-issue' }]);
    const mails = await house.newMails();
    for (const { content } of mails) expect(JSON.stringify(content)).not.toMatch(/(ida|new)\d+@/);

    const words = mails.find(({ to }) => to === email)?.content.paragraphs.join(' ');
    expect(words).toMatch(/wrote to us from this e-mail address.*has been told, and can object/);

    const prove = tokenIn(mails.find(({ to }) => to === email));
    house.passDays(6);
    await house.run('selfService.forgetLapsed');
    expect(await confirm(prove)).toEqual({ changed: true });
    expect(await emailOf()).toBe(email);
    access = await open();
    const { changes, fields, proposedEmail } = await record();
    expect(proposedEmail).toBeNull();
    const change = { before: ida.email, after: email, by: 'staff' };
    expect(changes.find(({ field }) => field === 'email')).toMatchObject(change);
    expect(fields.find(({ field }) => field === 'email')?.source.act).toBe('staff-email-change');
  });

  test('comes to nothing where the address in use objects, and nobody of staff proposes again for some days', async () => {
    await propose(fresh());
    const { prove, objection } = await tokens(fresh());
    expect(await object(objection)).toEqual({ undone: true });
    expect(await confirm(prove)).toEqual({ refused: 'link_expired' });
    expect(await emailOf()).toBe(ida.email);
    expect((await record()).proposedEmail).toMatchObject({ objectedOn: house.today() });
    const again = { access, email: `other${count}@example.org` };
    expect(await ada.refusal('POST', '/people/email-proposals', again)).toBe('409 address_objected');
    house.passDays(8);
    await house.run('selfService.forgetLapsed');
    access = await open();
    await propose(again.email);
  });

  test('is undone by the same link after it was proven, and whoever came in by it is out', async () => {
    await propose(fresh());
    const { prove, objection } = await tokens(fresh());
    house.passDays(6);
    expect(await confirm(prove)).toEqual({ changed: true });
    house.passDays(7);
    await house.run('selfService.forgetLapsed');
    expect(await object(objection)).toEqual({ undone: true });
    expect(await emailOf()).toBe(ida.email);
    expect(await house.call('GET /me', null, { bearer: ida.bearer })).toEqual({ refused: 'not_signed_in' });
    expect(await object(objection)).toEqual({ refused: 'link_expired' });
  });

  test('looks the same to staff where somebody else has the address, who alone is told (U4)', async () => {
    const owner = `owner${count}@example.org`;
    await registerPerson(house, owner);
    await house.newMails();
    const told = async (email: string) => {
      const { person } = await propose(email);
      // Of one day, mails are in no order.
      person.mails.sort((one, other) => (one.purpose < other.purpose ? -1 : 1));
      return JSON.stringify(person).replaceAll(email, '').replaceAll(access, '');
    };
    const ofOwner = await told(owner);
    const mails = await house.newMails();
    expect(mails.map(({ to }) => to).sort()).toEqual([ida.email, owner].sort());
    expect(mails.find(({ to }) => to === owner)?.content.action?.url).not.toContain('#');

    count += 1;
    ida = await signedInPerson(house, `ida${count}@example.org`);
    access = await open();
    const ofNobody = await told(fresh());
    const shape = (text: string) => text.replaceAll(/ida\d+@|[0-9a-f-]{36}/g, '');
    expect(shape(ofNobody)).toBe(shape(ofOwner));
  });

  test.each(['', 'name', 'a@example.org\r\nBcc: b@example.org'])(
    'is refused when it is %j, and nothing is on record',
    async (email) => {
      expect(await ada.refusal('POST', '/people/email-proposals', { access, email })).toBe('422 invalid_fields');
      expect(await house.newMails()).toEqual([]);
      expect(await house.db.selectFrom('audit_log').select('act').where('about', '=', access).execute()).toEqual([]);
    },
  );
});
