/** The command-line twin of the SDK, for installers, scripts and people. */

import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ManifestProblem, readManifest } from '../manifest.ts';
import { openSuite, type Suite } from '../suite.ts';
import { count, forget, off, on, send, sent, show, status } from './programme-commands.ts';
import { receipt, register } from './registration-commands.ts';
import { Interrupted, openTerminal, type Terminal } from './terminal.ts';
import { languageOf, TEXTS } from './texts.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const OPTIONS = {
  manifest: text,
  folder: text,
  language: text,
  json: flag,
  help: flag,
  agreed: flag,
  delete: flag,
  yes: flag,
  'given-name': text,
  'family-name': text,
  email: text,
  country: text,
  serial: text,
  'transfer-code': text,
  mailing: flag,
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];
type Act = (suite: Suite, terminal: Terminal, flags: Values, argument?: string) => Promise<number>;

const COMMANDS: Record<string, Act> = {
  status,
  on,
  off,
  show,
  sent,
  send,
  register,
  forget,
  count: (suite, terminal, _, application) => count(suite, terminal, application),
  receipt: (suite, terminal, _, file) => receipt(suite, terminal, file),
};

/** Returns the exit code: 0 done, 1 not done (the reason was said), 2 not understood, 130 interrupted at a question. */
export async function runAvowSuite(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  let parsed: { values: Values; positionals: string[] };
  try {
    parsed = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    process.stderr.write(`avow-suite: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const { values, positionals } = parsed;
  const language = languageOf(values.language, env);
  const terminal = openTerminal(TEXTS[language], language, values.json === true);
  const [name = 'help', argument] = positionals;
  if (name === 'help' || values.help) {
    terminal.say(terminal.texts.help);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    terminal.remark(terminal.texts.unknownCommand(name));
    return 2;
  }
  try {
    const manifest = readManifest(values.manifest ?? (env.AVOW_SUITE || 'avow-suite.json'));
    // Nothing else keeps this process alive between two reports.
    const pause = (milliseconds: number) => sleep(milliseconds);
    const suite = openSuite(manifest, { env, pause, ...(values.folder !== undefined && { folder: values.folder }) });
    return await command(suite, terminal, values, argument);
  } catch (error) {
    if (error instanceof Interrupted) return 130;
    if (!(error instanceof ManifestProblem)) throw error;
    terminal.remark(`avow-suite: ${error.message}`);
    return 1;
  }
}
