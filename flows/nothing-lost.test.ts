import { decodeResponse } from '@avow/protocol/binary-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrivals, spoolEmpty } from './arrivals.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { killWhenAlive } from './kill.ts';
import { personRegistration, sealedClient, sealRegistration } from './submissions.ts';

let house: TestHouse;

beforeAll(async () => {
  house = await startTestHouse();
}, 120_000);

afterAll(async () => {
  await house?.remove();
});

describe('nothing that was acknowledged is lost or done twice', () => {
  test('ten people register while the vault is stopped; started again, all ten arrive once', async () => {
    const emails = Array.from({ length: 10 }, (_, n) => `away-${n}@example.org`);
    const call = sealedClient(house);
    await house.vault?.stop();
    const outcomes = await Promise.all(
      emails.map((email) => call('POST /registrations', personRegistration(email), { waitSeconds: 1 })),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(emails.map(() => 'accepted'));

    await house.vault?.start();
    await spoolEmpty(house);
    expect([...(await arrivals(house, emails)).values()]).toEqual(emails.map(() => 1));

    const [first] = outcomes;
    const later = first?.kind === 'accepted' ? await first.answerLater() : null;
    expect(later).toMatchObject({ kind: 'answered', answer: { accepted: true } });
  });

  test('the same idempotency key through a new sealed request is carried out once', async () => {
    const call = sealedClient(house);
    const email = 'twice@example.org';
    const options = { idempotencyKey: '0'.repeat(26) };
    const first = await call('POST /registrations', personRegistration(email), options);
    const second = await call('POST /registrations', personRegistration(email), options);
    expect(second).toEqual(first);
    expect((await arrivals(house, [email])).get(email)).toBe(1);
  });

  test('the same sealed bytes sent again are refused, sealed, and nothing is done', async () => {
    const email = 'replayed@example.org';
    const { bytes, open } = await sealRegistration(house, personRegistration(email));
    const send = async () => {
      const headers = { 'content-type': 'message/ohttp-req', prefer: 'respond-async, wait=10' };
      const response = await fetch(`${house.publicUrl}/relay`, { method: 'POST', headers, body: bytes });
      expect(response.status).toBe(200);
      const sealed = new Uint8Array(await response.arrayBuffer());
      const { status, body } = decodeResponse(await open(sealed));
      return { length: sealed.length, status, answer: JSON.parse(Buffer.from(body).toString()) };
    };
    const first = await send();
    const again = await send();
    expect(first).toMatchObject({ status: 200, answer: { accepted: true } });
    expect(again).toMatchObject({ status: 409, answer: { error: { code: 'replayed' } } });
    expect(again.length).toBe(first.length);
    expect((await arrivals(house, [email])).get(email)).toBe(1);
  });

  test('kill -9 of edge, vault and both databases, each twice, at random moments of some 200 registrations', async () => {
    const emails: string[] = [];
    const acknowledged = new Set<string>();
    let over = false;

    const victims = [
      () => house.edge?.pid(),
      () => house.vault?.pid(),
      () => house.engines.pids()['edge PostgreSQL'],
      () => house.engines.pids()['vault PostgreSQL'],
    ];
    const killer = (async () => {
      // Each victim at least once, in an order and at moments of chance.
      const order = [...victims, ...victims].sort(() => Math.random() - 0.5);
      for (const victim of order) {
        await new Promise((next) => setTimeout(next, 300 + Math.random() * 1500));
        await killWhenAlive(victim);
      }
      over = true;
    })();
    const worker = async (): Promise<void> => {
      const call = sealedClient(house);
      // However slow the machine: until all have died, and enough got through.
      while (!over || acknowledged.size <= 50) {
        const email = `killed-${emails.length}@example.org`;
        emails.push(email);
        const outcome = await call('POST /registrations', personRegistration(email), { waitSeconds: 2 });
        if (outcome.kind !== 'refused') acknowledged.add(email);
        await new Promise((next) => setTimeout(next, 250));
      }
    };
    await Promise.all([killer, ...Array.from({ length: 6 }, worker)]);

    await spoolEmpty(house);
    const counts = await arrivals(house, emails);
    const missing = [...acknowledged].filter((email) => counts.get(email) === 0);
    const twice = emails.filter((email) => (counts.get(email) ?? 0) > 1);
    expect({ missing, twice }).toEqual({ missing: [], twice: [] });
  }, 180_000);
});
