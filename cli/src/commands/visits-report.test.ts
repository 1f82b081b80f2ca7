/** The weekly report as an operator asks for it, on real databases. */
import path from 'node:path';
import { type AvowConfig, loadConfig } from '@avow/config/config';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import { openTestMails, type TestMails } from '@avow/vault/visits/test-mails';
import { eventOf } from '@avow/vault/visits/test-traffic';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { visitsCommand } from './visits.ts';

const CONFIG = path.join(import.meta.dirname, '../../../examples/vendor/avow.config.ts');
let house: TestMails;
let config: AvowConfig;
let said: string[];

beforeAll(async () => {
  [house, config] = await Promise.all([openTestMails(createTestDatabase, createTestClickHouse), loadConfig(CONFIG)]);
  const views = Array.from({ length: 42 }, (_, index) => {
    const id = String(index + 1);
    return eventOf({ at: '2026-03-11T10:00:00Z', visit: id, visitor: id, firstInVisit: true, firstOfPath: true });
  });
  await house.insert(views);
});
beforeEach(() => {
  said = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text: unknown) => {
    said.push(String(text));
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => house.close());

function report(...flags: string[]) {
  const { clickhouse, vault } = house;
  const context = {
    openEdge: async () => Promise.reject(new Error('not needed')),
    openVault: async () => ({ ...vault, config, close: async () => {} }),
    openFigures: async () => ({ clickhouse, close: async () => {} }),
  };
  const command = visitsCommand(context).exitOverride();
  for (const one of command.commands) one.exitOverride().configureOutput({ writeErr: () => {} });
  return command.parseAsync(['report', ...flags], { from: 'user' });
}

test('the report of the week in which a day lies is printed', async () => {
  await report('--week', '2026-03-11');
  const [printed = ''] = said;
  expect(printed).toMatch(/^Visits of the week from 9 March 2026\n\nVisits from 9 March 2026 to 15 March 2026,/);
  expect(printed).toMatch(/^Visits +42 +0 +–$/m);
  expect(await house.takeMails()).toEqual([]);
  await report('--week', '2026-03-15', '--json');
  expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ from: '2026-03-09', to: '2026-03-15', empty: false });
});

test('it is mailed to those who are named, and to nobody else', async () => {
  const to = ['--to', 'one@nordlicht.example', 'two@nordlicht.example', 'one@nordlicht.example'];
  await report('--week', '2026-03-09', '--language', 'de', ...to);
  const mails = await house.takeMails();
  expect(mails.map((mail) => mail.to)).toEqual(['one@nordlicht.example', 'two@nordlicht.example']);
  expect(mails[0]?.content.subject).toBe('Besuche der Woche ab 9. März 2026');
  expect(said.join('')).toContain('queued for 2 addresses');
});

test('a week that is not over and a broken address are refused', async () => {
  await expect(report('--week', '2999-01-01')).rejects.toThrow('is not over');
  await expect(report('--to', 'nobody')).rejects.toThrow('an address such as');
  expect(await house.takeMails()).toEqual([]);
});
