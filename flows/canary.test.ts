import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrivals, spoolEmpty } from './arrivals.ts';
import { linkIn, mailTo } from './caught-mail.ts';
import { findInDatabase, findInFolder, findInMemory, shapesOf } from './find-marks.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { personRegistration, sealedClient } from './submissions.ts';

let house: TestHouse;
/** No part of it is ever written in this file, so that finding it anywhere means that it came from the forms. */
const mark = `kanari${randomBytes(6).toString('hex')}`;
const shapes = shapesOf(mark);

beforeAll(async () => {
  house = await startTestHouse();
  const call = sealedClient(house);
  const emails = Array.from({ length: 100 }, (_, n) => `${mark}-${n}@example.org`);
  // Half of them while the vault is away, so that the spool has to keep them.
  await Promise.all(emails.slice(0, 50).map((email) => call('POST /registrations', marked(email))));
  await house.vault?.stop();
  await Promise.all(emails.slice(50).map((email) => call('POST /registrations', marked(email), { waitSeconds: 1 })));
  expect(await findInMemory(house.edge?.pid() ?? 0, shapes)).toMatchObject({ found: [] });
  await house.vault?.start();
  await spoolEmpty(house);
  expect([...(await arrivals(house, emails)).values()]).toEqual(emails.map(() => 1));
  for (const email of emails.slice(0, 5)) {
    const mail = await mailTo(house.vault?.url ?? '', email, '/confirm');
    const token = new URL(linkIn(mail, '/confirm')).hash.slice(1);
    expect(await call('POST /confirmations', { token })).toMatchObject({ kind: 'answered' });
  }
}, 180_000);

afterAll(async () => {
  await house?.remove();
});

function marked(email: string) {
  return personRegistration(email, {
    givenName: mark,
    familyName: `Von ${mark}`,
    address: { country: 'DE', streetAddress: `${mark}weg 4`, postalCode: '20095', locality: mark },
  });
}

describe('a hundred people with marked names registered; the mark is not (W6, W7)', () => {
  test('in the data folder of the edge, its database files and write-ahead log included', async () => {
    expect(await findInFolder(join(house.dataDir, 'edge'), shapes)).toEqual([]);
  });

  test('in the dump of its database', async () => {
    expect(await findInDatabase(house.engines.urls.edgeDatabase ?? '', shapes)).toEqual([]);
  });

  test('in the logs of either program', () => {
    expect(house.log.length).toBeGreaterThan(0);
    expect(house.log.filter((line) => line.includes(mark))).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('in the memory of the edge', async () => {
    const { found, bytes } = await findInMemory(house.edge?.pid() ?? 0, shapes);
    expect(found).toEqual([]);
    expect(bytes).toBeGreaterThan(20_000_000);
  });

  test('in the dump of the main database of the vault, without the keyring', async () => {
    expect(await findInDatabase(house.engines.urls.vaultDatabase ?? '', shapes)).toEqual([]);
  });

  test('in the database files of the vault', async () => {
    expect(await findInFolder(join(house.dataDir, 'vault', 'postgres'), shapes)).toEqual([]);
  });
});

describe('the search itself finds', () => {
  test.skipIf(process.platform !== 'linux')('the mark in the memory of the process that sent it', async () => {
    expect((await findInMemory(process.pid, shapes)).found.length).toBeGreaterThan(0);
  });

  test('the mark in the caught mails', async () => {
    expect((await findInFolder(join(house.dataDir, 'vault', 'caught-mail'), shapes)).length).toBeGreaterThan(0);
  });

  test('a sealed body in the files of the edge, before the vault takes it', async () => {
    // The edge writes what it is given: were the body not sealed, the searches above would see it.
    const plain = Buffer.from(`plain ${randomBytes(8).toString('hex')}`);
    const body = Buffer.concat([plain, Buffer.alloc(2048 + 55 - plain.length)]);
    await house.vault?.stop();
    const headers = { 'content-type': 'message/ohttp-req', prefer: 'respond-async, wait=0' };
    const response = await fetch(`${house.publicUrl}/relay`, { method: 'POST', headers, body });
    expect(response.status).toBe(202);
    expect((await findInFolder(join(house.dataDir, 'edge'), [plain])).length).toBeGreaterThan(0);
  });
});
