/** A program of its own for a test, so that it can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface TestProgram {
  child: ChildProcess;
  /** What it printed first, as JSON. */
  said: Record<string, unknown>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Runs the text as a module in this Node until it has printed a line of JSON; it goes on until it is killed. */
export async function startProgram(
  module: string,
  options: { uid?: number; gid?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<TestProgram> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', module], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
    once(child, 'exit').then(() => Promise.reject(new Error(`the program ended: ${complaints}`))),
  ]);
  return {
    child,
    said: JSON.parse(line),
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
