/** Reports on their way while programs and databases die: each that was acknowledged is counted, and each once. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { type Report, reportBytes } from '@avow/protocol/improvement/report';
import { reportRequest } from '@avow/protocol/improvement/report-request';
import { addWeeks, weekOf } from '@avow/protocol/improvement/weeks';
import { decodeKeyConfig } from '@avow/protocol/key-config';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import { callRelay, RelayUnreachable } from '@avow/protocol/sealing/relay-call';
import { createMover } from '@avow/vault/improvement/move-reports';
import { openClickHouse } from '@avow/vault/platform/clickhouse';
import { openVaultDatabase } from '@avow/vault/platform/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONFIG, startTestHouse, type TestHouse } from './house.ts';
import { killWhenAlive } from './kill.ts';

const REPORTS = 2_000;
let house: TestHouse;
let folder: string;

/** The example's configuration, but held reports leave every two seconds. */
async function impatientConfig(): Promise<string> {
  const file = join(folder, 'avow.config.ts');
  const statement = (language: string) => join(dirname(CONFIG), 'statement', `v8.${language}.md`);
  const files = JSON.stringify({ en: statement('en'), de: statement('de') });
  await writeFile(
    file,
    `import example from ${JSON.stringify(CONFIG)};
export default {
  ...example,
  edge: { heldReports: { atLeast: 300, atMostSeconds: 2 } },
  statement: { ...example.statement, files: ${files} },
};
`,
  );
  return file;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-impatient-'));
  house = await startTestHouse({}, await impatientConfig());
}, 120_000);

afterAll(async () => {
  await house?.remove();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

async function activeKey() {
  const keys: { current: { active: string } } = JSON.parse(await (await fetch(`${house.publicUrl}/keys.json`)).text());
  return decodeKeyConfig(new Uint8Array(Buffer.from(keys.current.active, 'base64url')));
}

test('kill -9 of edge, vault, both databases and ClickHouse while reports arrive: counts are exact (S3, S4)', async () => {
  const { suites, vendor } = await loadConfig(CONFIG);
  const product = suites[0]?.id ?? '';
  const week = addWeeks(weekOf(new Date()), -1);
  const key = await activeKey();
  const options = { sealer: createNodeSealer(), relay: `${house.publicUrl}/relay/reports`, keys: async () => key };
  const waiting = Array.from({ length: REPORTS }, () => {
    const nonce = randomBytes(16).toString('base64url');
    const report: Report = { fieldList: 1, week, nonce, facet: 'age', product, installed: week };
    return reportRequest(reportBytes(report), vendor.vaultName);
  });

  /** Until it is acknowledged, sealed anew each time, as the suite does. */
  const send = async (request: (typeof waiting)[number]): Promise<void> => {
    for (;;) {
      const answer = await callRelay(request, options, 0).catch((error: unknown) => {
        if (error instanceof RelayUnreachable) return null;
        throw error;
      });
      if (answer?.kind === 'accepted') return;
      await new Promise((next) => setTimeout(next, 200));
    }
  };
  const worker = async (): Promise<void> => {
    for (let request = waiting.pop(); request; request = waiting.pop()) await send(request);
  };

  const { engines } = house;
  const victims = [
    () => house.vault?.pid(),
    () => engines.pids()['vault PostgreSQL'],
    () => engines.pids().ClickHouse,
    () => house.edge?.pid(),
    () => engines.pids()['edge PostgreSQL'],
    () => house.vault?.pid(),
  ];
  const killer = (async () => {
    for (const victim of victims) {
      await new Promise((next) => setTimeout(next, 800 + Math.random() * 1_500));
      await killWhenAlive(victim);
    }
  })();
  await Promise.all([killer, ...Array.from({ length: 8 }, worker)]);

  const db = openVaultDatabase(engines.urls.vaultDatabase ?? '', 4);
  const clickhouse = openClickHouse(engines.urls.clickhouse ?? '');
  try {
    const known = async () => (await db.selectFrom('improvement_nonces').select('nonce').execute()).length;
    await expect.poll(known, { timeout: 150_000, interval: 1_000 }).toBe(REPORTS);
    await createMover({ db, clickhouse }).move();
    const answer = await clickhouse.query({
      query: 'SELECT count() AS n FROM improvement_reports',
      format: 'JSONEachRow',
    });
    const [row] = await answer.json<{ n: string }>();
    expect(Number(row?.n)).toBe(REPORTS);
  } finally {
    await Promise.all([db.destroy(), clickhouse.close()]);
  }
}, 300_000);
