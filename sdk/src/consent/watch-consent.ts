/** Notices that the person left, whichever process was told: then the folder of the programme is gone, or another one. */
import { statSync } from 'node:fs';
import type { Home } from '../place/home.ts';

const EVERY_MS = 50;

export interface ConsentWatch {
  signal: AbortSignal;
  end(): void;
}

function identityOf(folder: string): string {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found ? `${found.ino} ${found.birthtimeMs}` : 'gone';
}

/** Looks twenty times a second, and only while reports are being sent: file events are not to be relied on everywhere. */
export function watchConsent(home: Home): ConsentWatch {
  const controller = new AbortController();
  const before = identityOf(home.improvement);
  const timer = setInterval(() => {
    if (identityOf(home.improvement) !== before) controller.abort(new Error('the person does not take part any more'));
  }, EVERY_MS);
  timer.unref();
  return { signal: controller.signal, end: () => clearInterval(timer) };
}
