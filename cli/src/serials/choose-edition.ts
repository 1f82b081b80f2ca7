/** Where the configuration leaves no choice, none has to be named. */
import type { AvowConfig } from '@avow/config/config';
import { SerialProblem } from '@avow/vault/products/serial-problem';

export function chooseSuite(config: AvowConfig, named: string | undefined): string {
  return named ?? only('suite', config.suites);
}

export function chooseEdition(config: AvowConfig, suite: string, named: string | undefined): string {
  return named ?? only('edition', config.suites.find((one) => one.id === suite)?.editions ?? []);
}

function only(what: 'suite' | 'edition', choices: readonly { id: string }[]): string {
  const [choice] = choices;
  if (choice && choices.length === 1) return choice.id;
  throw new SerialProblem(`Name the ${what} with --${what}: ${choices.map(({ id }) => id).join(', ')}`);
}
