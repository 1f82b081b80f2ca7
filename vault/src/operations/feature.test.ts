import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { createTestDatabase } from '@avow/engines/testing';
import type { OperationsRoutes, OperationsState, Settings, SettingsCheck } from '@avow/protocol/staff/operations';
import { ROLES, type Role } from '@avow/protocol/staff/roles';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordTaskRun } from '../platform/task-runs.ts';
import { openTestProducts, type TestProducts } from '../products/test-products.ts';
import { openTestStaff, type TestStaff } from '../test-staff.ts';
import { createOperations, type OperationsDesk } from './feature.ts';
import { settingsOf } from './settings.ts';

type Browser = Awaited<ReturnType<TestStaff['member']>>;

const EXAMPLE = join(import.meta.dirname, '../../../examples/vendor/avow.config.ts');

let house: TestProducts;
let staff: TestStaff;
let administrator: Browser;
let folder: string;
let file: string;
const asked: string[] = [];

beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
  // Beside the example, so that its imports are found.
  folder = await mkdtemp(join(import.meta.dirname, '../../../examples/vendor/checked-'));
  file = join(folder, 'avow.config.ts');
  const services = { ...house.services, config: await loadConfig(EXAMPLE) };
  const desk: OperationsDesk = {
    keyringDb: house.keyringDb,
    clickhouse: null,
    keysDir: house.keysDir,
    caughtMail: true,
    configFile: file,
    edges: ['http://127.0.0.1:8080'],
    links: () => [],
    tasks: () => house.products.schedule,
    runTask: async (name) => asked.push(name) > 0,
    rollUps: null,
    retrySetAside: async () => 0,
    features: () => [house.products],
  };
  const operations = createOperations(services, desk);
  staff = await openTestStaff(house, { routes: operations.staffRoutes });
  administrator = await staff.member('administrator');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await house.close();
});
beforeEach(() => copyFile(EXAMPLE, file));

const state = () => administrator.answer<OperationsState>('GET', '/operations');

describe('the state of the house', () => {
  test('tells versions, sizes, room and keys, and nothing of anybody', async () => {
    await house.person('operations-subject');
    const told = await state();
    expect(told.engines).toMatchObject([
      { name: 'vault', state: 'reachable', version: expect.stringMatching(/^\d+/), bytes: expect.any(Number) },
      { name: 'keyring', state: 'reachable' },
      { name: 'clickhouse', state: 'not configured' },
    ]);
    expect(told.disk?.totalBytes).toBeGreaterThan(0);
    expect(told.keys).toMatchObject({ masterKey: { day: expect.any(String) } });
    expect(told.keys.dataKeys).toBeGreaterThan(0);
    expect(JSON.stringify(told)).not.toContain('operations-subject');
  });

  test('says honestly that there was never a backup, and on which day the last one was', async () => {
    expect((await state()).alarms.map(({ code }) => code)).toContain('backup-never');
    const marker = join(house.keysDir, '..', 'last-backup.json');
    await writeFile(marker, JSON.stringify({ day: house.today() }));
    expect((await state()).backup.lastDay).toBe(house.today());
    await writeFile(marker, '{"day":"soon"}');
    expect((await state()).backup.lastDay).toBeNull();
    await rm(marker);
  });

  test('tells of each task when it ran, whether it failed, and what went', async () => {
    const task = 'products.forgetWhatExpired';
    const day = house.today();
    await recordTaskRun(house.db, { task, day, failed: true, gone: null });
    expect((await state()).alarms).toContainEqual({ code: 'task-failed', level: 'soon', about: { task } });
    await recordTaskRun(house.db, { task, day, failed: false, gone: 3 });
    await recordTaskRun(house.db, { task, day, failed: false, gone: 4 });
    const told = await state();
    expect(told.tasks.find(({ name }) => name === task)).toMatchObject({
      lastDay: day,
      ran: 3,
      failed: 1,
      lastFailed: false,
      gone: 7,
    });
    expect(told.alarms.some(({ code }) => code === 'task-failed')).toBe(false);
  });
});

