/** Processor time by program, of everything that this process has started. From /proc: elsewhere it is not known. */
import { readdir, readFile } from 'node:fs/promises';

const PROGRAMS: [name: string, of: RegExp][] = [
  ['edge', /edge\/src\/main\.ts/],
  ['vault', /vault\/src\/main\.ts/],
  ['postgres', /postgres/],
  ['clickhouse', /clickhouse|chdb/],
  ['load', /collect-load\.ts/],
];
/** USER_HZ, which is 100 on every Linux of today. */
const TICK_MICROS = 10_000;

interface ProcessUse {
  parent: number;
  micros: number;
  command: string;
}

async function readProcess(pid: string): Promise<ProcessUse | null> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    // proc_pid_stat(5): the name, in parentheses, may hold anything; after it come state, parent, … utime and stime as 14th and 15th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      parent: Number(fields[1]),
      micros: (Number(fields[11]) + Number(fields[12])) * TICK_MICROS,
      command: command.replaceAll('\0', ' '),
    };
  } catch {
    return null;
  }
}

/** Microseconds so far, by program. Empty where there is no /proc. */
export async function processorTimes(): Promise<Record<string, number>> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const all = new Map<number, ProcessUse>();
  for (const pid of pids) {
    const use = await readProcess(pid);
    if (use) all.set(Number(pid), use);
  }
  const isOurs = (pid: number): boolean => {
    for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === process.pid) return true;
    return false;
  };
  const sums: Record<string, number> = {};
  for (const [pid, { micros, command }] of all) {
    const program = PROGRAMS.find(([, of]) => of.test(command))?.[0];
    if (program && pid !== process.pid && isOurs(pid)) sums[program] = (sums[program] ?? 0) + micros;
  }
  return sums;
}
