/**
 * The vault's half of a report: sealed items as the link brings them, opened, checked, stored once on a durable PostgreSQL, and
 * moved on into ClickHouse, and answered sealed; beside opening and sealing alone, which is the least it can cost. What the databases
 * spend is not counted by processor time, and is by the clock.
 * `npm run bench:reports`
 */

import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startHouseInTime } from '@avow/cli/improvement/simulation/house-in-time';
import { loadConfig } from '@avow/config/config';
import { encodeRequest } from '@avow/protocol/binary-http';
import { type Report, reportBytes } from '@avow/protocol/improvement/report';
import { reportRequest } from '@avow/protocol/improvement/report-request';
import { addWeeks, weekOf } from '@avow/protocol/improvement/weeks';
import { decodeKeyConfig } from '@avow/protocol/key-config';
import { MAX_LINK_ITEMS } from '@avow/protocol/link';
import { createGateway } from '@avow/protocol/opening/gateway';
import { padRequest } from '@avow/protocol/padding';
import { sealRequest } from '@avow/protocol/sealing/node-sealer';
import { recordResult } from './record-result.ts';

const REQUIRED_PER_CORE = 3_000;
const REPORTS = Number(process.env.REPORTS ?? 30_000);
const WARM_UP = 2_000;

const config = await loadConfig(join(import.meta.dirname, '..', 'examples', 'vendor', 'avow.config.ts'));
const house = await startHouseInTime(config, new Date());

interface Spent {
  wallSeconds: number;
  /** Of all threads of this process. */
  processorSeconds: number;
}

async function spend(work: () => Promise<void>): Promise<Spent> {
  const began = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallSeconds: (performance.now() - began) / 1000, processorSeconds: (user + system) / 1e6 };
}

const round = (value: number) => Math.round(value * 1000) / 1000;

try {
  const { receiveReports, gatewayKeys } = house.vault;
  if (!receiveReports) throw new Error('the vault takes no reports');
  const { active } = gatewayKeys.keySet();
  const key = decodeKeyConfig(new Uint8Array(Buffer.from(active, 'base64url')));
  const suite = config.suites[0];
  const week = addWeeks(weekOf(new Date()), -1);
  const application = suite?.applications[0]?.id ?? '';
  const starts = ['0', '1', '2', '3-5', '6-10', '11-20', '21-50', '51-100', '>100'] as const;
  const itemOf = (n: number) => {
    const report: Report = {
      fieldList: 1,
      week,
      nonce: randomBytes(16).toString('base64url'),
      facet: 'starts',
      product: suite?.id ?? '',
      application,
      starts: starts[n % starts.length] ?? '0',
    };
    const message = padRequest(encodeRequest(reportRequest(reportBytes(report), config.vendor.vaultName)));
    return { id: randomUUID(), body: Buffer.from(sealRequest(key, message).bytes) };
  };
  const items = Array.from({ length: WARM_UP + REPORTS }, (_, n) => itemOf(n));
  const calls = (all: typeof items) =>
    Array.from({ length: Math.ceil(all.length / MAX_LINK_ITEMS) }, (_, at) =>
      all.slice(at * MAX_LINK_ITEMS, (at + 1) * MAX_LINK_ITEMS),
    );
  const intake = async (all: typeof items) => {
    for (const call of calls(all)) await receiveReports(call, 'bench');
  };
  const gateway = createGateway({ keys: gatewayKeys.find, authority: config.vendor.vaultName, allows: () => true });
  const answer = { status: 200, headers: [], body: new TextEncoder().encode('{"accepted":true}') };
  const openAll = async (all: typeof items) => {
    for (const { body } of all) {
      const opened = gateway.open(body);
      if (!opened.ok) throw new Error(opened.refused);
      opened.seal(answer);
    }
  };

  await openAll(items.slice(0, WARM_UP));
  await intake(items.slice(0, WARM_UP));
  const measured = items.slice(WARM_UP);
  const opening = await spend(() => openAll(measured));
  const stored = await spend(() => intake(measured));
  const perCore = Math.round(REPORTS / stored.processorSeconds);
  const figures = {
    reports: REPORTS,
    atOnce: MAX_LINK_ITEMS,
    perCoreSecond: perCore,
    perSecondByTheClock: Math.round(REPORTS / stored.wallSeconds),
    openingAndSealingPerCoreSecond: Math.round(REPORTS / opening.processorSeconds),
    requiredPerCoreSecond: REQUIRED_PER_CORE,
  };
  const ratio = round(opening.processorSeconds / stored.processorSeconds);
  const summary = `${perCore} reports opened, checked, stored once, moved into ClickHouse and answered for each second of processor time of the vault, databases apart (${figures.perSecondByTheClock} a second by the clock, ${MAX_LINK_ITEMS} at a time); opening and sealing alone ${figures.openingAndSealingPerCoreSecond}; at least ${REQUIRED_PER_CORE} are required`;
  await recordResult({ name: 'reports', summary, ratio, figures });
  process.stdout.write(`${summary}\n`);
  process.exitCode = perCore >= REQUIRED_PER_CORE ? 0 : 1;
} finally {
  await house.stop();
}
