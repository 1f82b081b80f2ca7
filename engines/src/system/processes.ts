/** Looking at processes that may not be our children: orphans of a killed parent. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The arguments of a process, or null when there is none. A zombie counts as none: where nobody reaps orphans (process 1 of many
 * containers), signal 0 would find it for ever.
 */
export async function findArguments(pid: number): Promise<string[] | null> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text === '' ? null : text.split('\0').filter((argument) => argument !== '');
  }
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? null : stdout.trim().split(/\s+/);
}

/** Whether the process runs and was given this folder. Process numbers are used again, so the number alone proves nothing. */
export async function servesFolder(pid: number, program: string, dir: string): Promise<boolean> {
  const line = await findArguments(pid);
  if (line === null) return false;
  return line.some((argument) => argument.endsWith(program)) && line.join(' ').includes(dir);
}

/** Waits until the process is gone; false when it is still there after the time. */
export async function waitForEnd(isThere: () => Promise<boolean>, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (await isThere()) {
    if (Date.now() > end) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal; a process that is already gone is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
