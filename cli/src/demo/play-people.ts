/**
 * Invented people, products and serial batches, made by the vault's own code: `people.create`, consents, `generateSerials`, the
 * serial desk. The same seed makes the same people; keys and serials are random, as always.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicUrl } from '@avow/config/config';
import { openVaultDatabase, type VaultDatabase } from '@avow/vault/platform/database';
import { addDays, isoDay } from '@avow/vault/platform/day';
import { openOutbox } from '@avow/vault/platform/mail/outbox';
import { openPeriodKeys } from '@avow/vault/platform/period-keys';
import type { Services } from '@avow/vault/platform/services';
import { createProducts } from '@avow/vault/products/feature';
import { generateSerials } from '@avow/vault/products/generate-serials';
import { pino } from 'pino';
import type { VaultHandle } from '../vault-handle.ts';
import { COUNTRIES } from './countries.ts';
import { type InventedPerson, inventPerson } from './invented-person.ts';
import { createRandom, type Random, seedOf } from './random.ts';

export interface PlayedPeople {
  people: number;
  batches: number;
  serials: number;
  products: number;
  /** Second registrations, about which the owner of the serial is asked. */
  holds: number;
  /** Addresses that somebody had already: the same seed was played before. */
  known: number;
}

export interface PeoplePlay {
  people: number;
  batches: number;
  seed: number;
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/** Transactions at the same time, and people in each: commits share their way to the disk, and keys theirs. */
const AT_ONCE = 16;
const TOGETHER = 20;
const DAYS = 365;
const SERIALS_A_BATCH = 200;
/** One of so many products is registered by somebody else, too. */
const PRODUCTS_A_HOLD = 200;
/** A batch weighs about as much as so many people, for the bar. */
const BATCH_WEIGHT = 40;

export async function playPeople(vault: VaultHandle, play: PeoplePlay): Promise<PlayedPeople> {
  const { config, keyring, people } = vault;
  const db = openVaultDatabase(vault.vaultUrl, AT_ONCE);
  const clock = () => new Date();
  const services: Services = {
    config,
    db,
    keyring,
    people,
    mail: openOutbox({ config, keyring, periodKeys: openPeriodKeys(db, keyring), clock }),
    clock,
    publicUrl: publicUrl(config),
    log: pino({ enabled: false }),
  };
  const { desk } = createProducts(services);
  const played: PlayedPeople = { people: 0, batches: 0, serials: 0, products: 0, holds: 0, known: 0 };
  const total = play.batches * BATCH_WEIGHT + play.people;
  const serials = await playBatches(vault, play, played, (done) => play.onProgress(done * BATCH_WEIGHT, total));
  const today = isoDay(clock());
  const made: { personId: string; serial: string | undefined }[] = [];
  let next = 0;

  async function registerOne(tx: VaultDatabase, number: number): Promise<void> {
    const { random, person } = inventedPerson(play.seed, number);
    const day = addDays(today, -random.whole(DAYS));
    const owned = random.chance(0.6) ? serials.splice(-(random.chance(0.15) ? 2 : 1)) : [];
    const { country, language, fields } = person;
    const personId = await people.create(tx, { fields, country, language, act: 'registration', day });
    if (typeof personId !== 'string') {
      played.known += 1;
      return;
    }
    const given = random.chance(0.35);
    const statementVersion = config.statement.version;
    await people.recordConsent(tx, personId, { given, words: wordsIn(language), language, statementVersion, day });
    for (const serial of owned) {
      const versions = { discVersion: null, softwareVersion: `8.${random.whole(4)}.${random.whole(9)}` };
      await desk.claim(tx, { serial, personId, transferCode: null, statementVersion, day, ...versions });
    }
    made.push({ personId, serial: owned[0] });
    played.people += 1;
    played.products += owned.length;
  }

  async function registerSome(): Promise<void> {
    while (next < play.people) {
      play.signal.throwIfAborted();
      const from = next;
      next = Math.min(play.people, from + TOGETHER);
      const until = next;
      await db.transaction().execute(async (tx) => {
        for (let number = from; number < until; number++) await registerOne(tx, number);
      });
      play.onProgress(play.batches * BATCH_WEIGHT + played.people + played.known, total);
    }
  }

  /** Afterwards: two transactions that claim what the other one has would wait for each other. */
  async function claimTwice(): Promise<void> {
    const random = createRandom(seedOf('holds', play.seed));
    const owners = made.filter(({ serial }) => serial !== undefined);
    for (let left = Math.ceil(owners.length / PRODUCTS_A_HOLD); left > 0; left--) {
      play.signal.throwIfAborted();
      const [owner, other] = [random.one(owners), random.one(made)];
      const serial = owner?.serial;
      if (!other || serial === undefined || owner === other) continue;
      const claim = { serial, personId: other.personId, transferCode: null, discVersion: null, softwareVersion: null };
      const { held } = await db
        .transaction()
        .execute((tx) => desk.claim(tx, { ...claim, statementVersion: config.statement.version, day: today }));
      if (held) played.holds += 1;
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, registerSome));
    await claimTwice();
  } finally {
    await db.destroy();
  }
  return played;
}

/** Person `number` of a seed, and the chance by which everything else about that person falls. */
export function inventedPerson(seed: number, number: number): { random: Random; person: InventedPerson } {
  const random = createRandom(seedOf('people', seed, number));
  const country = random.weighted(COUNTRIES.map(({ code, share }) => [code, share]));
  return { random, person: inventPerson(random, number, seed, country) };
}

/** Returns the printed serials, in an order of the seed's. */
async function playBatches(
  vault: VaultHandle,
  { batches, seed, signal }: PeoplePlay,
  played: PlayedPeople,
  onBatch: (done: number) => void,
): Promise<string[]> {
  const random = createRandom(seedOf('batches', seed));
  const editions = vault.config.suites.flatMap((suite) =>
    suite.editions.map(({ id }) => ({ suite: suite.id, edition: id })),
  );
  const folder = await mkdtemp(join(tmpdir(), 'avow-demo-'));
  const all: string[] = [];
  try {
    for (let number = 0; number < batches; number++) {
      signal.throwIfAborted();
      const file = join(folder, `${number}.txt`);
      const count = sizeOf(random);
      const note = `Demo run ${number + 1}`;
      await generateSerials(vault, { ...random.one(editions), count, kind: 'unit', file, note });
      all.push(...(await readFile(file, 'utf8')).trimEnd().split('\n'));
      await rm(file);
      played.batches += 1;
      played.serials += count;
      onBatch(number + 1);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  for (let at = all.length - 1; at > 0; at--) {
    const other = random.whole(at + 1);
    [all[at], all[other]] = [all[other] ?? '', all[at] ?? ''];
  }
  return all;
}

function sizeOf(random: Random): number {
  return Math.max(10, Math.min(5_000, Math.round(random.around(SERIALS_A_BATCH, 0.6))));
}

const wordsIn = (language: 'en' | 'de'): string =>
  language === 'de' ? 'Nehmen Sie mich in die Mailingliste auf.' : 'Put me on the mailing list.';
