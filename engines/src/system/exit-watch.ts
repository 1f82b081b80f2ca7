/** Noticing that a process ended, whether it is our child or one we adopted. */
import type { ChildProcess } from 'node:child_process';

const POLL_MILLISECONDS = 500;

export interface ExitWatch {
  /** Calls back once, when the process has ended although nobody asked it to; at once if that was before. */
  onExit(listener: () => void): void;
  /** From now on an end is expected. */
  expect(): void;
}

export function watchExit(child: ChildProcess | null, isThere: () => Promise<boolean>): ExitWatch {
  let state: 'running' | 'ended' | 'expected' = 'running';
  const listeners: (() => void)[] = [];
  const ended = () => {
    clearInterval(poll);
    if (state !== 'running') return;
    state = 'ended';
    for (const listener of listeners.splice(0)) listener();
  };
  const poll = child
    ? undefined
    : setInterval(() => {
        void isThere().then((there) => there || ended());
      }, POLL_MILLISECONDS).unref();
  if (child) {
    if (child.exitCode !== null || child.signalCode !== null) state = 'ended';
    else child.once('exit', ended);
    child.unref();
  }
  return {
    onExit(listener) {
      if (state === 'running') listeners.push(listener);
      else if (state === 'ended') setImmediate(listener);
    },
    expect() {
      state = 'expected';
      clearInterval(poll);
    },
  };
}