describe('mails in trouble', () => {
  test('are listed without address and contents, and sent again when somebody wants it', async () => {
    const tx = house.db;
    const content = { subject: 'Secret', paragraphs: ['words'], language: 'en' as const };
    await house.services.mail.queueMail(tx, { to: 'who@example.org', content, dataKeyId: null, purpose: 'a test' });
    const { id } = await tx.selectFrom('mails').select('id').where('purpose', '=', 'a test').executeTakeFirstOrThrow();
    const again = `/operations/mails/${id}/send-again`;
    // One that is on its way is nobody's to send again.
    expect(await administrator.refusal('POST', again, {})).toBe('404 not_found');
    await tx.updateTable('mails').set({ state: 'unknown', attempts: 2 }).where('id', '=', id).execute();
    const text = await (await administrator.request('GET', '/operations/mails')).text();
    expect(JSON.parse(text)).toMatchObject({ mails: [{ id, purpose: 'a test', state: 'unknown', attempts: 2 }] });
    expect(text).not.toMatch(/who@|Secret|words/);
    expect(await administrator.answer('POST', again, {})).toEqual({ queued: true });
    expect(await tx.selectFrom('mails').select('state').where('id', '=', id).executeTakeFirst()).toEqual({
      state: 'queued',
    });
    const acts = await tx.selectFrom('audit_log').select('act').where('about', '=', id).execute();
    expect(acts).toEqual([{ act: 'mail-sent-again' }]);
  });
});

describe('settings', () => {
  test('are those in force, with everything that is kept', async () => {
    const told = await administrator.answer<Settings>('GET', '/settings');
    expect(told).toMatchObject({ file, vendor: { name: 'Nordlicht Software' }, timeZone: 'Europe/Berlin' });
    expect(told.sites.map(({ id }) => id)).toEqual(['main', 'labs', 'media']);
    expect(told.retention).toContainEqual({ name: 'retention.sentMailDays', site: null, days: 30 });
    expect(told.keeps.map(({ table }) => table)).toContain('serial_batches');
  });

  test('tell how long single events are kept, of the house and of sites that say something else', () => {
    const { config } = house.services;
    const [first, ...others] = config.sites;
    if (!first) throw new Error('no site');
    const sites = [{ ...first, collect: { ...first.collect, rawDays: 30 } }, ...others];
    const place = { configFile: null, edges: [], publicUrl: '' };
    const { retention } = settingsOf({ ...config, sites }, place, []);
    expect(retention.filter(({ name }) => name.endsWith('rawDays'))).toEqual([
      { name: 'visits.rawDays', site: null, days: config.visits.rawDays },
      { name: 'sites.collect.rawDays', site: first.name, days: 30 },
    ]);
  });

  const check = () => administrator.answer<SettingsCheck>('POST', '/settings/check', {});

  test('a file that was not changed changes nothing', async () => {
    expect(await check()).toEqual({ usable: true, problems: [], changes: [] });
  });

  test('what a restart would change is told before it', async () => {
    const text = await readFile(file, 'utf8');
    const changed = text.replace("timeZone: 'Europe/Berlin'", "timeZone: 'UTC', retention: { sentMailDays: 7 }");
    await writeFile(file, changed);
    expect(await check()).toEqual({
      usable: true,
      problems: [],
      changes: [
        { path: 'timeZone', inForce: 'Europe/Berlin', inFile: 'UTC' },
        { path: 'retention.sentMailDays', inForce: '30', inFile: '7' },
      ],
    });
  });

  test.each([
    ['a value that is none', (text: string) => text.replace("vaultName: 'vault", "vaultNmae: 'vault"), 'vaultNmae'],
    ['text that is no program', () => 'export default {', 'cannot be read'],
    ['nothing', () => '', 'whole file'],
  ])('%s is told with its place', async (_what, change, named) => {
    await writeFile(file, change(await readFile(file, 'utf8')));
    const told = await check();
    expect(told.usable).toBe(false);
    expect(told.problems.join('\n')).toContain(named);
  });
});

describe('who may do what', () => {
  const routes: [keyof OperationsRoutes, object | undefined][] = [
    ['GET /operations', undefined],
    ['GET /operations/mails', undefined],
    ['POST /operations/set-aside/retry', {}],
    ['POST /operations/tasks/run', { name: 'products.forgetWhatExpired' }],
    ['GET /settings', undefined],
  ];
  const needs = (route: string) =>
    route.endsWith('/settings') ? 'settings:read' : route.startsWith('GET') ? 'operations:read' : 'operations:write';

  test.each(Object.keys(ROLES) as Role[])('%s', async (role) => {
    const browser = await staff.member(role);
    const permissions: readonly string[] = ROLES[role];
    for (const [route, body] of routes) {
      const [method = '', path = ''] = route.split(' ');
      const { status } = await browser.request(method, path, body);
      expect(status, route).toBe(permissions.includes(needs(route)) ? 200 : 403);
    }
  });

  test('a task that does not exist is not run', async () => {
    expect(await administrator.refusal('POST', '/operations/tasks/run', { name: 'no.such' })).toBe('404 not_found');
    expect(asked).not.toContain('no.such');
  });
});
