import type { EdgeHandle } from '../open-edge.ts';
import { remark, say } from '../say.ts';
import { runBar } from '../visits/run-bar.ts';
import { untilInterrupted } from '../visits/until-interrupted.ts';
import { VisitsProblem } from '../visits/visits-problem.ts';
import { playTraffic } from './play-traffic.ts';

export interface TrafficFlags {
  days: number;
  seed: number;
  visitsPerDay: number;
  intoRealFigures?: true;
  json?: true;
}

/** Names that nobody can own (RFC 2606, RFC 6761), and this machine. */
const NOBODYS = /(^|\.)(example|test|invalid|localhost|example\.(com|net|org))$|^127\.|^\[?::1\]?$/;

export const isNobodys = (host: string): boolean => NOBODYS.test(host);

/** `avow demo traffic`. Throws VisitsProblem where invented visits would stand among real ones. */
export async function playDemoTraffic(edge: EdgeHandle, flags: TrafficFlags): Promise<void> {
  const { days, seed, visitsPerDay, json } = flags;
  const real = edge.config.sites.flatMap(({ hosts }) => hosts).find((host) => !isNobodys(host));
  if (real !== undefined && !flags.intoRealFigures) {
    throw new VisitsProblem(
      `${real} may have real visitors: invented ones could never be told from them. Use a data folder and a configuration of their own (--data, --config), or --into-real-figures.`,
    );
  }
  if (!json) {
    remark(`Playing ${days} days of invented traffic on ${edge.config.sites.map(({ name }) => name).join(', ')}.`);
    remark(
      'It takes the real way (steps of the edge, spool, link). Only the door is another: the time of a page view cannot',
    );
    remark('be sent over HTTP, so the steps run in this process, by the clock of the play.');
  }
  const bar = runBar('events');
  const interrupted = 'Interrupted. Run the same command again on the same day: what was played is not counted again.';
  const played = await untilInterrupted(interrupted, (signal) =>
    playTraffic(edge, {
      days,
      seed,
      visitsPerDay,
      until: Date.now(),
      signal,
      onDay: ({ day, events }) => bar.update(day, days, events),
    }),
  ).finally(bar.stop);
  if (json) return say(JSON.stringify({ days, seed, ...played }));
  const number = (value: number) => value.toLocaleString('en');
  say(`${number(played.events)} events in ${number(played.batches)} batches are in the spool of the edge.`);
  say(`  ${number(played.bots)} by bots; ${number(played.quiet)} views of visitors who asked for privacy`);
  if (played.dropped > 0) say(`  ${number(played.dropped)} dropped`);
  say('The private server fetches them as soon as it runs (avow up).');
}
