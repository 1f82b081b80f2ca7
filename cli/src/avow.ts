#!/usr/bin/env node
/** The one command-line program. Every command is a file in `commands/`; `avow help` lists them. */
import { ConfigError } from '@avow/config/config';
import { MissingEnvironment } from '@avow/config/environment';
import { ImportProblem } from '@avow/edge/visits-import/import-problem';
import { ManifestProblem } from '@avow/sdk/manifest';
import { ConfigurationNotUsable } from '@avow/vault/improvement/configuration-log';
import { CsvUnreadable } from '@avow/vault/platform/csv/csv-rows';
import { NoKeySet } from '@avow/vault/platform/keys/gateway-keys';
import { WrongMasterKey } from '@avow/vault/platform/keys/keyring-check';
import { OtherRootKey } from '@avow/vault/platform/keys/rotate-gateway-key';
import { SecretFileError } from '@avow/vault/platform/keys/secret-file';
import { MigrationFailed } from '@avow/vault/platform/migrate';
import { SerialProblem } from '@avow/vault/products/serial-problem';
import { VisitsImportProblem } from '@avow/vault/visits/imported-sums/import-problem';
import { Command, CommanderError } from 'commander';
import { accessLogCommand } from './commands/access-log.ts';
import { auditCommand } from './commands/audit.ts';
import { demoCommand, demoPeopleCommand } from './commands/demo.ts';
import { improvementCommand } from './commands/improvement.ts';
import { keysCommand } from './commands/keys.ts';
import { peopleCommand } from './commands/people.ts';
import { serialsCommand } from './commands/serials.ts';
import { staffCommand } from './commands/staff.ts';
import { suiteCommand } from './commands/suite.ts';
import { tokensCommand } from './commands/tokens.ts';
import { upCommand } from './commands/up.ts';
import { visitsCommand } from './commands/visits.ts';
import { DataDirInUse, DataDirUnusable } from './house/data-lock.ts';
import { PortProblem } from './house/ports.ts';
import { ProgramDidNotStart } from './house/supervised-process.ts';
import { openFigures } from './open-clickhouse.ts';
import { openEdge } from './open-edge.ts';
import { openVault } from './open-vault.ts';
import { NoHouseThere } from './place.ts';
import { remark } from './say.ts';
import { Interrupted } from './visits/until-interrupted.ts';
import { VisitsProblem } from './visits/visits-problem.ts';

/** What an operator can mend: told in one sentence. Everything else is our mistake and comes with its stack. */
const EXPECTED = [
  ConfigError,
  MissingEnvironment,
  DataDirInUse,
  DataDirUnusable,
  NoHouseThere,
  PortProblem,
  ProgramDidNotStart,
  SecretFileError,
  WrongMasterKey,
  OtherRootKey,
  MigrationFailed,
  NoKeySet,
  ConfigurationNotUsable,
  CsvUnreadable,
  SerialProblem,
  ImportProblem,
  Interrupted,
  VisitsProblem,
  VisitsImportProblem,
  ManifestProblem,
];

const program = new Command('avow')
  .description('the privacy statement that runs')
  .option(
    '--config <file>',
    'configuration file; also AVOW_CONFIG. Default: the one last started, else ./avow.config.ts',
  )
  .option('--data <folder>', 'where everything is kept; also AVOW_DATA. Default: ./data')
  .hook('preAction', (program) => {
    const { config, data } = program.opts<{ config?: string; data?: string }>();
    if (config) process.env.AVOW_CONFIG = config;
    if (data) process.env.AVOW_DATA = data;
  })
  .exitOverride()
  .addCommand(upCommand())
  .addCommand(accessLogCommand())
  .addCommand(serialsCommand({ openVault }))
  .addCommand(peopleCommand({ openVault }))
  .addCommand(keysCommand({ openVault }))
  .addCommand(staffCommand({ openVault }))
  .addCommand(auditCommand({ openVault }))
  .addCommand(improvementCommand({ openVault }))
  .addCommand(tokensCommand({ openVault }))
  .addCommand(suiteCommand({ openVault }))
  .addCommand(visitsCommand({ openEdge, openVault, openFigures }))
  .addCommand(demoCommand({ openEdge }).addCommand(demoPeopleCommand({ openVault })));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = 1;
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (EXPECTED.some((kind) => error instanceof kind)) remark(`avow: ${(error as Error).message}`);
  else throw error;
}
