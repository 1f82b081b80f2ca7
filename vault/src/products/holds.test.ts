import { createTestDatabase } from '@avow/engines/testing';
import type { HoldAnswer } from '@avow/protocol/self-service';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { MailLetter } from '../platform/mail/outbox.ts';
import { openTestProducts, type TestProducts } from './test-products.ts';

let house: TestProducts;
beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
});
afterAll(() => house.close());
afterEach(() => house.newMails());

let count = 0;
/** An owner, and somebody else who has just registered the same serial. */
async function secondRegistration() {
  const n = count++;
  const owner = await house.person(`owner-${n}`, 'de');
  const claimant = await house.person(`claimant-${n}`);
  const serial = await house.serial();
  const owned = await house.claim(owner, serial);
  await house.newMails();
  const claimed = await house.claim(claimant, serial);
  return { owner, claimant, serial, owned, claimed, names: { owner: `owner-${n}`, claimant: `claimant-${n}` } };
}

const tokenIn = (mails: MailLetter[]) => mails.find((mail) => mail.content.action?.code)?.content.action?.code ?? '';
const answer = (token: string, what: HoldAnswer) => house.call('POST /holds/answer', { token, answer: what });
const stateOf = async (person: string) => (await house.held(person)).map((product) => product.state);
const to = (mails: MailLetter[], name: string) => mails.filter((mail) => mail.to === `${name}@example.org`);
const toStaff = (mails: MailLetter[]) => mails.filter((mail) => mail.to === 'privacy@nordlicht.example');

test('a second registration is held; the owner is asked by mail, in their language, without a name', async () => {
  const { owner, claimant, claimed, names } = await secondRegistration();
  expect(claimed).toMatchObject({ held: true, receipt: null });
  expect([await stateOf(owner), await stateOf(claimant)]).toEqual([['registered'], ['on hold']]);
  const mails = await house.newMails();
  expect(mails).toMatchObject([
    {
      to: `${names.owner}@example.org`,
      content: { language: 'de', subject: 'Jemand anderes hat Ihr Nordlicht Suite Studio registriert' },
    },
  ]);
  const token = tokenIn(mails);
  expect(mails[0]?.content.action?.url).toBe(`https://nordlicht.example/hold#${token}`);
  expect(JSON.stringify(mails)).not.toContain('claimant');
});

test('registering again while it is held asks nobody again', async () => {
  const { claimant, serial, claimed } = await secondRegistration();
  await house.newMails();
  expect(await house.claim(claimant, serial)).toEqual(claimed);
  expect(await house.newMails()).toEqual([]);
});

