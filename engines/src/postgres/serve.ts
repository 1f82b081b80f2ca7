/** From a data directory to a server that answers with our password: adopted, or started with patience. */
import type { ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { findPort } from '../system/ports.ts';
import { ADMINISTRATOR } from './access.ts';
import { findPostmaster, isPostmaster, type Launch, launch, logFile, stopPostmaster } from './postmaster.ts';

/** After kill -9 of the server its workers hold the shared memory until they notice; so failing starts are repeated this long. */
const RETRY_MILLISECONDS = 10_000;
/** Recovery after a crash replays the log; on a large database that takes its time. */
const READY_MILLISECONDS = 10 * 60_000;

export interface Server {
  pid: number;
  port: number;
  /** Null when it was running before. */
  child: ChildProcess | null;
}

export async function serve(wanted: Launch & { password: string }): Promise<Server> {
  const { dir, password } = wanted;
  const giveUp = Date.now() + RETRY_MILLISECONDS;
  for (;;) {
    const running = await findPostmaster(dir);
    if (running) {
      const answers = () => isPostmaster(running.pid, dir);
      if (await becomesReady(running.port, password, answers)) return { ...running, child: null };
      await stopPostmaster(running.pid, dir);
    }
    const port = await findPort(wanted.port);
    const child = await launch({ ...wanted, port });
    const failure = new Promise<Error>((done) => child.once('error', done));
    let lives = true;
    child.once('exit', () => {
      lives = false;
    });
    const { pid } = child;
    if (pid === undefined) throw new Error(`PostgreSQL cannot be run: ${(await failure).message}`);
    if (await becomesReady(port, password, async () => lives)) return { pid, port, child };
    if (lives) await stopPostmaster(pid, dir);
    if (Date.now() > giveUp)
      throw new Error(`PostgreSQL does not start in ${dir}; the end of its log:\n${await lastOfLog(dir)}`);
    await sleep(100);
  }
}

/** Waits for the server to let us in. False when it ends, or lets us not in: then it is not ours, as SCRAM proves in both directions. */
async function becomesReady(port: number, password: string, lives: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + READY_MILLISECONDS;
  while (Date.now() < end && (await lives())) {
    const client = new Client({ host: '127.0.0.1', port, user: ADMINISTRATOR, password, database: 'postgres' });
    // Without a listener, a server that goes away at this moment would end our process.
    client.on('error', () => {});
    try {
      await client.connect();
      return true;
    } catch (error) {
      const refusedAsUser = error instanceof DatabaseError && error.code?.startsWith('28');
      if (refusedAsUser) return false;
    } finally {
      await client.end().catch(() => {});
    }
    await sleep(15);
  }
  return false;
}

async function lastOfLog(dir: string): Promise<string> {
  const file = await open(logFile(dir), 'r');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 2000);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
