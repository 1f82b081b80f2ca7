/** The Control Center in a terminal: nothing is agreed to by pressing Enter or by going away (S2, S7), in the person's language. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { createTestSuite, createVendor, PERSON_ENV, type TestSuite } from '@avow/sdk/test-suite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 120_000 });

const PROGRAM = fileURLToPath(import.meta.resolve('@avow/control-center/main'));
const ENTER = '\r';
/** As good as the arrow, which is three bytes that may come apart. */
const DOWN = 'j';
const CANCEL = '\x03';

let machine: TestSuite;
let folder: string;
let program: ChildProcess;
let screen = '';

beforeEach(() => {
  machine = createTestSuite(createVendor());
  folder = join(machine.home.folder, '..', 'terminal');
});
afterEach(() => {
  program.kill('SIGKILL');
  machine.remove();
});

function start(language: 'en' | 'de'): void {
  const manifest = join(machine.home.folder, '..', 'avow-suite.json');
  writeFileSync(manifest, JSON.stringify({ ...machine.manifest, legacySerialPattern: 'OLD-\\d{4}' }));
  const args = [PROGRAM, '--terminal', '--manifest', manifest, '--folder', folder, '--language', language];
  screen = '';
  program = spawn(process.execPath, args, { env: { ...PERSON_ENV, PATH: process.env.PATH } });
  program.stdout?.on('data', (chunk) => (screen += stripVTControlCharacters(String(chunk))));
}

/** Waits for `words` on the screen after what was waited for before, and answers with `keys`. */
async function answer(words: string, keys: string): Promise<void> {
  await expect.poll(() => screen, { timeout: 60_000 }).toContain(words);
  screen = screen.slice(screen.indexOf(words) + words.length);
  program.stdin?.write(keys);
}

/** The entry `place` of the menu. */
const choose = (place: number): Promise<void> => answer('Enter: confirm', DOWN.repeat(place) + ENTER);

const choiceOf = async () => (await machine.again({ folder }).participation()).choice;

test('Enter alone agrees to nothing, and the keys are named in German', async () => {
  start('de');
  await answer('↑/↓ bewegen • Eingabetaste: bestätigen', ENTER);
  await answer('Nicht teilnehmen', ENTER);
  await answer('Sie nehmen nicht teil.', '');
  expect(await choiceOf()).toBe('off');
});

test('who goes away has decided nothing', async () => {
  start('en');
  await choose(0);
  await answer('Do not take part', CANCEL);
  await answer('○ Leave', '');
  expect(await choiceOf()).toBe('undecided');
  expect(machine.again({ folder }).keptFiles()).toEqual([]);
});

test('the choice about the mailing list is no until somebody says yes', async () => {
  start('en');
  await choose(3);
  for (const [label, typed] of [
    ['First name', 'Ada'],
    ['Last name', 'Brandt'],
    ['E-mail address', 'ada@example.org'],
    ['Country', 'DE'],
    ['Serial number', 'OLD-1234'],
  ] as const) {
    // The dialog's introduction names some of these words, too.
    await answer(`◆  ${label}`, `${typed}${ENTER}`);
  }
  await answer('Send me special offers', ENTER);
  // Nothing listens at the edge: what was to be sent is on record.
  await answer('○ Leave', '');
  const record = JSON.parse(readFileSync(join(folder, 'registration.json'), 'utf8'));
  expect(record).toMatchObject({ state: 'sending', subscribed: false });
});
