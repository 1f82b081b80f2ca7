/**
 * The example suite, from the vendor's manifest to the receipt: installed into a folder, asked on the installer's page (S1, S2, S7), registered
 * with a real house, confirmed by mail, the receipt kept and checked without a network.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeManifest } from '@avow/cli/suite/manifest';
import { loadConfig } from '@avow/config/config';
import { readPageFiles } from '@avow/control-center/page-files';
import { type ControlCenter, startControlCenter } from '@avow/control-center/server';
import { placeFiles } from '@avow/example-suite/place-files';
import type { SuiteManifest } from '@avow/sdk/manifest';
import { openSuite, type Suite } from '@avow/sdk/suite';
import { openPeople } from '@avow/vault/people/people';
import { openKeyringDatabase, openVaultDatabase } from '@avow/vault/platform/database';
import { openKeyring } from '@avow/vault/platform/keys/keyring';
import { loadMasterKey } from '@avow/vault/platform/keys/master-key';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOn } from './accessibility.ts';
import { launchBrowser } from './browser.ts';
import { CONFIG, startTestHouse, type TestHouse } from './house.ts';
import { openLocal } from './local-window.ts';
import { makeSerials } from './serials.ts';
import { confirmByMail, newVisitor, signIn } from './visitor.ts';

const PERSON = { HOME: '/home/ada', LANG: 'en_GB.UTF-8', PATH: process.env.PATH ?? '' };

let house: TestHouse;
let browser: Browser;
let folder: string;
let manifest: SuiteManifest;
let suite: Suite;
let center: ControlCenter;

beforeAll(async () => {
  [house, browser, folder] = await Promise.all([
    startTestHouse(),
    launchBrowser(),
    mkdtemp(join(tmpdir(), 'avow-suite-')),
  ]);
  await chmod(folder, 0o755);
  manifest = await placeFiles(join(folder, 'suite'), await vendorManifest(), ['disc', 'sound']);
  suite = openSuite(manifest, { folder: join(folder, 'home'), policyFile: join(folder, 'policy'), env: PERSON });
  center = await startControlCenter({ suite, files: await readPageFiles() });
}, 90_000);
afterAll(async () => {
  await center?.close();
  await Promise.all([house?.remove(), browser?.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** As `avow suite manifest` makes it. */
async function vendorManifest(): Promise<SuiteManifest> {
  const config = await loadConfig(CONFIG);
  const vaultUrl = house.engines.urls.vaultDatabase ?? '';
  const [db, keyringDb] = [
    openVaultDatabase(vaultUrl, 1),
    openKeyringDatabase(house.engines.urls.keyringDatabase ?? '', 1),
  ];
  const close = async () => void (await Promise.all([db.destroy(), keyringDb.destroy()]));
  try {
    const masterKey = await loadMasterKey(join(house.dataDir, 'vault', 'keys'));
    const keyring = await openKeyring({ db: keyringDb, masterKey });
    const vault = { config, db, keyringDb, vaultUrl, keyring, people: openPeople({ keyring }), close };
    const made = await makeManifest(vault, {
      suite: 'nordlicht-suite',
      discVersion: 'D-8.1.0',
      softwareVersion: '8.1.0.311',
    });
    return { ...made, edge: house.publicUrl };
  } finally {
    await close();
  }
}

test('asks on a page what the statement says, registers for real, and keeps a receipt that is checked offline', async () => {
  const [serial = ''] = await makeSerials(house, 1);
  const { page, complaints, asked } = await openLocal(browser, center.installUrl);
  await page.waitForSelector('#turn-on');
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.locator('#mailing').isChecked()).toBe(false);
  expect(suite.keptFiles()).toEqual([]);

  await page.click('#turn-on');
  await page.waitForSelector('#programme .told.good');

  await page.click('#registration form button[type=submit]');
  await page.waitForSelector('#email-wrong');
  expect(await violationsOn(page)).toEqual([]);
  await page.fill('#givenName', 'Ada');
  await page.fill('#familyName', 'Brandt');
  await page.fill('#email', 'ada.suite@example.org');
  await page.selectOption('#country', 'DE');
  await page.fill('#serial', serial);
  await page.check('#mailing');
  await page.click('#registration form button[type=submit]');
  await page.waitForSelector('#registration .told.good');
  expect(suite.registration()).toMatchObject({ state: 'sent', subscribed: true });
  await page.click('#finish');
  await page.waitForSelector('[role=status]');
  await center.finished;
  expect(complaints).toEqual([]);
  expect(asked.filter((address) => !address.startsWith(new URL(center.url).origin))).toEqual([]);

  const visitor = await newVisitor(house, browser);
  await confirmByMail(house, visitor, 'ada.suite@example.org');
  await signIn(house, visitor, 'ada.suite@example.org');
  const text = await visitor.page.locator('main').textContent();
  expect(text).toContain('8.1.0.311');
  expect(text).toContain('D-8.1.0');
  const [download] = await Promise.all([
    visitor.page.waitForEvent('download'),
    visitor.page.locator('a[download]').first().click(),
  ]);
  const receipt = await readFile(await download.path(), 'utf8');
  await visitor.close();

  await page.goto(`${new URL(center.url).origin}/`);
  await page.fill('#receipt', receipt);
  await page.click('#registration form button[type=submit]');
  await page.waitForSelector('#registration .told.good');
  expect(await page.locator('#registration').textContent()).toContain('Genuine, and for this product');
  await house.stop();
  expect(await suite.checkReceipt()).toBe('genuine');
  await page.reload();
  await page.waitForSelector('#registration .standing.on');
}, 120_000);

test('writes nothing at an application’s start while nothing was decided (S2)', async () => {
  const start = (env: NodeJS.ProcessEnv) =>
    promisify(execFile)(process.execPath, [join(folder, 'suite', 'sound.mjs')], { env });
  const state = join(folder, 'state');
  const { stdout } = await start({ ...PERSON, XDG_STATE_HOME: state });
  expect(stdout).toContain('sound <file.wav>');
  // The installer tells the suite which applications the person chose, not which there are.
  const written = JSON.parse(await readFile(join(folder, 'suite', 'avow-suite.json'), 'utf8'));
  expect(written.installed).toEqual(['disc', 'sound']);
  const other = openSuite(manifest, { folder: join(state, manifest.suite), env: PERSON });
  expect(other.keptFiles()).toEqual([]);
});
