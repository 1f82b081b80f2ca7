import { remark, say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';
import { runBar } from '../visits/run-bar.ts';
import { untilInterrupted } from '../visits/until-interrupted.ts';
import { VisitsProblem } from '../visits/visits-problem.ts';
import { playPeople } from './play-people.ts';
import { isNobodys } from './traffic.ts';

export interface PeopleFlags {
  people: number;
  batches: number;
  seed: number;
  amongRealPeople?: true;
  json?: true;
}

/** `avow demo people`. Throws VisitsProblem where invented people would stand among real ones. */
export async function playDemoPeople(vault: VaultHandle, flags: PeopleFlags): Promise<void> {
  const { people, batches, seed, json } = flags;
  const real = vault.config.sites.flatMap(({ hosts }) => hosts).find((host) => !isNobodys(host));
  if (real !== undefined && !flags.amongRealPeople) {
    throw new VisitsProblem(
      `${real} may have real customers: invented ones would stand among them. Use a data folder and a configuration of their own (--data, --config), or --among-real-people.`,
    );
  }
  if (!json) {
    remark(
      `Making ${people.toLocaleString('en')} invented people and ${batches.toLocaleString('en')} batches of serials.`,
    );
    remark('By the vault’s own code, encrypted as always. Their addresses end in .example: no mail reaches anybody.');
  }
  const bar = runBar('steps');
  const started = performance.now();
  const interrupted = 'Interrupted. What was made stays; the same seed makes nobody twice.';
  const played = await untilInterrupted(interrupted, (signal) =>
    playPeople(vault, { people, batches, seed, signal, onProgress: (done, total) => bar.update(done, total, done) }),
  ).finally(bar.stop);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (json) return say(JSON.stringify({ seed, seconds, ...played }));
  const number = (value: number) => value.toLocaleString('en');
  say(`${number(played.people)} people with ${number(played.products)} products, in ${seconds} s.`);
  say(`${number(played.serials)} serials in ${number(played.batches)} batches.`);
  if (played.holds > 0) say(`${number(played.holds)} second registrations wait for an owner’s answer.`);
  if (played.known > 0) say(`${number(played.known)} were there already.`);
}
