import type { SealedCall } from '@avow/protocol/sealing/sealed-fetch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkIn, linkWithCode, mailTo } from './caught-mail.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { personRegistration, sealedClient } from './submissions.ts';
import { type WireExchange, watchedFetch } from './wire.ts';

let house: TestHouse;
let call: SealedCall;
let session: string;
const seen: WireExchange[] = [];

const OWN = 'ada@example.org';
const KNOWN = ['bo@example.org', 'known.person@example.org', `${'long-'.repeat(10)}known@example.org`];
const UNKNOWN = ['al@example.org', 'nobody.here@example.org', `${'long-'.repeat(10)}nobody@example.org`];

beforeAll(async () => {
  house = await startTestHouse();
  call = sealedClient(house, watchedFetch(seen));
  for (const email of [OWN, ...KNOWN]) {
    await call('POST /registrations', personRegistration(email));
    await call('POST /confirmations', { token: await mailedToken(email, '/confirm') });
  }
  await call('POST /sign-in-links', { email: OWN, language: 'en' });
  const signedIn = await call('POST /sessions', { token: await mailedToken(OWN, '/my') });
  if (signedIn.kind !== 'answered') throw new Error('not signed in');
  session = signedIn.answer.session;
}, 120_000);

afterAll(async () => {
  await house?.remove();
});

async function mailedToken(email: string, path: string): Promise<string> {
  const mail = await mailTo(house.vault?.url ?? '', email, linkWithCode(path));
  return new URL(linkIn(mail, path)).hash.slice(1);
}

/** What went over the network while `act` ran for each address; each has to be answered alike. */
async function shapesOf(emails: readonly string[], act: (email: string) => Promise<unknown>): Promise<WireExchange[]> {
  seen.length = 0;
  for (const email of emails) expect(await act(email), email).toEqual({ kind: 'answered', answer: { accepted: true } });
  return [...seen];
}

const register = (email: string) => call('POST /registrations', personRegistration(email));
const askForLink = (email: string) => call('POST /sign-in-links', { email, language: 'en' });

const ACTS: Record<string, (email: string) => Promise<unknown>> = {
  'a registration': register,
  'a request for a sign-in link': askForLink,
  'a change of the e-mail address': (email) => call('POST /me/email-changes', { email }, { bearer: session }),
};

describe.each(Object.entries(ACTS))('%s', (_name, act) => {
  test('looks the same outside for an address that is known and one that is not, whatever its length', async () => {
    const known = await shapesOf(KNOWN, act);
    const unknown = await shapesOf(UNKNOWN, act);
    expect(known).toHaveLength(KNOWN.length);
    expect(known[0]).toMatchObject({ request: { path: '/relay', bytes: 2103 }, response: { status: 200 } });
    for (const exchange of [...known, ...unknown]) expect(exchange).toEqual(known[0]);
  });

  test('gets each address one mail, so that a mailbox learns of it and nobody else does', async () => {
    const vaultUrl = house.vault?.url ?? '';
    const read = new Set<string>();
    for (const email of [...KNOWN, ...UNKNOWN]) {
      await act(email);
      read.add((await mailTo(vaultUrl, email, '', { read })).id);
    }
  });
});

test('an address whose mails of the day are used up still gets the same answer', async () => {
  const [first, ...others] = await shapesOf(
    Array.from({ length: 14 }, () => 'flooded@example.org'),
    askForLink,
  );
  for (const exchange of others) expect(exchange).toEqual(first);
});

test('an answer that is fetched later looks the same too', async () => {
  await house.vault?.stop();
  const kinds = [KNOWN[1] ?? '', UNKNOWN[1] ?? ''];
  seen.length = 0;
  const accepted = [];
  for (const email of kinds) {
    accepted.push(await call('POST /sign-in-links', { email, language: 'en' }, { waitSeconds: 0 }));
  }
  await house.vault?.start();
  const [known, unknown] = await Promise.all(
    accepted.map(async (outcome) => {
      if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${outcome.kind}`);
      await expect.poll(() => outcome.answerLater(), { interval: 500 }).toMatchObject({ kind: 'answered' });
    }),
  ).then(() => seen.filter(({ response }) => response.status === 200));
  expect(seen[0]?.response.status).toBe(202);
  expect(seen[1]).toEqual(seen[0]);
  expect(known?.request.path).toBe('/relay/answers/a UUID');
  expect(unknown).toEqual(known);
});

test('what differs outside is seen here: an answer of another size class, a refusal of the relay', async () => {
  const [usual] = await shapesOf(['somebody@example.org'], register);
  seen.length = 0;
  await call('GET /me', null, { bearer: session });
  await watchedFetch(seen)(`${house.publicUrl}/relay`, { method: 'POST', body: new Uint8Array(7) });
  const [large, refused] = seen;
  expect(large?.response.bytes).toBeGreaterThan(usual?.response.bytes ?? 0);
  expect(refused?.response.status).toBe(415);
  expect(refused?.response.headers).not.toEqual(usual?.response.headers);
});

test('the page for browsers without JavaScript says the same of both, byte for byte', async () => {
  const pages: WireExchange[] = [];
  const texts: string[] = [];
  for (const email of ['known.person@example.org', 'nobody.atall@example.org']) {
    const body = new URLSearchParams({ email });
    const answer = await watchedFetch(pages)(`${house.publicUrl}/sign-in?lang=en`, { method: 'POST', body });
    texts.push((await answer.text()).replaceAll(email, 'ADDRESS').replaceAll(/nonce="[^"]+"/g, ''));
  }
  expect(pages[0]?.response.status).toBe(200);
  expect(pages[1]).toEqual(pages[0]);
  expect(texts[1]).toBe(texts[0]);
});
