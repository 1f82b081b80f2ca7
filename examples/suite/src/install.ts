#!/usr/bin/env node
/**
 * Installs the example suite: asks which applications, then in the terminal or on a page whether the person wants to take part in the
 * Improvement Programme (S2) and to register (S1), with the choice about the mailing list (S7). Each question can be left open.
 */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nameKeysIn } from '@avow/control-center/key-hints';
import { readPageFiles } from '@avow/control-center/page-files';
import { startControlCenter } from '@avow/control-center/server';
import { runQuestions } from '@avow/control-center/terminal';
import { ManifestProblem, readManifest } from '@avow/sdk/manifest';
import { openSuite } from '@avow/sdk/suite';
import { cancel, isCancel, multiselect } from '@clack/prompts';
import { APPLICATIONS, placeFiles } from './place-files.ts';

const USAGE = `npm run install-suite -w examples/suite -- --manifest <file> --to <folder> [--page] [--applications disc,photo] [--folder <dir>] [--language en|de]

The manifest comes from \`avow suite manifest\`. --page asks on a page in the browser instead of the terminal.
`;

const write = (words: string) => void process.stdout.write(`${words}\n`);

/** Empty: nothing is to be installed. */
async function chooseApplications(named: string | undefined, language: 'en' | 'de'): Promise<string[]> {
  if (named !== undefined) return named.split(',').filter((id) => (APPLICATIONS as readonly string[]).includes(id));
  nameKeysIn(language);
  const chosen = await multiselect({
    message: language === 'de' ? 'Was soll installiert werden?' : 'What is to be installed?',
    options: APPLICATIONS.map((id) => ({ value: id as string, label: id })),
    initialValues: [...APPLICATIONS],
    required: false,
  });
  return isCancel(chosen) ? [] : chosen;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      manifest: { type: 'string' },
      to: { type: 'string' },
      page: { type: 'boolean', default: false },
      applications: { type: 'string' },
      folder: { type: 'string' },
      language: { type: 'string' },
    },
  });
  if (values.manifest === undefined || values.to === undefined) {
    write(USAGE);
    process.exitCode = 2;
    return;
  }
  if (!process.stdin.isTTY && (values.applications === undefined || !values.page)) {
    process.stderr.write('There is no terminal to ask in. With --applications and --page, none is needed.\n');
    process.exitCode = 2;
    return;
  }
  const language = /^de/i.test(values.language ?? process.env.LANG ?? '') ? 'de' : 'en';
  const installed = await chooseApplications(values.applications, language);
  if (installed.length === 0) {
    cancel(language === 'de' ? 'Es wurde nichts installiert.' : 'Nothing was installed.');
    process.exitCode = 1;
    return;
  }
  const to = resolve(values.to);
  const manifest = await placeFiles(to, readManifest(values.manifest), installed);
  write(`${manifest.name} ${manifest.version}: ${to}`);
  const suite = openSuite(manifest, { ...(values.folder !== undefined && { folder: values.folder }) });
  if (!values.page) return runQuestions(suite, language);

  const center = await startControlCenter({ suite, files: await readPageFiles() });
  write(center.installUrl);
  await Promise.race([center.finished, ...['SIGINT', 'SIGTERM'].map((signal) => once(process, signal))]);
  await center.close();
  write(language === 'de' ? 'Fertig.' : 'Done.');
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ManifestProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
