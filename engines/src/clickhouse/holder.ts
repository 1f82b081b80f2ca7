/** Which process holds a data directory: the engine binds a directory to one process, and a killed parent's child may still be ending. */
import { readFile } from 'node:fs/promises';
import { writeDurably } from '../system/durable-file.ts';
import { findArguments, sendSignal, servesFolder, waitForEnd } from '../system/processes.ts';

interface Holder {
  pid: number;
  /** The program that started it, and with which arguments: process numbers are used again. */
  parent: { pid: number; arguments: string[] };
}

const PROGRAM_NAME = 'clickhouse-process.ts';
/** An orphan ends by itself within 5 seconds. */
const PATIENCE_MILLISECONDS = 6_000;

/** Waits for the orphan of a killed parent, ends it if it does not go. Throws when a living program uses the directory. */
export async function claimFolder(dir: string): Promise<void> {
  const text = await readFile(holderFile(dir), 'utf8').catch(() => null);
  if (text === null) return;
  const { pid, parent }: Holder = JSON.parse(text);
  const isThere = () => servesFolder(pid, PROGRAM_NAME, dir);
  if (!(await isThere())) return;
  const parentArguments = parent.pid === process.pid ? null : await findArguments(parent.pid);
  if (parentArguments && parentArguments.join(' ') === parent.arguments.join(' ')) {
    throw new Error(`${dir} is in use by process ${parent.pid}`);
  }
  if (await waitForEnd(isThere, PATIENCE_MILLISECONDS)) return;
  sendSignal(pid, 'SIGKILL');
  if (!(await waitForEnd(isThere, PATIENCE_MILLISECONDS)))
    throw new Error(`process ${pid} holds ${dir} and does not end`);
}

export async function recordHolder(dir: string, pid: number): Promise<void> {
  const holder: Holder = { pid, parent: { pid: process.pid, arguments: (await findArguments(process.pid)) ?? [] } };
  await writeDurably(holderFile(dir), JSON.stringify(holder));
}

function holderFile(dir: string): string {
  return `${dir}.pid.json`;
}
