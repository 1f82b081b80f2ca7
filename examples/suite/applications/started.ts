/** What each application does when it starts: count it, if the person takes part, and go on with its own work. */
import { readFileSync } from 'node:fs';
import { createStartCounter } from '@avow/sdk/start-counter';

export function started(application: string): void {
  const manifest = new URL('./avow-suite.json', import.meta.url);
  createStartCounter(JSON.parse(readFileSync(manifest, 'utf8')))(application);
}
