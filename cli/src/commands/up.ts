/** `avow up`: the whole platform on this machine, or one half of it. */
import { existsSync } from 'node:fs';
import { loadConfig } from '@avow/config/config';
import { Command, Option } from 'commander';
import { consoleAddress } from '../house/console-address.ts';
import { holdDataDir } from '../house/data-lock.ts';
import type { Part } from '../house/engines.ts';
import { openLogFile } from '../house/log-file.ts';
import { readPort } from '../house/ports.ts';
import { type House, startHouse } from '../house/start-house.ts';
import { configFile, dataDir, rememberConfigFile } from '../place.ts';
import { say } from '../say.ts';

interface UpOptions {
  only?: Part;
  json?: true;
}

export function upCommand(): Command {
  return new Command('up')
    .description('start the platform: engines where no address is given, edge, vault; stops with Ctrl+C')
    .addOption(new Option('--only <part>', 'start one program only').choices(['edge', 'vault']))
    .option('--json', 'one JSON line when ready instead of text')
    .action(up);
}

async function up(options: UpOptions): Promise<void> {
  // From the first moment: whoever stops the start must not leave databases running.
  const stopped = stopSignal();
  // Nor must words to a terminal that was closed, or to a pipe that nobody reads, end this process before it has stopped the others.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const dir = dataDir();
  const file = await configFile(dir);
  const config = await loadConfig(file);
  const first = !existsSync(dir);
  const lock = await holdDataDir(dir);
  await rememberConfigFile(dir, file);
  const log = await openLogFile(dir);
  const began = performance.now();
  if (!options.json) say(`Avow for ${config.vendor.name}${first ? ' (first start: this takes a few seconds)' : ''}`);

  let house: House;
  try {
    house = await startHouse({
      config,
      configFile: file,
      dataDir: dir,
      parts: options.only ? [options.only] : ['edge', 'vault'],
      ...portsFromEnvironment(),
      onStep: (step) => {
        if (!options.json) say(`  ${seconds(began)}  ${step}`);
      },
      onLog: (source, line) => log.write(source, line),
      onDeath: ({ name, code, signal, again }) => {
        say(`${name} ended with ${signal ?? `code ${code}`}; starting it again in ${again} ms. See ${log.path}`);
      },
    });
  } catch (error) {
    await lock.release();
    throw error;
  }

  announce(house, {
    began,
    console: house.vault && consoleAddress(config, house.vault.url),
    dataDir: dir,
    logFile: log.path,
    json: options.json === true,
  });
  await stopped;
  if (!options.json) say('Stopping: what is in flight is finished first.');
  await house.stop();
  await log.close();
  await lock.release();
}

function portsFromEnvironment(): { edgePort?: number; vaultPort?: number } {
  const edgePort = readPort('AVOW_EDGE_PORT');
  const vaultPort = readPort('AVOW_VAULT_PORT');
  return { ...(edgePort !== undefined && { edgePort }), ...(vaultPort !== undefined && { vaultPort }) };
}

interface Shown {
  began: number;
  /** Where staff open the console; null without a vault. */
  console: string | null;
  dataDir: string;
  logFile: string;
  json: boolean;
}

function announce(house: House, shown: Shown): void {
  const vaultUrl = house.vault?.url ?? null;
  const welcome = shown.console && house.welcomeToken ? `${shown.console}/welcome#${house.welcomeToken}` : null;
  if (shown.json) {
    say(
      JSON.stringify({
        ready: true,
        edge: house.edge ? house.publicUrl : null,
        vault: vaultUrl,
        console: shown.console,
        welcome,
        dataDir: shown.dataDir,
        ...house.keys,
      }),
    );
    return;
  }
  say(`\nReady after ${seconds(shown.began).trim()}.`);
  if (house.edge) say(`  Public pages    ${house.publicUrl}/`);
  if (house.edge) say(`    register      ${house.publicUrl}/register  and  ${house.publicUrl}/products/register`);
  if (shown.console) say(`  Console         ${shown.console}/  (for staff; this machine and its private network)`);
  if (vaultUrl) say(`  Private server  ${vaultUrl}/health  (this machine only)`);
  if (vaultUrl && house.engines.urls.caughtMail)
    say(`  Mails           ${vaultUrl}/caught-mail  (no mail server is set: they are caught here)`);
  say(`  Data            ${shown.dataDir}`);
  say(`  Log             ${shown.logFile}`);
  if (house.vault && !house.edge) {
    say('\nThe edge needs these two public keys:');
    say(`  AVOW_ROOT_PUBLIC_KEY=${house.keys.rootPublicKey}`);
    say(`  AVOW_LINK_PUBLIC_KEY=${house.keys.linkPublicKey}`);
  }
  if (welcome) {
    say(
      '\nNobody can sign in to the console yet. Whoever opens this link makes the first account, once, within 7 days:',
    );
    say(`  ${welcome}`);
  }
  if (house.keys.created.length > 0) {
    say('\nKEYS WERE CREATED. Without a copy of them nobody can ever read the data again:');
    for (const file of house.keys.created) say(`  ${file}`);
    say(
      'Copy them to a safe place now, apart from the backups of the databases. root.key belongs on no server: move it off this machine.',
    );
  }
  say('\nCtrl+C stops everything.');
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1).padStart(5)} s`;
}

function stopSignal(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
}
