/** Hosts that visit only to be seen in the referrers (public domain list). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the function that knows a spammer's host and everything below it. */
export function createSpammerList(): (host: string) => boolean {
  const hosts = new Set<string>(JSON.parse(readFileSync(join(import.meta.dirname, 'data/spammers.json'), 'utf8')));
  return (host) => {
    for (let name = host; name !== ''; name = name.includes('.') ? name.slice(name.indexOf('.') + 1) : '') {
      if (hosts.has(name)) return true;
    }
    return false;
  };
}
