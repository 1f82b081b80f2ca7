/** A suite on somebody's machine and the whole house: product registration with its receipt, and a week of reports. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublishedConfigurations } from '@avow/protocol/improvement/configuration';
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import { createSealedFetch } from '@avow/protocol/sealing/sealed-fetch';
import { createVerifiedKeys } from '@avow/protocol/sealing/verified-keys';
import type { SuiteManifest } from '@avow/sdk/manifest';
import { openSuite, type Suite } from '@avow/sdk/suite';
import { PERSON_ENV } from '@avow/sdk/test-suite';
import { openKeyringDatabase } from '@avow/vault/platform/database';
import { openKeyring } from '@avow/vault/platform/keys/keyring';
import { loadMasterKey } from '@avow/vault/platform/keys/master-key';
import { receiptKey } from '@avow/vault/platform/keys/receipt-key';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkWithCode, mailTo } from './caught-mail.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { makeSerials } from './serials.ts';

const DAY_MS = 86_400_000;

let house: TestHouse;
let serial: string;
let manifest: SuiteManifest;
let folder: string;
let suite: Suite;
let time: Date;

async function receiptPublicKey(): Promise<string> {
  const db = openKeyringDatabase(house.engines.urls.keyringDatabase ?? '', 1);
  try {
    const masterKey = await loadMasterKey(join(house.dataDir, 'vault', 'keys'));
    return (await receiptKey(await openKeyring({ db, masterKey }))).rawPublicKey;
  } finally {
    await db.destroy();
  }
}

/** The vault publishes the configuration over the link some moments after the start. */
async function publishedConfiguration(): Promise<PublishedConfigurations> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const response = await fetch(`${house.publicUrl}/improvement/config.json`);
    if (response.ok) return (await response.json()) as PublishedConfigurations;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error('no configuration was published');
}

beforeAll(async () => {
  house = await startTestHouse();
  [serial = ''] = await makeSerials(house, 1);
  const { current } = await publishedConfiguration();
  const product = current.products.find(({ id }) => id === 'nordlicht-suite');
  manifest = {
    suite: 'nordlicht-suite',
    name: 'Nordlicht Suite',
    version: product?.versions.at(-1) ?? '8.0',
    edge: house.publicUrl,
    vaultName: house.vaultName,
    rootPublicKey: house.keys.rootPublicKey,
    receiptPublicKey: await receiptPublicKey(),
    statementVersion: 8,
    discVersion: 'D-8.3',
    softwareVersion: '8.3.2.1',
    applications: (product?.applications ?? []).map(({ id, name }, number) => ({ id, name, number })),
    installed: ['disc', 'photo'],
    installedAt: '2025-03-04T10:11:12Z',
    configuration: current,
  };
  folder = mkdtempSync(join(tmpdir(), 'avow-suite-'));
  suite = openSuite(manifest, {
    folder,
    env: PERSON_ENV,
    clock: () => time,
    pause: async () => {},
    policyFile: join(folder, 'policy'),
  });
}, 120_000);

afterAll(async () => {
  if (folder) rmSync(folder, { recursive: true, force: true });
  await house?.remove();
});

