/** `avow demo`: something true to show, without a single real visitor. */
import { Command, InvalidArgumentError } from 'commander';
import { type PeopleFlags, playDemoPeople } from '../demo/people.ts';
import { playDemoTraffic, type TrafficFlags } from '../demo/traffic.ts';
import { type EdgeContext, withEdge } from '../open-edge.ts';
import { type VaultContext, withVault } from '../vault-handle.ts';

const numberUpTo =
  (most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < 1 || number > most) {
      throw new InvalidArgumentError(`a whole number from 1 to ${most}`);
    }
    return number;
  };

export function demoCommand(context: EdgeContext): Command {
  const demo = new Command('demo').description('invented data, played through the real ways');
  demo
    .command('traffic')
    .description('a realistic year of visits on all sites; the same seed plays the same')
    .option('--days <n>', 'days back, today included', numberUpTo(365), 365)
    .option('--seed <n>', 'of the chance', numberUpTo(2 ** 31), 8)
    .option('--visits-per-day <n>', 'of all sites, in the middle of the play', numberUpTo(1_000_000), 500)
    .option('--into-real-figures', 'also where hosts are not of the kind that nobody owns (.example, localhost, …)')
    .option('--json', 'as JSON')
    .action((flags: TrafficFlags) => withEdge(context, (edge) => playDemoTraffic(edge, flags)));
  return demo;
}

export function demoPeopleCommand(context: VaultContext): Command {
  return new Command('people')
    .description('people with products and consents, and batches of serials; the same seed makes the same people')
    .option('--people <n>', 'how many', numberUpTo(1_000_000), 1_000)
    .option('--batches <n>', 'of serials, about 200 each', numberUpTo(10_000), 20)
    .option('--seed <n>', 'of the chance', numberUpTo(2 ** 31), 8)
    .option('--among-real-people', 'also where hosts are not of the kind that nobody owns (.example, localhost, …)')
    .option('--json', 'as JSON')
    .action((flags: PeopleFlags) => withVault(context, (vault) => playDemoPeople(vault, flags)));
}
