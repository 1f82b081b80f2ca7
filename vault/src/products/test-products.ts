/** A vault with products alone, for the tests of this folder: real databases, keyring and outbox, and a clock to turn. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AvowConfig, parseConfig } from '@avow/config/config';
import type { Language } from '@avow/protocol/refusals';
import type { SealedRouteName, SealedRoutes } from '@avow/protocol/sealed-routes';
import { pino } from 'pino';
import { openSession } from '../people/sessions.ts';
import { isoDay } from '../platform/day.ts';
import type { SealedContext } from '../platform/feature.ts';
import { MAIL_CONTEXT, type MailLetter, openOutbox } from '../platform/mail/outbox.ts';
import { openPeriodKeys } from '../platform/period-keys.ts';
import type { Services } from '../platform/services.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import type { ClaimResult, SerialClaim } from './desk.ts';
import { createProducts } from './feature.ts';
import { generateSerials, type SerialHouse } from './generate-serials.ts';

export function testConfig(): AvowConfig {
  return parseConfig(
    {
      vendor: {
        name: 'Nordlicht Software',
        contactEmail: 'privacy@nordlicht.example',
        postalAddress: ['Speicherstraße 12'],
        vaultName: 'vault.nordlicht.example',
      },
      sites: [
        {
          id: 'main',
          name: 'Nordlicht',
          hosts: ['localhost'],
          accent: { light: '#000', dark: '#fff' },
          tagline: { en: 'x', de: 'x' },
        },
      ],
      suites: [
        {
          id: 'nordlicht-suite',
          name: 'Nordlicht Suite',
          version: '8',
          productCode: 8,
          editions: [
            { id: 'standard', name: 'Standard', code: 2 },
            { id: 'studio', name: 'Studio', code: 3 },
          ],
          applications: [],
          legacySerialPattern: 'NS[0-9]-[0-9]{6}-[A-Z]{2}',
        },
      ],
      statement: { version: 8, effective: '2026-11-23', files: { en: 'en.md', de: 'de.md' } },
      mail: { from: 'Nordlicht Software <privacy@nordlicht.example>' },
    },
    '/',
  );
}

export interface TestProducts extends TestVault, SerialHouse {
  services: Services;
  products: ReturnType<typeof createProducts>;
  folder: string;
  /** Moves the clock. */
  passDays(days: number): void;
  today(): string;
  person(name: string, language?: Language): Promise<string>;
  serials(count: number, kind?: 'unit' | 'pressed'): Promise<string[]>;
  serial(kind?: 'unit' | 'pressed'): Promise<string>;
  check(serial: string, transferCode?: string): Promise<string>;
  claim(personId: string, serial: string, more?: Partial<SerialClaim>): Promise<ClaimResult>;
  /** Calls a sealed route, signed in as the person where one is given. */
  call<R extends SealedRouteName>(
    route: R,
    body: SealedRoutes[R]['body'],
    more?: { as?: string; awaited?: boolean },
  ): Promise<object>;
  /** Mails queued since the last call. */
  newMails(): Promise<MailLetter[]>;
  held(personId: string): Promise<Record<string, unknown>[]>;
}

export async function openTestProducts(createDatabase: Parameters<typeof openTestVault>[0]): Promise<TestProducts> {
  const vault = await openTestVault(createDatabase);
  const { db, keyring, people } = vault;
  const config = testConfig();
  const folder = await mkdtemp(join(tmpdir(), 'avow-serials-'));
  let offset = 0;
  const clock = () => new Date(Date.now() + offset);
  const today = () => isoDay(clock());
  const mail = openOutbox({ config, keyring, periodKeys: openPeriodKeys(db, keyring), clock });
  const publicUrl = 'https://nordlicht.example';
  const services: Services = { config, db, keyring, people, mail, clock, publicUrl, log: pino({ enabled: false }) };
  const products = createProducts(services);
  const house: SerialHouse = { config, keyring, vaultUrl: vault.vaultUrl };
  const read = new Set<string>();
  let files = 0;

  async function serials(count: number, kind: 'unit' | 'pressed' = 'unit'): Promise<string[]> {
    const file = join(folder, `${files++}.txt`);
    await generateSerials(house, { suite: 'nordlicht-suite', edition: 'studio', count, kind, file });
    return (await readFile(file, 'utf8')).trimEnd().split('\n');
  }

  return {
    ...vault,
    ...house,
    services,
    products,
    folder,
    today,
    serials,
    passDays(days) {
      offset += days * 86_400_000;
    },
    async person(name, language = 'en') {
      const fields = { email: `${name}@example.org`, givenName: name };
      const made = await db
        .transaction()
        .execute((tx) => people.create(tx, { fields, language, country: 'DE', act: 'registration', day: today() }));
      if (typeof made !== 'string') throw new Error('there is such a person already');
      return made;
    },
    async serial(kind) {
      return (await serials(1, kind))[0] ?? '';
    },
    async check(serial, transferCode) {
      const checked = await db.transaction().execute((tx) => products.desk.check(tx, serial, transferCode ?? null));
      return checked.ok ? 'ok' : checked.code;
    },
    claim(personId, serial, more = {}) {
      const claim = { transferCode: null, discVersion: null, softwareVersion: null, statementVersion: 8, day: today() };
      return db.transaction().execute((tx) => products.desk.claim(tx, { ...claim, personId, serial, ...more }));
    },
    async call(route, body, { as, awaited = true } = {}) {
      const handler = products.accepts.find((one) => one.route === route);
      if (!handler) throw new Error(`no handler for ${route}`);
      return db.transaction().execute(async (tx) => {
        const bearer = as === undefined ? null : await openSession(tx, as, clock());
        const context: SealedContext = { tx, language: 'en', bearer, awaited, today: today() };
        return handler.handle(handler.body.parse(body), context);
      });
    },
    async newMails() {
      const rows = await db.selectFrom('mails').selectAll().execute();
      const fresh = rows.filter((row) => !read.has(row.id));
      const letters: MailLetter[] = [];
      for (const row of fresh) {
        read.add(row.id);
        const key = await keyring.dataKey(row.data_key_id);
        letters.push(JSON.parse(key.decrypt(row.content, MAIL_CONTEXT)));
      }
      return letters;
    },
    async held(personId) {
      const told = await db.transaction().execute((tx) => products.tellPerson(tx, personId));
      return (told.products ?? []).map(({ receipt, ...rest }) => ({ ...rest, receipt: receipt !== null }));
    },
    async close() {
      await vault.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
