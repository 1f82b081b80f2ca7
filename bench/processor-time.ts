/** Processor time and memory by program, of everything that this process has started. From /proc: elsewhere they are not known. */
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

/** Our processes of each program. */
async function findPrograms(): Promise<Map<string, { pid: number; micros: number }[]>> {
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
  const ours = [...all].flatMap(([pid, { micros, command }]) => {
    const program = PROGRAMS.find(([, of]) => of.test(command))?.[0];
    return program && pid !== process.pid && isOurs(pid) ? [{ program, pid, micros }] : [];
  });
  return Map.groupBy(ours, ({ program }) => program);
}

/** Microseconds so far, by program. Empty where there is no /proc. */
export async function processorTimes(): Promise<Record<string, number>> {
  const programs = [...(await findPrograms())];
  return Object.fromEntries(programs.map(([name, its]) => [name, its.reduce((sum, { micros }) => sum + micros, 0)]));
}

/** Kibibytes in memory; of what several processes share (PostgreSQL's buffers), each counts its part. */
async function readMemory(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
}

/** Megabytes in memory now, by program. Empty where there is no /proc. */
export async function memoryInUse(): Promise<Record<string, number>> {
  const megabytes = async ([name, its]: [string, { pid: number }[]]) => {
    const kibibytes = await Promise.all(its.map(({ pid }) => readMemory(pid)));
    return [name, Math.round(kibibytes.reduce((sum, one) => sum + one, 0) / 1024)] as const;
  };
  return Object.fromEntries(await Promise.all([...(await findPrograms())].map(megabytes)));
}
