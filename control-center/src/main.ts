#!/usr/bin/env node
/** The participant's own program, on their own machine: a page on loopback, or with `--terminal` in the terminal. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ManifestProblem, readManifest } from '@avow/sdk/manifest';
import { openSuite } from '@avow/sdk/suite';
import { readPageFiles } from './page-files.ts';
import { startControlCenter } from './server.ts';
import { runTerminal } from './terminal.ts';

const USAGE = `avow-control-center [--manifest <file>] [--terminal] [--no-open] [--port <n>] [--folder <dir>] [--language en|de]

Shows what the suite tells its makers, if anything, and lets you decide. Without --manifest it takes the avow-suite.json beside it. Ends by itself after half an hour without use.
`;

/** Nothing stays listening that nobody looks at. */
const IDLE_MS = 30 * 60_000;
const LOOK_EVERY_MS = 60_000;
/** How often what is due is sent, while this is open. */
const WAKE_EVERY_MS = 10 * 60_000;

const write = (words: string) => void process.stdout.write(`${words}\n`);

function languageOf(env: NodeJS.ProcessEnv, chosen: string | undefined): 'en' | 'de' {
  const locale = chosen ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '';
  return /^de\b|^de_/i.test(locale) ? 'de' : 'en';
}

/** The person's usual browser; where there is none, the printed address is enough. */
function openInBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['cmd', '/c', 'start', '', url]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', url];
  spawn(command ?? '', args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      manifest: { type: 'string' },
      terminal: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string' },
      folder: { type: 'string' },
      language: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const manifest = values.manifest ?? fileURLToPath(new URL('./avow-suite.json', import.meta.url));
  if (values.help || !existsSync(manifest)) {
    write(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const suite = openSuite(readManifest(manifest), {
    ...(values.folder !== undefined && { folder: values.folder }),
  });
  suite.countStart('control-center');
  const language = languageOf(process.env, values.language);
  if (values.terminal) return runTerminal(suite, language);

  const center = await startControlCenter({
    suite,
    files: await readPageFiles(),
    ...(values.port !== undefined && { port: Number(values.port) }),
  });
  write(center.url);
  write(language === 'de' ? 'Strg+C beendet es.' : 'Ctrl+C ends it.');
  if (!values['no-open']) openInBrowser(center.url);
  const waking = setInterval(() => void suite.wake(), WAKE_EVERY_MS);
  const stop = () => {
    clearInterval(waking);
    clearInterval(looking);
    void center.close();
  };
  const looking = setInterval(() => {
    if (Date.now() - center.lastAsked() > IDLE_MS) stop();
  }, LOOK_EVERY_MS);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ManifestProblem) && !(error instanceof TypeError)) throw error;
  process.stderr.write(`avow-control-center: ${error.message}\n`);
  process.exitCode = 2;
}