describe('the answer', () => {
  test('household: both are registered, each with a receipt', async () => {
    const { owner, claimant, names } = await secondRegistration();
    expect(await answer(tokenIn(await house.newMails()), 'household')).toEqual({ accepted: true });
    expect(await house.held(owner)).toMatchObject([{ state: 'registered', receipt: true }]);
    expect(await house.held(claimant)).toMatchObject([{ state: 'registered', receipt: true }]);
    const mails = await house.newMails();
    expect(mails).toHaveLength(1);
    expect(to(mails, names.claimant)).toMatchObject([
      { content: { subject: 'Your Nordlicht Suite Studio is registered' } },
    ]);
  });

  test('sold: the new owner has it, and what the old owner told stays put', async () => {
    const { owner, claimant, serial, names } = await secondRegistration();
    const before = await house.held(owner);
    await answer(tokenIn(await house.newMails()), 'sold');
    expect(await house.held(owner)).toEqual([{ ...before[0], state: 'transferred' }]);
    expect(await house.held(claimant)).toMatchObject([{ state: 'registered', receipt: true, serial }]);
    const mails = await house.newMails();
    expect([to(mails, names.claimant).length, to(mails, names.owner).length]).toEqual([1, 1]);
    expect(JSON.stringify(to(mails, names.owner))).not.toContain(names.claimant);
    // The old owner is now somebody else, who has to ask.
    expect((await house.claim(owner, serial)).held).toBe(true);
    expect(await stateOf(owner)).toEqual(['on hold']);
  });

  test.each(['stolen', 'mistake'] as const)(
    '%s: the claim is refused, staff are told, the claimant neutrally',
    async (what) => {
      const { owner, claimant, serial, claimed, owned, names } = await secondRegistration();
      await answer(tokenIn(await house.newMails()), what);
      expect([await stateOf(owner), await stateOf(claimant)]).toEqual([['registered'], ['refused']]);
      const mails = await house.newMails();
      const [told] = to(mails, names.claimant);
      expect(told?.content.subject).toBe('Your registration of Nordlicht Suite Studio');
      expect(JSON.stringify(told)).not.toMatch(/stolen|owner|mistake/i);
      const [staff] = toStaff(mails);
      expect(staff?.content.paragraphs[0]).toContain(claimed.registrationId);
      expect(staff?.content.paragraphs[0]).toContain(owned.registrationId);
      expect(JSON.stringify(staff)).not.toMatch(/example\.org/);
      // Trying again is answered as before, and the owner is left in peace.
      expect(await house.claim(claimant, serial)).toMatchObject({ held: true, receipt: null });
      expect(await house.newMails()).toEqual([]);
    },
  );

  test('counts once, and only with the mailed token', async () => {
    await secondRegistration();
    const token = tokenIn(await house.newMails());
    expect(await answer('0'.repeat(26), 'household')).toEqual({ refused: 'link_expired' });
    expect(await answer(token, 'household')).toEqual({ accepted: true });
    expect(await answer(token, 'stolen')).toEqual({ refused: 'link_expired' });
  });

  test('given twice at the same moment counts once', async () => {
    const { claimant } = await secondRegistration();
    const token = tokenIn(await house.newMails());
    const both = await Promise.all([answer(token, 'household'), answer(token, 'stolen')]);
    expect(both.filter((one) => 'accepted' in one)).toHaveLength(1);
    expect(['registered', 'refused']).toContain((await stateOf(claimant))[0]);
  });

  test('after thirty days without one the claim is refused and staff are told', async () => {
    const { owner, claimant } = await secondRegistration();
    const token = tokenIn(await house.newMails());
    const run = house.products.schedule.find((task) => task.name === 'products.closeUnansweredHolds');
    house.passDays(30);
    await run?.run();
    expect(await stateOf(claimant)).toEqual(['on hold']);
    house.passDays(1);
    await run?.run();
    expect([await stateOf(owner), await stateOf(claimant)]).toEqual([['registered'], ['refused']]);
    expect(toStaff(await house.newMails())[0]?.content.subject).toMatch(/no answer/);
    expect(await answer(token, 'household')).toEqual({ refused: 'link_expired' });
  });
});

test('when it is sold to one of two who wait, the other waits for the new owner, and the old link ends', async () => {
  const { serial, owner, claimant, names } = await secondRegistration();
  const firstToken = tokenIn(await house.newMails());
  const third = await house.person('third-who-waits');
  await house.claim(third, serial);
  const secondToken = tokenIn(await house.newMails());

  await answer(firstToken, 'sold');
  const asked = to(await house.newMails(), names.claimant).filter((mail) => mail.content.action?.code);
  expect(asked).toHaveLength(1);
  expect(await answer(secondToken, 'household')).toEqual({ refused: 'link_expired' });
  expect(await answer(tokenIn(asked), 'household')).toEqual({ accepted: true });
  expect([await stateOf(owner), await stateOf(claimant), await stateOf(third)]).toEqual([
    ['transferred'],
    ['registered'],
    ['registered'],
  ]);
});

test('sold to two at the same moment: one has it, the other waits for the new owner', async () => {
  for (let round = 0; round < 3; round++) {
    const { serial, claimant } = await secondRegistration();
    const first = tokenIn(await house.newMails());
    const other = await house.person(`sold-too-${round}`);
    await house.claim(other, serial);
    const second = tokenIn(await house.newMails());
    const answers = await Promise.all([answer(first, 'sold'), answer(second, 'sold')]);
    expect(answers.filter((one) => 'accepted' in one)).toHaveLength(1);
    expect([...(await stateOf(claimant)), ...(await stateOf(other))].sort()).toEqual(['on hold', 'registered']);
  }
});

test('an owner is asked about five others at once and no more: the next are refused with the same outward answer', async () => {
  const { serial } = await secondRegistration();
  const more = await Promise.all([2, 3, 4, 5, 6].map((n) => house.person(`crowd-${n}`)));
  await house.newMails();
  for (const person of more) expect(await house.claim(person, serial)).toMatchObject({ held: true, receipt: null });
  const asked = (await house.newMails()).filter((mail) => mail.content.action?.code);
  expect(asked).toHaveLength(4);
  expect(await stateOf(more[4] ?? '')).toEqual(['refused']);
});
