/**
 * Registrations per second through the whole path (seal, relay, spool, link, open, store, answer), as a ratio to durable single-row
 * inserts into the same PostgreSQL with as many connections in the same run; and how alike known and unknown addresses answer.
 * `npm run bench:registrations`
 */

import { Pool } from 'pg';
import { caughtMails, linkIn, mailTo } from '../flows/caught-mail.ts';
import { startTestHouse, type TestHouse } from '../flows/house.ts';
import { personRegistration, sealedClient } from '../flows/submissions.ts';
import { recordResult } from './record-result.ts';

const CONNECTIONS = 32;
const SECONDS = 10;
const SIGN_INS = 100;

/** Runs `act` in CONNECTIONS loops for SECONDS; returns how often it succeeded per second. */
async function rate(act: (n: number) => Promise<void>): Promise<number> {
  let count = 0;
  let next = 0;
  const began = performance.now();
  const until = began + SECONDS * 1000;
  const loop = async (): Promise<void> => {
    while (performance.now() < until) {
      await act(next++);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  return (count * 1000) / (performance.now() - began);
}

async function inserts(house: TestHouse): Promise<number> {
  const pool = new Pool({ connectionString: house.engines.urls.edgeDatabase ?? '', max: CONNECTIONS });
  await pool.query('CREATE TABLE bench_rows (id int, body bytea)');
  const body = Buffer.alloc(2103);
  const perSecond = await rate(async (n) => {
    await pool.query('INSERT INTO bench_rows VALUES ($1, $2)', [n, body]);
  });
  await pool.query('DROP TABLE bench_rows');
  await pool.end();
  return perSecond;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Registers and confirms people, so that their addresses are known. */
async function makeKnown(house: TestHouse, register: (email: string) => Promise<void>): Promise<string[]> {
  const call = sealedClient(house);
  const emails = Array.from({ length: SIGN_INS }, (_, n) => `known-${n}@example.org`);
  for (const email of emails) await register(email);
  const vaultUrl = house.vault?.url ?? '';
  await mailTo(vaultUrl, emails.at(-1) ?? '');
  for (const mail of await caughtMails(vaultUrl)) {
    await call('POST /confirmations', { token: new URL(linkIn(mail, '/confirm')).hash.slice(1) });
  }
  return emails;
}

const house = await startTestHouse();
try {
  const call = sealedClient(house);
  const register = async (email: string): Promise<void> => {
    const outcome = await call('POST /registrations', personRegistration(email), { waitSeconds: 20 });
    if (outcome.kind !== 'answered') throw new Error(`not answered: ${JSON.stringify(outcome)}`);
  };
  const known = await makeKnown(house, register);
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  for (const [n, email] of known.entries()) {
    for (const kind of ['known', 'unknown'] as const) {
      const began = performance.now();
      await call('POST /sign-in-links', {
        email: kind === 'known' ? email : `nobody-${n}@example.org`,
        language: 'en',
      });
      times[kind].push(performance.now() - began);
    }
  }

  const registrations = await rate((n) => register(`bench-${n}@example.org`));
  const singleInserts = await inserts(house);
  const ratio = Number((registrations / singleInserts).toFixed(3));
  const known50 = median(times.known).toFixed(1);
  const unknown50 = median(times.unknown).toFixed(1);
  await recordResult({
    name: 'registrations',
    summary: `${Math.round(registrations)} registrations a second through the whole path; ${Math.round(singleInserts)} durable single-row inserts a second. Asking for a sign-in link: known address ${known50} ms, unknown ${unknown50} ms (medians of ${SIGN_INS})`,
    ratio,
    figures: {
      connections: CONNECTIONS,
      registrationsPerSecond: Math.round(registrations),
      insertsPerSecond: Math.round(singleInserts),
      signInKnownMedianMs: known50,
      signInUnknownMedianMs: unknown50,
    },
  });
} finally {
  await house.remove();
}
