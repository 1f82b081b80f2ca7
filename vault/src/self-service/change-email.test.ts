import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestFeatures, type TestFeatures, tokenIn } from '../test-features.ts';
import { registerPerson, type SignedIn, signedInPerson } from '../test-people.ts';

let house: TestFeatures;
let ida: SignedIn;
let count = 0;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
});

afterAll(() => house.close());

beforeEach(async () => {
  ida = await signedInPerson(house, `ida${count++}@example.org`);
  await house.newMails();
});

const fresh = () => `new${count++}@example.org`;
const seen = (bearer = ida.bearer) => house.answer('GET /me', null, { bearer });
const emailOf = async (personId = ida.personId) => (await house.people.get(house.db, personId)).fields.email?.value;
const propose = (email: string) => house.call('POST /me/email-changes', { email }, { bearer: ida.bearer });
const mailTo = async (email: string) => (await house.newMails()).filter(({ to }) => to === email)[0];

/** Proposes, proves, and returns the undo token mailed to the address before. */
async function changeTo(email: string): Promise<string> {
  const before = (await emailOf()) ?? '';
  await propose(email);
  await house.answer('POST /email-changes/confirm', { token: tokenIn(await mailTo(email)) });
  return tokenIn(await mailTo(before));
}

describe('a new e-mail address (W8)', () => {
  test('is a proposal until a mail to it is answered', async () => {
    const email = fresh();
    expect(await propose(` ${email} `)).toEqual({ accepted: true });
    expect(await emailOf()).toBe(ida.email);
    expect((await seen()).proposedEmail?.address).toBe(email);
    const mails = await house.newMails();
    expect(mails.map(({ to }) => to)).toEqual([email]);
    expect(mails[0]?.content.action?.url).toMatch(/\/email-change#[0-9A-Z]{26}$/);
    expect(JSON.stringify(mails[0]?.content)).not.toMatch(/ida\d/);

    const token = tokenIn(mails[0]);
    expect(await house.call('POST /email-changes/confirm', { token })).toEqual({ changed: true });
    expect(await emailOf()).toBe(email);
    const { proposedEmail, changes, fields } = await seen();
    expect(proposedEmail).toBeNull();
    expect(changes).toContainEqual({
      field: 'email',
      before: ida.email,
      after: email,
      day: house.today(),
      by: 'person',
    });
    expect(fields.find(({ field }) => field === 'email')?.source.act).toBe('email-change');
    expect(await house.people.findByEmail(house.db, email)).toBe(ida.personId);
    expect(await house.people.findByEmail(house.db, ida.email)).toBeNull();
    expect(await house.call('POST /email-changes/confirm', { token })).toEqual({ refused: 'link_expired' });
  });

  test('is kept encrypted', async () => {
    await propose('readable-mark@example.org');
    const rows = await house.db.selectFrom('email_proposals').selectAll().execute();
    expect(rows.map(({ address }) => address.toString('latin1')).join()).not.toContain('readable-mark');
  });

  test('proposed later replaces the one before, whose link then opens nothing', async () => {
    const [first, second] = [fresh(), fresh()];
    await propose(first);
    const token = tokenIn(await mailTo(first));
    await propose(second);
    expect(await house.call('POST /email-changes/confirm', { token })).toEqual({ refused: 'link_expired' });
    expect((await seen()).proposedEmail?.address).toBe(second);
  });

  test('is forgotten when it is not proven in time', async () => {
    const email = fresh();
    await propose(email);
    const token = tokenIn(await mailTo(email));
    house.passDays(2);
    await house.run('selfService.forgetLapsed');
    expect(await house.db.selectFrom('email_proposals').selectAll().execute()).toEqual([]);
    expect(await house.call('POST /email-changes/confirm', { token })).toEqual({ refused: 'link_expired' });
    expect(await emailOf()).toBe(ida.email);
  });

  test('may be another spelling of the same one', async () => {
    const email = ida.email.toUpperCase();
    await propose(email);
    const token = tokenIn(await mailTo(email));
    expect(await house.call('POST /email-changes/confirm', { token })).toEqual({ changed: true });
    expect(await emailOf()).toBe(email);
  });

  test.each(['', 'name', 'a@localhost', 'a@example.org\r\nBcc: b@example.org', `${'a'.repeat(65)}@example.org`])(
    'is refused when it is %j',
    async (email) => {
      expect(await propose(email)).toMatchObject({ refused: 'invalid_fields', fields: { email: expect.any(String) } });
      expect((await seen()).proposedEmail).toBeNull();
      expect(await house.newMails()).toEqual([]);
    },
  );
});

describe('an address that somebody else has', () => {
  test('gets the same answer and shows the same, and only its owner is told', async () => {
    const owner = `owner${count}@example.org`;
    await registerPerson(house, owner, { language: 'de' });
    expect(await propose(owner)).toEqual({ accepted: true });
    expect((await seen()).proposedEmail?.address).toBe(owner);
    const mails = await house.newMails();
    expect(mails.map(({ to }) => to)).toEqual([owner]);
    expect(mails[0]?.content.subject).toBe('Ihre Adresse bei Nordlicht Software');
    expect(mails[0]?.content.action?.url).not.toContain('#');
    expect(JSON.stringify(mails)).not.toContain(ida.email);
  });

  test('taken between proposal and proof is not taken over', async () => {
    const email = fresh();
    await propose(email);
    const token = tokenIn(await mailTo(email));
    const owner = await registerPerson(house, email);
    expect(await house.call('POST /email-changes/confirm', { token })).toEqual({ refused: 'change_refused' });
    expect(await emailOf()).toBe(ida.email);
    expect(await emailOf(owner)).toBe(email);
  });

  test('proven by two people at the same moment goes to one of them', async () => {
    const email = fresh();
    const eve = await signedInPerson(house, `eve${count++}@example.org`);
    const tokens = [];
    for (const bearer of [ida.bearer, eve.bearer]) {
      await house.newMails();
      await house.answer('POST /me/email-changes', { email }, { bearer });
      tokens.push(tokenIn((await house.newMails())[0]));
    }
    const answers = await Promise.all(tokens.map((token) => house.call('POST /email-changes/confirm', { token })));
    expect(answers).toContainEqual({ changed: true });
    expect(answers).toContainEqual({ refused: 'change_refused' });
    expect([await emailOf(), await emailOf(eve.personId)].filter((held) => held === email)).toHaveLength(1);
  });
});

describe('the way back', () => {
  test('is mailed to the old address and works once, for seven days', async () => {
    const email = fresh();
    const token = await changeTo(email);
    house.passDays(7);
    await house.run('selfService.forgetLapsed');
    expect(await house.call('POST /email-changes/undo', { token })).toEqual({ undone: true });
    expect(await emailOf()).toBe(ida.email);
    expect((await mailTo(ida.email))?.content.subject).toBe('Your address at Nordlicht Software is in use again');
    expect(await house.call('POST /email-changes/undo', { token })).toEqual({ refused: 'link_expired' });
  });

  test('is closed after seven days', async () => {
    const token = await changeTo(fresh());
    house.passDays(8);
    await house.run('selfService.forgetLapsed');
    expect(await house.call('POST /email-changes/undo', { token })).toEqual({ refused: 'link_expired' });
    expect(await house.db.selectFrom('email_undos').selectAll().execute()).toEqual([]);
  });

  test('ends every session and every link that was got by the new address', async () => {
    const email = fresh();
    const undo = await changeTo(email);
    await house.answer('POST /sign-in-links', { email, language: 'en' });
    const signIn = tokenIn(await mailTo(email));
    const later = fresh();
    await propose(later);
    const proof = tokenIn(await mailTo(later));

    await house.answer('POST /email-changes/undo', { token: undo });
    expect(await house.call('GET /me', null, { bearer: ida.bearer })).toEqual({ refused: 'not_signed_in' });
    expect(await house.call('POST /sessions', { token: signIn })).toEqual({ refused: 'link_expired' });
    expect(await house.call('POST /email-changes/confirm', { token: proof })).toEqual({ refused: 'link_expired' });
  });

  test('cannot be turned round by whoever took the address over', async () => {
    const first = await changeTo(fresh());
    const second = await changeTo(fresh());
    expect(await house.call('POST /email-changes/undo', { token: first })).toEqual({ undone: true });
    expect(await house.call('POST /email-changes/undo', { token: second })).toEqual({ refused: 'link_expired' });
    expect(await emailOf()).toBe(ida.email);
  });

  test('leads one step back at a time where nobody took anything over', async () => {
    const middle = fresh();
    const first = await changeTo(middle);
    const second = await changeTo(fresh());
    await house.answer('POST /email-changes/undo', { token: second });
    expect(await emailOf()).toBe(middle);
    await house.answer('POST /email-changes/undo', { token: first });
    expect(await emailOf()).toBe(ida.email);
  });

  test('does not take an address from somebody who registered with it since', async () => {
    const token = await changeTo(fresh());
    const owner = await registerPerson(house, ida.email);
    expect(await house.call('POST /email-changes/undo', { token })).toEqual({ refused: 'change_refused' });
    expect(await house.people.findByEmail(house.db, ida.email)).toBe(owner);
  });
});