async function rowsOf<R extends object>(url: string | null, sql: string): Promise<R[]> {
  const client = new Client({ connectionString: url ?? '' });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('product registration from the suite (S1, S7)', () => {
  const email = 'cleo.sander@example.org';
  const dialog = {
    givenName: 'Cleo',
    familyName: 'Sander',
    email,
    country: 'DE',
    mailing: { subscribed: false, words: 'Send me special offers and updates by e-mail.' },
    language: 'en',
  } as const;

  test('arrives once however often the same words are sent, and the receipt is kept and verified offline', async () => {
    time = new Date();
    for (let again = 0; again < 3; again++) {
      expect(await suite.register({ ...dialog, serial })).toEqual({ kind: 'registered' });
    }
    const mail = await mailTo(house.vault?.url ?? '', email, linkWithCode('/confirm'));
    const pending = await rowsOf<{ count: number }>(
      house.engines.urls.vaultDatabase,
      'SELECT count(*)::int AS count FROM pending_registrations',
    );
    expect(pending).toEqual([{ count: 1 }]);

    // The person follows the link of the mail, in whatever browser; there the receipt is shown.
    const token = /#([0-9A-Z]{26})\b/.exec(mail.text)?.[1] ?? '';
    const call = createSealedFetch({
      sealer: createNodeSealer(),
      relay: `${house.publicUrl}/relay`,
      keys: createVerifiedKeys({
        url: `${house.publicUrl}/keys.json`,
        rootPublicKey: Buffer.from(house.keys.rootPublicKey, 'base64url'),
      }),
      authority: house.vaultName,
    });
    const confirmed = await call('POST /confirmations', { token });
    if (confirmed.kind !== 'answered') throw new Error(confirmed.kind);
    const receipt: RegistrationReceipt | null = confirmed.answer.receipt;
    expect(await suite.addReceipt(receipt)).toBe('genuine');
    const forged = receipt?.signature.replace(/^./, (first) => (first === 'x' ? 'y' : 'x'));
    expect(await suite.addReceipt({ ...receipt, signature: forged })).toBe('not-genuine');
    expect(await suite.checkReceipt()).toBe('genuine');
    expect(suite.registration()).toMatchObject({ state: 'sent', subscribed: false, receipt });
  });

  test('tells what the private server says of a serial that it never issued', async () => {
    const mistyped = serial.replace(/^./, (first) => (first === 'Z' ? 'Y' : 'Z'));
    expect(await suite.register({ ...dialog, serial: mistyped })).toMatchObject({
      kind: 'refused',
      error: { fields: { serial: { code: 'serial_mistyped' } } },
    });
  });
});

describe('a week of the Improvement Programme', () => {
  test('is counted here, held and shuffled by the edge, and taken by the vault (S3, S4)', async () => {
    const now = new Date();
    time = new Date(now.getTime() - 35 * DAY_MS);
    expect(await suite.turnOn(manifest.configuration.fieldList)).toEqual({ done: true });
    time = new Date(now.getTime() - 14 * DAY_MS);
    for (let start = 0; start < 4; start++) suite.countStart('photo');
    time = new Date(now.getTime() - 5 * DAY_MS);
    await suite.wake();
    time = now;
    let woken = await suite.wake();
    for (let round = 0; round < 10 && woken.sent > 0; round++) woken = await suite.wake();
    const left = suite.sentLog();
    expect(left.intact).toBe(true);
    const bodies = left.entries.flatMap((entry) => (entry.event === 'leaving' ? [JSON.parse(entry.body)] : []));
    const events = left.entries.filter(({ event }) => event !== 'leaving').map(({ event }) => event);
    expect(new Set(events)).toEqual(new Set(['accepted']));
    expect(bodies.length).toBeGreaterThanOrEqual(manifest.configuration.schedule.messages);

    const held = await rowsOf<{ bytes: number }>(
      house.engines.urls.edgeDatabase,
      "SELECT octet_length(body) AS bytes FROM spool_items WHERE lane = 'held'",
    );
    expect(held).toHaveLength(bodies.length);
    expect(new Set(held.map(({ bytes }) => bytes)).size).toBe(1);
    // The round of the clock, which comes every ten minutes.
    await rowsOf(house.engines.urls.edgeDatabase, "UPDATE spool_items SET lane = 'mixed' WHERE lane = 'held'");
    const told = bodies.filter(({ facet }) => facet !== 'none').map(({ nonce }) => nonce);
    const taken = () =>
      rowsOf<{ nonce: Buffer }>(house.engines.urls.vaultDatabase, 'SELECT nonce FROM improvement_nonces');
    await expect.poll(async () => (await taken()).length, { timeout: 60_000 }).toBe(told.length);
    expect((await taken()).map(({ nonce }) => nonce.toString('base64url')).sort()).toEqual(told.sort());
  }, 120_000);
});
